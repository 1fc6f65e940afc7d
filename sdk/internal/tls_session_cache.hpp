#ifndef MEC_INTERNAL_TLS_SESSION_CACHE_HPP
#define MEC_INTERNAL_TLS_SESSION_CACHE_HPP

#include "openssl.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// TLS sessions that can be resumed, by host and port; the least recently used host goes first when
/// the cache is full. Thread-safe.
class tls_session_cache {
public:
    static constexpr std::size_t max_hosts = 64;
    static constexpr std::size_t max_sessions = 2; ///< per host; a server sends two TLS 1.3 tickets

    void put(std::string_view host, std::uint16_t port, ssl_session_ptr session);
    /// The newest session; null when there is none. A TLS 1.3 ticket is handed out once (RFC 8446
    /// clause C.4), a TLS 1.2 session stays.
    ssl_session_ptr take(std::string_view host, std::uint16_t port) noexcept;

private:
    struct entry {
        std::string host;
        std::uint16_t port;
        std::vector<ssl_session_ptr> sessions; // newest last
    };
    bool move_to_front(std::string_view host, std::uint16_t port) noexcept;

    std::mutex mutex_;
    std::list<entry> entries_; // most recently used first
};

} // namespace internal
MEC_END_NAMESPACE

#endif
