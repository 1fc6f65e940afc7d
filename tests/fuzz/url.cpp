// Any text may be given as a URL or as a link. The first line of the input is the URL, the rest is a
// reference to resolve against it.

#include <mec/core/url.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds)
{
    if (!holds) std::abort();
}

bool begins_with_scheme(std::string_view reference, std::string_view scheme)
{
    if (reference.size() <= scheme.size() || reference[scheme.size()] != ':') return false;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        if ((reference[i] | 0x20) != scheme[i]) return false;
    }
    return true;
}

void check(const mec::url& url)
{
    const std::string text = url.to_string();
    if (text.size() > 8000)
        return; // the first '/' of the path and a canonical address add a little
    for (const char c : text) require(c > 0x20 && c < 0x7f && c != '\\' && c != '#');
    require(url.origin().port != 0 && !url.origin().host.empty());
    require(url.path().front() == '/');
    const auto again = mec::url::parse(text);
    require(again && *again == url && again->to_string() == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = input.find('\n');
    const auto base = mec::url::parse(input.substr(0, line));
    if (base) check(*base);

    static const mec::url fallback = *mec::url::parse("https://mep.example/mep1/a?q");
    const mec::url& from = base ? *base : fallback;
    const auto reference = line == std::string_view::npos ? input : input.substr(line + 1);
    const auto target = from.resolve(reference);
    if (!target) return 0;
    check(*target);
    // Another scheme, and another host, only when the reference says so.
    if (target->origin().scheme != from.origin().scheme) {
        require(begins_with_scheme(reference, target->origin().scheme));
    }
    if (target->origin() != from.origin()) {
        require(reference.substr(0, 2) == "//" ||
                begins_with_scheme(reference, target->origin().scheme));
    }
    return 0;
}
