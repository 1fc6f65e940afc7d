#include "connect_fsm.hpp"

#include <boost/system/errc.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

errc errc_for_connect(const error_code& system) noexcept
{
    namespace sys = boost::system::errc;
    if (system == sys::connection_refused || system == sys::connection_reset)
        return errc::connect_refused;
    if (system == sys::timed_out) return errc::connect_timeout;
    if (system == sys::too_many_files_open || system == sys::too_many_files_open_in_system ||
        system == sys::no_buffer_space || system == sys::not_enough_memory)
        return errc::resource_exhausted;
    return errc::unreachable;
}

connect_fsm::connect_fsm(address_list addresses, std::chrono::milliseconds step,
                         steady_time deadline)
    : addresses_(std::move(addresses)), attempts_(addresses_.size()), step_(step),
      deadline_(deadline)
{
}

connect_step connect_fsm::start(steady_time now) { return on_timer(now); }

connect_step connect_fsm::on_connected(std::size_t index)
{
    attempts_[index].state = progress::won;
    return {connect_step::kind::connected, index};
}

connect_step connect_fsm::on_failed(std::size_t index, error_code system, steady_time now)
{
    attempts_[index].state = progress::failed;
    attempts_[index].system = system;
    if (now < deadline_ && next_ < addresses_.size()) return start_next(now);
    return now < deadline_ && any_under_way() ? keep_waiting() : on_timer(now);
}

connect_step connect_fsm::on_timer(steady_time now)
{
    const bool more = next_ < addresses_.size();
    timed_out_ = now >= deadline_;
    if (timed_out_ || (!more && !any_under_way())) return {connect_step::kind::failed};
    return more && now >= next_start_ ? start_next(now) : keep_waiting();
}

connect_step connect_fsm::start_next(steady_time now)
{
    const std::size_t index = next_++;
    attempts_[index].state = progress::under_way;
    next_start_ = now + step_;
    return {connect_step::kind::start, index, keep_waiting().wake};
}

connect_step connect_fsm::keep_waiting() const
{
    const bool more = next_ < addresses_.size();
    return {connect_step::kind::wait, 0, more ? std::min(next_start_, deadline_) : deadline_};
}

bool connect_fsm::any_under_way() const noexcept
{
    return std::any_of(attempts_.begin(), attempts_.end(),
                       [](const attempt& a) { return a.state == progress::under_way; });
}

std::vector<std::size_t> connect_fsm::in_flight() const
{
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < attempts_.size(); ++i)
        if (attempts_[i].state == progress::under_way) out.push_back(i);
    return out;
}

/// When the addresses disagree: the code that tells most. A refusal proves that the host is there.
errc connect_fsm::failure_code() const noexcept
{
    if (timed_out_) return errc::connect_timeout;
    const auto seen = [this](errc code) {
        return std::any_of(attempts_.begin(), attempts_.end(), [code](const attempt& a) {
            return a.state == progress::failed && errc_for_connect(a.system) == code;
        });
    };
    for (errc code : {errc::connect_refused, errc::connect_timeout, errc::resource_exhausted})
        if (seen(code)) return code;
    return errc::unreachable;
}

error connect_fsm::failure() const
{
    const errc code = failure_code();
    error_info info;
    info.message = "tried";
    for (std::size_t i = 0; i < attempts_.size(); ++i) {
        const attempt& a = attempts_[i];
        info.message += (i == 0 ? " " : "; ") + to_string(addresses_[i]) + ": ";
        if (a.state == progress::untried) info.message += "no time left";
        if (a.state == progress::under_way) info.message += "no answer";
        if (a.state != progress::failed) continue;
        info.message += a.system.message();
        if (!info.system.failed() || errc_for_connect(a.system) == code) info.system = a.system;
    }
    return {code, std::move(info)};
}

} // namespace internal
MEC_END_NAMESPACE
