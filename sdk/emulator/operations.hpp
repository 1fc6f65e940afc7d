#ifndef MEC_EMULATOR_OPERATIONS_HPP
#define MEC_EMULATOR_OPERATIONS_HPP

/// @file
/// What the operations do. Every handler gets a call that was routed, authorized and has the right
/// media type.

#include "router.hpp"
#include "state.hpp"

#include <optional>

MEC_BEGIN_NAMESPACE
namespace emulator {

void add_app_support(router& r, std::string_view prefix);
void add_service_mgmt(router& r, std::string_view prefix);
void add_rni(router& r, std::string_view prefix);
void add_oauth(router& r);
void add_control(router& r);

/// More are refused, whoever makes them.
constexpr std::size_t most_applications = 1000;

/// Why the caller may not touch the `{appInstanceId}` of the path: 404 when there is no such
/// instance, 403 when it is another one's.
std::optional<answer> refuse_application(platform_state& s, const call& c);

/// Parses a callback URL, or says what is wrong with it.
std::optional<answer> refuse_callback(const std::string& text, url& out);

inline bool refuses_unknown_queries(const platform_state& s)
{
    return s.options.strict && !s.quirks.unknown_queries_ignored;
}

inline json::decode_options decoding(const platform_state& s)
{
    json::decode_options o;
    o.strict = s.options.strict;
    return o;
}

} // namespace emulator
MEC_END_NAMESPACE

#endif
