#ifndef MEC_EMULATOR_ROUTER_HPP
#define MEC_EMULATOR_ROUTER_HPP

/// @file
/// From a request line to an operation. Routes are made from the operation tables, the ones that the
/// client uses.

#include "answer.hpp"
#include "parsers.hpp"
#include "query.hpp"

#include <mec/http/operation.hpp>

#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct platform_state;

/// One request on its way to a handler.
struct call {
    const internal::received_request& request;
    std::string_view method;    ///< as which the request counts
    std::string_view path;      ///< raw
    std::string_view raw_query; ///< without `?`
    const http::operation* operation = nullptr;
    std::vector<parameter> path_parameters; ///< decoded once
    std::vector<parameter> query;
    std::string caller; ///< appInstanceId of the token; empty when authorization is off

    explicit call(const internal::received_request& r);
    /// Value of `{name}` in the operation's path; empty when it has none.
    std::string_view operator[](std::string_view name) const;
};

/// May set the caller where the request itself says who it is.
using handler = answer (*)(platform_state&, call&);

/// Who may call.
enum class access : std::uint8_t {
    application, ///< a token of the platform's token endpoint
    open,        ///< the token endpoint itself
    controller   ///< the control token
};

/// What serves an operation.
struct binding {
    std::string_view operation; ///< its name
    handler handle;
    bool takes_query = false;
    std::string_view path{}; ///< where the operation's own is no path; below the API's base
};

struct route {
    const http::operation* operation;
    std::vector<std::string> segments; ///< `{name}` stands for a parameter
    handler handle;                    ///< null: not implemented
    bool takes_query;
    access who;
};

class router {
public:
    /// Adds all operations of an API below `prefix`.
    template <std::size_t N> void add(std::string_view prefix, const http::api& api,
                                      const binding (&bindings)[N], access who)
    {
        add(prefix, api, bindings, N, who);
    }

    /// Finds the route and fills the call's operation and path parameters.
    /// @return null when there is none; `allow` lists the methods when only the method is wrong.
    const route* match(call& c, std::string& allow) const;
    bool knows(std::string_view operation) const;

private:
    void add(std::string_view prefix, const http::api& api, const binding* bindings,
             std::size_t size, access who);
    std::vector<route> routes_;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
