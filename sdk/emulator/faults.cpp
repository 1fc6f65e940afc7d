#include "faults.hpp"

#include "router.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

fault fault_queue::take(std::string_view operation)
{
    const auto it = std::find_if(faults_.begin(), faults_.end(), [&](const fault& f) {
        return f.operation == "*" || f.operation == operation;
    });
    if (it == faults_.end()) {
        fault none;
        none.times = 0;
        return none;
    }
    fault hit = *it;
    if (it->times == 1) faults_.erase(it);
    else if (it->times > 1) --it->times;
    hit.times = 1;
    return hit;
}

error check(const fault& f, const router& routes)
{
    if (f.operation != "*" && !routes.knows(f.operation))
        return {errc::config_invalid,
                "the operation of a fault must be one of the operation tables, such as "
                "service_mgmt.list_services, or oauth2.token, or *"};
    if (f.status != 0 && (f.status < 400 || f.status > 599))
        return {errc::config_invalid, "the status of a fault must be within 400..599"};
    if (f.latency < std::chrono::milliseconds::zero() || f.latency > most_latency)
        return {errc::config_invalid, "the latency of a fault must be within 0..600,000 ms"};
    if (f.retry_after && f.status == 0)
        return {errc::config_invalid, "a fault with retry_after needs a status"};
    return {};
}

answer fault_answer(const fault& f)
{
    answer a = problem(f.status, "injected fault");
    if (f.status == 401)
        a.headers.append("WWW-Authenticate", "Bearer realm=\"mec\", error=\"invalid_token\"");
    if (f.retry_after) a.headers.append("Retry-After", std::to_string(f.retry_after->count()));
    return a;
}

} // namespace emulator
MEC_END_NAMESPACE
