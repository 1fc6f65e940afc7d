#ifndef MEC_TESTS_OPERATION_HARNESS_HPP
#define MEC_TESTS_OPERATION_HARNESS_HPP

#include "every_operation.hpp"

#include <mec/auth/token_source.hpp>
#include <mec/detail/complete.hpp>
#include <mec/sync_wait.hpp>
#include <mec/testing/manual_clock.hpp>
#include <mec/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace mec_test {

/// Whether the waiting is done by an event loop or by the calling thread.
enum class way { async, blocking };

/// Draws always the same number: no jitter.
class no_jitter final : public mec::random_source {
public:
    std::uint64_t next() noexcept override { return 0; }
};

/// A new token for every fetch.
class fresh_tokens final : public mec::auth::token_source {
public:
    explicit fresh_tokens(boost::asio::any_io_executor io) : io_(std::move(io)) {}

    mec::auth::token_ptr current() noexcept override { return token_; }
    void async_fetch(mec::auth::token_ptr, mec::steady_time,
                     boost::asio::any_completion_handler<void(mec::result<mec::auth::token_ptr>)>
                         handler) override
    {
        auto next = std::make_shared<mec::auth::access_token>();
        next->value = mec::secret_string("token-" + std::to_string(++fetches_));
        token_ = next;
        mec::detail::complete_later(io_, std::move(handler),
                                    mec::result<mec::auth::token_ptr>(token_));
    }

private:
    boost::asio::any_io_executor io_;
    mec::auth::token_ptr token_;
    int fetches_ = 0;
};

/// One operation over a scripted transport, without a network and without waiting.
class operation_harness {
public:
    explicit operation_harness(mec::http::dialect dialect = mec::http::dialects::automatic)
    {
        options.dialect = dialect;
        options.clock = &clock;
        options.random = &random;
        options.retry.retry_after_cap = std::chrono::milliseconds(0);
    }

    clients platform() const
    {
        mec::http::endpoint common;
        common.app_instance_id = app_instance;
        common.transport = transport;
        common.tokens = tokens;
        common.options = options;
        return {"https://mep.example/mep1", common};
    }
    /// Runs the row of a table to its end.
    mec::error run(const invocation& i, way how = way::async)
    {
        if (how == way::blocking) return i.wait(platform()); // nobody runs `io`
        std::optional<mec::error> outcome;
        i.start(platform(), [&](mec::error e) { outcome = std::move(e); });
        if (outcome) return {mec::errc::not_supported, "completed inside the initiating function"};
        io.restart();
        io.run_for(std::chrono::seconds(10));
        return outcome.value_or(mec::error(mec::errc::not_supported, "never completed"));
    }
    /// Runs an operation of a client to its end and gives its result.
    template <class Operation> auto run(Operation operation, way how)
    {
        using result_type = decltype(mec::sync_wait(std::move(operation)));
        if (how == way::blocking) return mec::sync_wait(std::move(operation));
        std::optional<result_type> outcome;
        std::move(operation)([&](result_type r) { outcome.emplace(std::move(r)); });
        io.restart();
        io.run_for(std::chrono::seconds(10));
        if (!outcome) outcome.emplace(mec::error(mec::errc::not_supported, "never completed"));
        return std::move(*outcome);
    }
    /// Adds an answer to the operation's request.
    mec::testing::expectation& expect(const invocation& i)
    {
        return transport->expect(i.row->method, "/mep1" + i.target);
    }
    /// Of what was asked beyond the script, or not asked; empty when all is well.
    std::string complaints() const
    {
        std::string all;
        for (const auto& line : transport->unexpected()) all += "unexpected " + line + '\n';
        for (const auto& line : transport->unmet()) all += "not asked " + line + '\n';
        return all;
    }

    boost::asio::io_context io{1};
    mec::testing::manual_clock clock;
    no_jitter random;
    mec::client_options options;
    std::shared_ptr<mec::testing::scripted_transport> transport =
        std::make_shared<mec::testing::scripted_transport>(io.get_executor());
    std::shared_ptr<mec::auth::token_source> tokens =
        std::make_shared<fresh_tokens>(io.get_executor());
};

} // namespace mec_test

#endif
