#ifndef MEC_DETAIL_COMPLETE_HPP
#define MEC_DETAIL_COMPLETE_HPP

/// @file
/// Calls erased handlers where they belong. Needed because on Boost 1.81 the executor of an erased
/// handler cannot be posted to, only dispatched.

#include <mec/detail/blocking_loop.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace detail {

/// A handler and its argument, to be called once.
template <class Handler, class Arg> struct completion {
    Handler handler;
    Arg arg;
    void operator()() { std::move(handler)(std::move(arg)); }
};

/// Calls the handler through its executor: at once if the caller already runs there.
template <class Handler, class Arg>
void complete(const boost::asio::any_io_executor& io, Handler handler, Arg arg)
{
    const boost::asio::any_completion_executor executor =
        boost::asio::get_associated_executor(handler, io);
    executor.execute(completion<Handler, Arg>{std::move(handler), std::move(arg)});
}

/// Calls the handler through its executor, but never before the caller has returned.
template <class Handler, class Arg>
void complete_later(const boost::asio::any_io_executor& io, Handler handler, Arg arg)
{
    const boost::asio::any_completion_executor executor =
        boost::asio::get_associated_executor(handler, io);
    completion<Handler, Arg> call{std::move(handler), std::move(arg)};
    if (as_blocking(executor)) {
        executor.execute(std::move(call)); // always queues
        return;
    }
    boost::asio::post(
        io, [work = boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked),
             call = std::move(call)]() mutable { work.execute(std::move(call)); });
}

} // namespace detail
MEC_END_NAMESPACE

#endif
