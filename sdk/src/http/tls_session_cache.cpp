#include "tls_session_cache.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

bool tls_session_cache::move_to_front(std::string_view host, std::uint16_t port) noexcept
{
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const entry& e) {
        return e.port == port && e.host == host;
    });
    if (found == entries_.end()) return false;
    entries_.splice(entries_.begin(), entries_, found);
    return true;
}

void tls_session_cache::put(std::string_view host, std::uint16_t port, ssl_session_ptr session)
{
    const std::lock_guard lock(mutex_);
    if (!move_to_front(host, port)) {
        entries_.push_front({std::string(host), port, {}});
        if (entries_.size() > max_hosts) entries_.pop_back();
    }
    auto& sessions = entries_.front().sessions;
    if (sessions.size() == max_sessions) sessions.erase(sessions.begin());
    sessions.push_back(std::move(session));
}

ssl_session_ptr tls_session_cache::take(std::string_view host, std::uint16_t port) noexcept
{
    const std::lock_guard lock(mutex_);
    if (!move_to_front(host, port) || entries_.front().sessions.empty()) return nullptr;
    auto& sessions = entries_.front().sessions;
    SSL_SESSION* newest = sessions.back().get();
    if (SSL_SESSION_get_protocol_version(newest) >= TLS1_3_VERSION) {
        ssl_session_ptr ticket = std::move(sessions.back());
        sessions.pop_back();
        return ticket;
    }
    SSL_SESSION_up_ref(newest);
    return ssl_session_ptr(newest);
}

} // namespace internal
MEC_END_NAMESPACE
