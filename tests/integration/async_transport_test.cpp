// What only the event loop can do: many calls at once, cancellation, closing under way.

#include "raw_server.hpp"

#include <mec/http/transport.hpp>
#include <mec/service_mgmt/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <string>

namespace {

using namespace std::chrono_literals;
using mec_test::json_response;
using mec_test::raw_connection;
using mec_test::raw_server;
using service_list = mec::result<std::vector<mec::service_mgmt::service_info>>;

class async_transport : public testing::Test {
protected:
    mec::service_mgmt::client client_of(const raw_server& server,
                                        mec::http::transport_options o = {})
    {
        transport_ = mec::http::make_transport(io_->get_executor(), std::move(o)).value();
        mec::http::endpoint where;
        where.base = mec::url::parse(server.url()).value();
        where.app_instance_id = "app-1";
        where.transport = transport_;
        where.options.retry.attempts = 1;
        return mec::service_mgmt::client(mec::service_mgmt::make_connection(where));
    }

    std::unique_ptr<boost::asio::io_context> io_ = std::make_unique<boost::asio::io_context>(1);
    std::shared_ptr<mec::http::transport> transport_;
};

void answer_all(raw_connection& c, int)
{
    while (!c.read_request().empty()) c.write(json_response("[]"));
}

TEST_F(async_transport, many_calls_share_a_few_connections)
{
    raw_server server(answer_all);
    mec::http::transport_options o;
    o.pool.connections = 3;
    auto client = client_of(server, o);
    int done = 0;
    for (int i = 0; i < 50; ++i)
        client.async_list_services({}, [&](service_list r) {
            EXPECT_TRUE(r) << r.error();
            ++done;
        });
    io_->run_for(10s);
    EXPECT_EQ(done, 50);
    EXPECT_LE(server.connections(), 3);
}

TEST_F(async_transport, more_calls_than_may_wait_are_refused)
{
    raw_server server(answer_all);
    mec::http::transport_options o;
    o.pool.connections = 1;
    o.pool.pending = 2;
    auto client = client_of(server, o);
    int answered = 0;
    int refused = 0;
    for (int i = 0; i < 5; ++i)
        client.async_list_services({}, [&](service_list r) {
            if (r) ++answered;
            else if (r.error() == mec::errc::resource_exhausted) ++refused;
        });
    io_->run_for(10s);
    EXPECT_EQ(answered, 3);
    EXPECT_EQ(refused, 2);
}

TEST_F(async_transport, cancelling_ends_one_call_and_leaves_the_others)
{
    std::promise<void> release;
    auto released = release.get_future().share();
    raw_server server([released](raw_connection& c, int) {
        c.read_request();
        released.wait_for(5s);
        c.write(json_response("[]"));
        c.wait_for_close();
    });
    auto client = client_of(server);
    boost::asio::cancellation_signal cancel;
    std::optional<service_list> first;
    std::optional<service_list> second;
    client.async_list_services(
        {}, boost::asio::bind_cancellation_slot(cancel.slot(), [&](service_list r) {
            first.emplace(std::move(r));
            release.set_value();
        }));
    client.async_list_services({}, [&](service_list r) { second.emplace(std::move(r)); });
    boost::asio::steady_timer soon(*io_, 20ms);
    soon.async_wait([&](auto) { cancel.emit(boost::asio::cancellation_type::terminal); });
    io_->run_for(10s);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->error(), mec::errc::cancelled) << first->error();
    EXPECT_TRUE(*second) << second->error();
}

TEST_F(async_transport, cancelling_at_once_is_not_lost)
{
    raw_server server(answer_all);
    auto client = client_of(server);
    boost::asio::cancellation_signal cancel;
    std::optional<service_list> ended;
    client.async_list_services(
        {}, boost::asio::bind_cancellation_slot(
                cancel.slot(), [&](service_list r) { ended.emplace(std::move(r)); }));
    cancel.emit(boost::asio::cancellation_type::terminal);
    io_->run_for(10s);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error(), mec::errc::cancelled) << ended->error();
}

TEST_F(async_transport, takes_handlers_that_can_only_be_moved)
{
    raw_server server(answer_all);
    auto client = client_of(server);
    bool called = false;
    client.async_list_services(
        {}, [&called, owned = std::make_unique<int>(1)](service_list) { called = *owned == 1; });
    io_->run_for(10s);
    EXPECT_TRUE(called);
}

TEST_F(async_transport, closing_ends_calls_under_way_and_in_the_queue)
{
    raw_server server([](raw_connection& c, int) { c.wait_for_close(); });
    mec::http::transport_options o;
    o.pool.connections = 1;
    auto client = client_of(server, o);
    int ended = 0;
    for (int i = 0; i < 3; ++i)
        client.async_list_services({}, [&](service_list r) {
            ASSERT_FALSE(r);
            EXPECT_EQ(r.error(), mec::errc::shutting_down) << r.error();
            ++ended;
        });
    boost::asio::steady_timer soon(*io_, 20ms);
    soon.async_wait([&](auto) { transport_->close(); });
    io_->run_for(10s);
    EXPECT_EQ(ended, 3);
}

TEST_F(async_transport, a_context_destroyed_with_calls_outstanding_leaks_nothing)
{
    raw_server server([](raw_connection& c, int) { c.wait_for_close(); });
    mec::http::transport_options o;
    o.pool.connections = 2;
    auto alive = std::make_shared<int>(0);
    {
        auto client = client_of(server, o);
        for (int i = 0; i < 5; ++i)
            client.async_list_services({}, [alive](service_list) { FAIL(); });
        io_->run_for(20ms);
    }
    transport_.reset();
    EXPECT_GT(alive.use_count(), 1);
    io_.reset();
    EXPECT_EQ(alive.use_count(), 1);
}

TEST_F(async_transport, run_returns_soon_after_the_last_call)
{
    raw_server server(answer_all);
    auto client = client_of(server);
    bool done = false;
    client.async_list_services({}, [&](service_list r) { done = r.has_value(); });
    const auto began = std::chrono::steady_clock::now();
    io_->run_for(10s);
    EXPECT_TRUE(done);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s); // far below the 10 s of its deadline
}

} // namespace
