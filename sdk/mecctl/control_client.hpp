#ifndef MEC_MECCTL_CONTROL_CLIENT_HPP
#define MEC_MECCTL_CONTROL_CLIENT_HPP

#include "call.hpp"
#include "control_address.hpp"
#include "control_api.hpp"

#include <mec/sync_wait.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace mecctl {

namespace control = mec::emulator::control;
namespace operations = mec::emulator::control::operations;

/// Calls the operations of an emulator's control interface, each within a deadline.
class control_client {
public:
    explicit control_client(control_address where);

    const control_address& where() const noexcept { return where_; }

    /// The result, or a refusal that says what to do.
    template <class T = void> T call(const mec::http::operation& op, const std::string& id = {})
    {
        return must(attempt<T>(op, id, {}, {}));
    }
    template <class T = void, class Body>
    T send(const mec::http::operation& op, const Body& body, const std::string& id = {})
    {
        return must(attempt<T>(op, id, mec::json::serialize(body), {}));
    }
    /// Those of a log that came after the sequence number.
    template <class Entry>
    mec::result<std::vector<Entry>> after(const mec::http::operation& op, std::uint64_t sequence)
    {
        return attempt<std::vector<Entry>>(op, {}, {}, std::to_string(sequence));
    }
    /// Ends the command.
    [[noreturn]] void refuse(const mec::error& e) const;

private:
    template <class T> mec::result<T> attempt(const mec::http::operation& op, const std::string& id,
                                              std::string body, const std::string& after)
    {
        const auto context = context_for(id);
        const auto fill = [&](mec::http::request& r) {
            r.body = std::move(body);
            mec::error e = context->fill_target(r.target, op, id);
            if (!after.empty()) mec::query_builder(r.target).add("after", after);
            return e;
        };
        const auto begin = [&](auto handler) {
            mec::internal::start_call<T>(context, op, mec::handler_for<T>(std::move(handler)),
                                         fill);
        };
        mec::default_token until_waited_for;
        return mec::sync_wait(boost::asio::async_initiate<mec::default_token, void(mec::result<T>)>(
            begin, until_waited_for));
    }
    template <class T> T must(mec::result<T> r) const
    {
        if (!r) refuse(r.error());
        if constexpr (!std::is_void_v<T>) return std::move(*r);
    }
    std::shared_ptr<mec::internal::call_context> context_for(const std::string& id) const;

    control_address where_;
    boost::asio::io_context io_{1};
    mec::http::endpoint endpoint_;
};

} // namespace mecctl

#endif
