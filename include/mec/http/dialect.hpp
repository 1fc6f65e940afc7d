#ifndef MEC_HTTP_DIALECT_HPP
#define MEC_HTTP_DIALECT_HPP

#include <mec/config.hpp>

#include <string_view>

MEC_BEGIN_NAMESPACE
namespace http {

/// Where a platform wants something else than what the standard says. What platforms answer is read
/// with tolerance whatever the dialect is, unless it is `strict`.
struct dialect {
    std::string_view name;
    bool strict_reading = false; ///< accept only what the standard says
    bool try_alternatives =
        false; ///< after a refusal that shows that nothing was done, try the other way
    bool heartbeat_by_put = false;   ///< PUT on the liveness URI instead of PATCH
    bool comma_lists = false;        ///< `ser_name=a,b` instead of `ser_name=a&ser_name=b`
    bool update_without_ids = false; ///< PUT of a service without serInstanceId, isLocal and _links
    bool misspelt_stopping = false;  ///< STOPPPING instead of STOPPING
};

/// The dialects that the SDK knows.
namespace dialects {

/// The standard's way, and another when the platform refuses that with a status that is clear.
inline constexpr dialect automatic{"auto", false, true};
/// The text of the standard, nothing else.
inline constexpr dialect strict{"strict", true};
inline constexpr dialect advantedge{"advantedge"};
inline constexpr dialect edgegallery{"edgegallery", false, false, true, false, false, true};
inline constexpr dialect netedge{"netedge", false, false, false, true, true};

inline constexpr const dialect* all[] = {&automatic, &strict, &advantedge, &edgegallery, &netedge};

} // namespace dialects

/// The dialect of that name, or null.
constexpr const dialect* find_dialect(std::string_view name) noexcept
{
    for (const dialect* d : dialects::all)
        if (d->name == name) return d;
    return nullptr;
}

} // namespace http
MEC_END_NAMESPACE

#endif
