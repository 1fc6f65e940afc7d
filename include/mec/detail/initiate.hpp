#ifndef MEC_DETAIL_INITIATE_HPP
#define MEC_DETAIL_INITIATE_HPP

/// @file
/// The one piece of template code between a completion token and the compiled core.

#include <mec/core/result.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

#include <memory>
#include <utility>

MEC_BEGIN_NAMESPACE

namespace asio = boost::asio;

/// What every asynchronous function takes when no token is given.
using default_token = asio::deferred_t;

/// A completion handler for `result<T>`, type-erased.
template <class T = void> using handler_for = asio::any_completion_handler<void(result<T>)>;

namespace detail {

/// Calls a member function of a connection with the erased handler last. Carries its executor,
/// because token adapters look for it there.
template <class Connection, class Function> struct initiation {
    std::shared_ptr<Connection> connection;
    Function function;
    asio::any_io_executor executor;

    using executor_type = asio::any_io_executor;
    const executor_type& get_executor() const noexcept { return executor; }

    template <class Handler, class... Args> void operator()(Handler&& handler, Args&&... args) const
    {
        ((*connection).*function)(std::forward<Args>(args)..., std::forward<Handler>(handler));
    }
};

template <class T, class Connection, class Function, class Token, class... Args>
auto start(const std::shared_ptr<Connection>& connection, Function function, Token&& token,
           Args&&... args)
{
    return asio::async_initiate<Token, void(result<T>)>(
        initiation<Connection, Function>{connection, function, connection->get_executor()}, token,
        std::forward<Args>(args)...);
}

} // namespace detail
MEC_END_NAMESPACE

#endif
