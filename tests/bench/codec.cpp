// Text to structures and back, without a network: `<codec>-decode` and `<codec>-encode`, where the
// codec is sdk, rapidjson or nlohmann. Each call makes a new list or a new text, as in an application.
#include "measurement.hpp"
#include "service_list.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <string_view>

namespace {

using bench::service_list;

service_list decode_with_sdk(const std::string& text)
{
    service_list list;
    if (auto e = mec::json::decode(text, list)) bench::give_up(e.what());
    return list;
}

struct codec {
    std::string_view name;
    service_list (*decode)(const std::string&);
    std::string (*encode)(const service_list&);
};
constexpr codec codecs[] = {
    {"sdk", &decode_with_sdk, &mec::json::serialize<service_list>},
    {"rapidjson", &bench::decode_with_rapidjson, &bench::encode_with_rapidjson},
#ifdef BENCH_WITH_NLOHMANN
    {"nlohmann", &bench::decode_with_nlohmann, &bench::encode_with_nlohmann},
#endif
};

void run(const bench::arguments& a, const codec& c, std::string_view what)
{
    const auto text = bench::service_list_json(a.services);
    const auto list = decode_with_sdk(text);
    // Nobody is fast by leaving something out: what it writes and what it reads is the document.
    if (decode_with_sdk(c.encode(list)).size() != a.services ||
        mec::json::serialize(c.decode(text)) != mec::json::serialize(list))
        bench::give_up("this codec loses something");
    const bool decode = what == "decode";
    bench::run_threads(a, [&] {
        return [&] {
            return decode ? c.decode(text).size() : c.encode(list).empty() ? 0 : a.services;
        };
    });
}

} // namespace

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    const std::string_view variant = a.variant;
    const auto split = variant.find('-');
    const auto what = split == variant.npos ? std::string_view() : variant.substr(split + 1);
    for (const auto& c : codecs) {
        if (c.name != variant.substr(0, split) || (what != "decode" && what != "encode")) continue;
        run(a, c, what);
        return 0;
    }
    bench::give_up("variants: <sdk, rapidjson or nlohmann>-<decode or encode>");
}
