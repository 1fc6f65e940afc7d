#ifndef MEC_HTTP_OPERATION_HPP
#define MEC_HTTP_OPERATION_HPP

/// @file
/// One row of an API: what the client sends, the emulator routes, the tests check and the reference
/// documents.

#include <mec/http/message.hpp>
#include <mec/json/describe.hpp>

#include <array>
#include <cstdint>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace http {

/// What happens when a request is applied twice.
enum class repeat : std::uint8_t {
    safe,       ///< it reads only
    idempotent, ///< the second time changes nothing
    task, ///< POST on a task resource: 409 after an attempt of unknown outcome means it was done
    never ///< it would be done twice: an unknown outcome is reported, never repeated
};

/// One operation of a MEC API.
struct operation {
    std::string_view name; ///< `service_mgmt.list_services`
    http::method method;
    std::string_view path; ///< below the API's base, with `{parameters}`
    http::repeat repeat;
    std::uint16_t success;                     ///< the status that the standard declares
    const json::type_desc* request = nullptr;  ///< body sent, if any
    const json::type_desc* response = nullptr; ///< body of a success, if any
    std::array<std::uint16_t, 8> errors{};     ///< error statuses that the standard declares
    std::string_view clause;                   ///< of the standard
    std::uint16_t also = 0;                    ///< another success status that it declares

    constexpr bool declares(int status) const noexcept
    {
        for (auto e : errors)
            if (e == status) return true;
        return false;
    }
};

/// An API: its name, version and operations.
struct api {
    std::string_view base; ///< appended to apiRoot: `/mec_service_mgmt/v1`
    const operation* operations;
    std::size_t size;

    constexpr const operation* begin() const noexcept { return operations; }
    constexpr const operation* end() const noexcept { return operations + size; }
};

} // namespace http
MEC_END_NAMESPACE

#endif
