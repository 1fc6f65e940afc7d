// Any text may come as a JSON document. What is read is written and read again without a change, and
// what is accepted as raw is what RapidJSON's reader accepts too.

#include "../unit/json/described_types.hpp"
#include "checks.hpp"

#include <cctype>
#include <cstdint>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace {

namespace json = mec::json;

using fuzz::check_error;
using fuzz::require;

// Where RapidJSON 1.1 is wrong: it takes an escaped low surrogate that has no high one before it.
bool has_lone_low_surrogate(std::string_view text)
{
    for (std::size_t i = 0; i + 5 < text.size(); ++i) {
        if (text[i] != '\\') continue;
        if (text[i + 1] != 'u') {
            ++i;
            continue;
        }
        const auto nibble = [&](std::size_t n) { return std::tolower(text[i + n]); };
        const bool surrogate = nibble(2) == 'd' && nibble(3) >= '8';
        const bool low = surrogate && nibble(3) >= 'c';
        if (low) return true;
        i += surrogate ? 11 : 5; // behind the pair, or its like
    }
    return false;
}

void compare_with_rapidjson(std::string_view text, const mec::error& ours)
{
    if (ours == mec::errc::limit_exceeded || text.find('\0') != text.npos) return;
    constexpr unsigned flags = rapidjson::kParseValidateEncodingFlag |
                               rapidjson::kParseIterativeFlag |
                               rapidjson::kParseNumbersAsStringsFlag;
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::BaseReaderHandler<> ignore;
    rapidjson::Reader reader;
    const auto result = reader.Parse<flags>(stream, ignore);
    // The syntax has no largest number; only a member of a numeric type has.
    if (result.Code() == rapidjson::kParseErrorNumberTooBig) return;
    const bool theirs = !result.IsError();
    require(theirs == !ours || (theirs && has_lone_low_surrogate(text)), "RapidJSON differs", ours);
}

void check_raw(std::string_view text)
{
    json::raw value;
    const mec::error e = json::decode(text, value);
    compare_with_rapidjson(text, e);
    if (e) return check_error(e);
    std::string again;
    json::encode(again, value);
    json::raw reread;
    require(!json::decode(again, reread) && reread == value, "raw changed");
}

void check_described(const json_test::described_type& t, std::string_view text, bool strict)
{
    json::decode_options options;
    options.strict = strict;
    std::string once;
    std::string twice;
    if (const mec::error e = t.rewrite(text, options, once)) return check_error(e);
    json::raw raw;
    require(!json::decode(text, raw), "accepted, but not JSON");
    const mec::error again = t.rewrite(once, options, twice);
    require(!again, "what was written is refused", again);
    require(once == twice, "a value changed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto types = json_test::all_described_types();
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    check_raw(text);
    // The first byte chooses the type, so that the corpus keeps what is good for each of them.
    const bool strict = (data[0] & 1) != 0;
    check_described(types[(data[0] >> 1) % types.size()], text, strict);
    check_described(json_test::described<std::vector<mec::service_mgmt::service_info>>(), text,
                    strict);
    check_described(json_test::described<std::map<std::string, specimen::everything>>(), text,
                    strict);
    return 0;
}
