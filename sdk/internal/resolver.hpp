#ifndef MEC_INTERNAL_RESOLVER_HPP
#define MEC_INTERNAL_RESOLVER_HPP

/// @file
/// Names to addresses, on threads that can be abandoned: getaddrinfo cannot be interrupted, and a
/// silent name server holds it for ten seconds and more.

#include <mec/core/clock.hpp>
#include <mec/core/result.hpp>

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// One address and port to connect to.
struct resolved_address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    int family() const noexcept { return storage.ss_family; }
    const sockaddr* data() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};
/// `127.0.0.1:80`, `[::1]:80`
MEC_API std::string to_string(const resolved_address& address);

using address_list = std::vector<resolved_address>;

/// Order in which to try (RFC 8305 clause 4): families alternate, `first` first, each in the
/// resolver's order; duplicates and all beyond 16 are left out.
MEC_API address_list interleaved(const address_list& addresses, int first = AF_INET6);

/// What needs no name server: address literals, and localhost (RFC 6761 clause 6.3). Nothing for other
/// names.
MEC_API std::optional<address_list> resolve_locally(std::string_view host, std::uint16_t port);

/// Asks the system's resolver; may block for long. Not interleaved.
/// @return errc::name_not_found, errc::name_temporary, errc::resource_exhausted.
MEC_API result<address_list> system_lookup(const std::string& host, std::uint16_t port);

/// A few worker threads that call the resolver. They start when the first name needs them and end
/// when there is nothing to do; the destructor leaves the busy ones to themselves. Equal names asked
/// for at the same time cause one lookup, so that one dead name holds one worker. Thread-safe.
class MEC_API resolver_pool {
public:
    using lookup = std::function<result<address_list>(const std::string& host, std::uint16_t port)>;
    /// Must not throw and must return soon, for example post to an executor. Called exactly once.
    using handler = std::function<void(result<address_list>)>;

    explicit resolver_pool(std::size_t workers, lookup ask = &system_lookup);
    /// As close(). Never waits for a lookup.
    ~resolver_pool();
    resolver_pool(const resolver_pool&) = delete;
    resolver_pool& operator=(const resolver_pool&) = delete;

    /// Gives the addresses, interleaved, to `done`: on a worker, or inside this function when no
    /// worker is needed (literals, localhost) or none can be had.
    /// A request that no worker took before `deadline` ends with errc::name_temporary when one is
    /// free; the caller's own timer is what ends the wait in time.
    void resolve(std::string host, std::uint16_t port, steady_time deadline, handler done);

    /// Waits for the addresses, at most until `deadline`: errc::name_temporary.
    result<address_list> resolve_until(std::string host, std::uint16_t port, steady_time deadline);

    /// Ends all requests with errc::shutting_down and refuses new ones. When it returns, no handler is
    /// running on another thread, and none will.
    void close() noexcept;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
