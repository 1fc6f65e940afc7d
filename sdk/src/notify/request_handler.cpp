#include "request_handler.hpp"

#include "delivery.hpp"
#include "http_problem.hpp"

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// Whoever tries paths must not be able to fill the log.
constexpr std::chrono::seconds report_interval{10};

http::fields one_field(std::string_view name, std::string_view value)
{
    http::fields f;
    f.append(name, value);
    return f;
}

std::string_view without_port(std::string_view authority) noexcept
{
    const auto colon = authority.rfind(':');
    const bool in_brackets =
        colon != authority.npos && authority.find(']', colon) != authority.npos;
    return colon == authority.npos || in_brackets ? authority : authority.substr(0, colon);
}

} // namespace

request_handler::request_handler(std::shared_ptr<receiver_base> base,
                                 std::vector<std::string> prefixes)
    : registry(*base->options.clock), base_(std::move(base)), prefixes_(std::move(prefixes)),
      next_report_(base_->options.clock->now())
{
}

// The target is compared as it came, without decoding anything: there is one spelling of a path.
std::optional<channel_key> request_handler::key_in(std::string_view target) const noexcept
{
    if (!target.empty() && target.back() == '/') target.remove_suffix(1);
    for (const std::string& prefix : prefixes_) {
        const std::size_t size = prefix.size();
        if (target.size() > size && target[size] == '/' && target.compare(0, size, prefix) == 0)
            if (const auto key = channel_key::parse(target.substr(size + 1))) return key;
    }
    return std::nullopt;
}

bool request_handler::is_host(std::string_view value) const noexcept
{
    const auto& hosts = base_->options.hosts;
    for (const std::string& host : hosts)
        if (http::equal_names(host, value) || http::equal_names(host, without_port(value)))
            return true;
    return hosts.empty();
}

void request_handler::handle(const received_request& request, responder answer)
{
    static const http::fields allow = one_field("Allow", "POST");
    if (!is_host(request.headers.find("Host"))) return answer.respond(421);
    const auto key = key_in(request.target);
    const auto found = key ? registry.find(*key) : channel_registry::found{};
    if (!found.open && !found.closed_lately) return unknown(answer);
    if (request.method != "POST") return answer.respond(405, allow);
    if (found.open) return take(*found.open, request, answer);
    ++base_->late;
    answer.respond(204);
}

void request_handler::take(inbox& box, const received_request& request, responder& answer)
{
    static const http::fields soon = one_field("Retry-After", "1");
    static const http::fields problem = one_field("Content-Type", problem_type);
    const verdict v = deliver(*base_, box, request.headers.find("Content-Type"), request.body);
    if (v.status == 503) return answer.respond(503, soon);
    if (v.detail.empty()) return answer.respond(v.status);
    answer.respond(v.status, problem, problem_json(v.status, v.detail));
}

void request_handler::unknown(responder& answer)
{
    ++base_->unknown;
    std::uint64_t count = 0;
    {
        const std::lock_guard<std::mutex> l(mutex_);
        ++unreported_;
        const steady_time now = base_->options.clock->now();
        if (now >= next_report_) {
            next_report_ = now + report_interval;
            count = std::exchange(unreported_, 0);
        }
    }
    // The path stays unsaid: it may be one letter away from a secret.
    if (count != 0)
        base_->options.log.write(log_level::warning, "notify",
                                 "requests for paths that belong to no subscription: " +
                                     std::to_string(count));
    answer.respond(404);
}

} // namespace internal
MEC_END_NAMESPACE
