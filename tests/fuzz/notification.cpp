// What a peer posts as a notification: any bytes. What is accepted is written and read again to the
// same; what is refused gets an error that says where. Types that a receiver's channel may have.

#include "../unit/json/described_types.hpp"
#include "checks.hpp"

#include <cstdint>

namespace {

namespace json = mec::json;
using fuzz::require;

using types = std::vector<json_test::described_type>;

types notification_types()
{
    auto all = json_test::list<mec::app_support::app_termination_notification,
                               mec::service_mgmt::service_availability_notification>();
    const auto radio = json_test::mec012_notifications();
    all.insert(all.end(), radio.begin(), radio.end());
    return all;
}

void check(const types& all, const json_test::described_type& t, std::string_view text, bool strict)
{
    json::decode_options options;
    options.strict = strict;
    std::string once;
    std::string twice;
    if (const mec::error e = t.rewrite(text, options, once)) {
        fuzz::check_error(e);
        require(e != mec::errc::json_schema || e.info().pointer.empty() ||
                    e.info().pointer[0] == '/',
                "a pointer that is none", e);
        return;
    }
    const mec::error again = t.rewrite(once, options, twice);
    require(!again, "what was written is refused", again);
    require(once == twice, "a notification changed");
    if (t.type->k != json::kind::one_of) return;
    // The type by itself reads what the choice has written.
    std::string alone;
    bool found = false;
    for (const auto& own : all)
        found = found || (own.type->k == json::kind::object && !own.rewrite(once, options, alone) &&
                          alone == once);
    require(found, "no single type reads it");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const types all = notification_types();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto& t : all) {
        check(all, t, text, false);
        check(all, t, text, true);
    }
    return 0;
}
