#include "service_list.hpp"

#include <cstdio>

namespace bench {

namespace {

// Four strings of a service are longer than what std::string holds in place, or lists: four
// allocations for each service that is read.
constexpr char before_number[] = R"({"serInstanceId":"6abe4782-f3a1-4f1e-9a6e-)";
constexpr char after_number[] =
    R"(","serName":"rnis-north1","serCategory":{"href":"/catalogue/rni","id":"id12345-rni","name":"RNI",)"
    R"("version":"v2"},"version":"2.2.1","state":"ACTIVE","transportInfo":{"id":"rest-transport",)"
    R"("name":"REST","description":"REST API of RNI","type":"REST_HTTP","protocol":"HTTP",)"
    R"("version":"2.0","endpoint":{"uris":["https://mep.mec.example:8443/sandbox/mep1/rni/v2"]},)"
    R"("security":{}},"serializer":"JSON","scopeOfLocality":"MEC_HOST","consumedLocalOnly":false,)"
    R"("isLocal":true,"livenessInterval":60})";

} // namespace

std::string service_list_json(std::size_t count)
{
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        char number[16];
        std::snprintf(number, sizeof number, "%012zu", i % 1'000'000'000);
        if (i > 0) text += ',';
        text.append(before_number).append(number).append(after_number);
    }
    return text += ']';
}

} // namespace bench
