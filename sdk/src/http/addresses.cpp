#include "resolver.hpp"

#include "text.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

constexpr std::size_t max_addresses = 16;

template <class Sockaddr> resolved_address make_address(const Sockaddr& address)
{
    resolved_address out;
    std::memcpy(&out.storage, &address, sizeof(address));
    out.size = sizeof(address);
    return out;
}

resolved_address make_v4(in_addr ip, std::uint16_t port)
{
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr = ip;
    return make_address(a);
}

resolved_address make_v6(const in6_addr& ip, std::uint16_t port)
{
    sockaddr_in6 a{};
    a.sin6_family = AF_INET6;
    a.sin6_port = htons(port);
    a.sin6_addr = ip;
    return make_address(a);
}

bool equal(const resolved_address& a, const resolved_address& b) noexcept
{
    return a.size == b.size && std::memcmp(&a.storage, &b.storage, a.size) == 0;
}

/// `localhost` and everything below it, with or without the final dot.
bool is_localhost(std::string_view host) noexcept
{
    if (!host.empty() && host.back() == '.') host.remove_suffix(1);
    constexpr std::string_view name = "localhost";
    if (host.size() < name.size()) return false;
    const std::string_view tail = host.substr(host.size() - name.size());
    const bool same = std::equal(tail.begin(), tail.end(), name.begin(),
                                 [](char a, char b) { return to_lower(a) == b; });
    return same && (host.size() == name.size() || host[host.size() - name.size() - 1] == '.');
}

struct addrinfo_deleter {
    void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};
using addrinfo_ptr = std::unique_ptr<addrinfo, addrinfo_deleter>;

struct answer {
    int code;
    int system; ///< errno, for EAI_SYSTEM
    addrinfo_ptr list;
};

answer ask_system(const std::string& host, int flags)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
    const int system = errno;
    return {code, system, addrinfo_ptr(code == 0 ? list : nullptr)};
}

bool not_found(int code) noexcept
{
    return code == EAI_NONAME || code == EAI_NODATA || code == EAI_ADDRFAMILY;
}

error lookup_error(const std::string& host, const answer& a)
{
    error_info info;
    info.endpoint = host;
    info.message = std::string("cannot resolve the host name: ") + ::gai_strerror(a.code);
    if (not_found(a.code)) {
        info.message += "; check the host in the configured URL";
        return {errc::name_not_found, std::move(info)};
    }
    if (a.code == EAI_SYSTEM) info.system = {a.system, boost::system::system_category()};
    const bool out_of_descriptors =
        a.code == EAI_SYSTEM && (a.system == EMFILE || a.system == ENFILE);
    if (a.code == EAI_MEMORY || out_of_descriptors)
        return {errc::resource_exhausted, std::move(info)};
    return {errc::name_temporary, std::move(info)};
}

} // namespace

std::string to_string(const resolved_address& address)
{
    char text[INET6_ADDRSTRLEN] = "?";
    if (address.family() == AF_INET6) {
        sockaddr_in6 a{};
        std::memcpy(&a, &address.storage, sizeof(a));
        ::inet_ntop(AF_INET6, &a.sin6_addr, text, sizeof(text));
        return "[" + std::string(text) + "]:" + std::to_string(ntohs(a.sin6_port));
    }
    sockaddr_in a{};
    std::memcpy(&a, &address.storage, sizeof(a));
    ::inet_ntop(AF_INET, &a.sin_addr, text, sizeof(text));
    return std::string(text) + ":" + std::to_string(ntohs(a.sin_port));
}

address_list interleaved(const address_list& addresses, int first)
{
    address_list queues[2]; // the preferred family, all others
    for (const auto& a : addresses) {
        auto& queue = queues[a.family() == first ? 0 : 1];
        const auto same = [&](const resolved_address& other) { return equal(a, other); };
        if (std::none_of(queue.begin(), queue.end(), same)) queue.push_back(a);
    }
    address_list out;
    for (std::size_t i = 0; out.size() < max_addresses; ++i) {
        if (i >= queues[0].size() && i >= queues[1].size()) break;
        for (const auto& queue : queues)
            if (i < queue.size() && out.size() < max_addresses) out.push_back(queue[i]);
    }
    return out;
}

std::optional<address_list> resolve_locally(std::string_view host, std::uint16_t port)
{
    if (is_localhost(host)) {
        in_addr v4{};
        v4.s_addr = htonl(INADDR_LOOPBACK);
        return address_list{make_v6(in6addr_loopback, port), make_v4(v4, port)};
    }
    const std::string text(host);
    in_addr v4{};
    if (::inet_pton(AF_INET, text.c_str(), &v4) == 1) return address_list{make_v4(v4, port)};
    in6_addr v6{};
    if (::inet_pton(AF_INET6, text.c_str(), &v6) == 1) return address_list{make_v6(v6, port)};
    return std::nullopt;
}

result<address_list> system_lookup(const std::string& host, std::uint16_t port)
{
    // AI_ADDRCONFIG saves a query for a family that the machine does not have. It does not count
    // loopback as having one, so that a name in /etc/hosts may need the question without it.
    answer a = ask_system(host, AI_ADDRCONFIG);
    if (not_found(a.code)) a = ask_system(host, 0);
    if (a.code != 0) return lookup_error(host, a);

    address_list out;
    for (const addrinfo* entry = a.list.get(); entry; entry = entry->ai_next) {
        if (entry->ai_family == AF_INET) {
            sockaddr_in v4{};
            std::memcpy(&v4, entry->ai_addr, sizeof(v4));
            out.push_back(make_v4(v4.sin_addr, port));
        } else if (entry->ai_family == AF_INET6) {
            sockaddr_in6 v6{};
            std::memcpy(&v6, entry->ai_addr, sizeof(v6));
            v6.sin6_port = htons(port); // the scope of a link-local address is kept
            out.push_back(make_address(v6));
        }
    }
    if (out.empty()) return lookup_error(host, {EAI_NONAME, 0, nullptr});
    return out;
}

} // namespace internal
MEC_END_NAMESPACE
