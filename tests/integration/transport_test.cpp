// The transport against a server that answers what no real server would, over both drivers: on an
// event loop and on the calling thread.

#include "raw_server.hpp"

#include <mec/http/transport.hpp>
#include <mec/service_mgmt/client.hpp>
#include <mec/sync_wait.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

using namespace std::chrono_literals;
using mec_test::json_response;
using mec_test::raw_connection;
using mec_test::raw_server;

enum class driver { event_loop, blocking };

std::string name_of(const testing::TestParamInfo<driver>& p)
{
    return p.param == driver::event_loop ? "event_loop" : "blocking";
}

/// A client of one raw_server with short budgets and one attempt, unless a test says otherwise.
class transport_over : public testing::TestWithParam<driver> {
protected:
    mec::http::transport_options transport_options()
    {
        mec::http::transport_options o;
        o.timeouts.first_byte = 300ms;
        o.timeouts.idle = idle_;
        return o;
    }

    mec::service_mgmt::client client_of(const std::string& root, mec::http::transport_options o)
    {
        auto made = mec::http::make_transport(io_.get_executor(), std::move(o));
        EXPECT_TRUE(made.has_value());
        transport_ = *made;
        mec::http::endpoint where;
        where.base = mec::url::parse(root).value();
        where.app_instance_id = "app-1";
        where.transport = transport_;
        where.options.retry.attempts = attempts_;
        where.options.retry.base = 1ms;
        where.options.deadline = deadline_;
        return mec::service_mgmt::client(mec::service_mgmt::make_connection(where));
    }
    mec::service_mgmt::client client_of(const raw_server& server)
    {
        return client_of(server.url(), transport_options());
    }

    /// Runs one deferred operation on the driver under test.
    template <class Operation> auto run(Operation operation)
    {
        if (GetParam() == driver::blocking) return mec::sync_wait(std::move(operation));
        using result_type = decltype(mec::sync_wait(std::move(operation)));
        std::optional<result_type> outcome;
        std::move(operation)([&](result_type r) { outcome.emplace(std::move(r)); });
        EXPECT_FALSE(outcome.has_value()) << "a handler ran inside the initiating function";
        io_.restart();
        io_.run_for(10s);
        if (!outcome) outcome.emplace(mec::error(mec::errc::not_supported, "never completed"));
        return std::move(*outcome);
    }

    boost::asio::io_context io_{1};
    std::shared_ptr<mec::http::transport> transport_;
    int attempts_ = 1;
    std::chrono::milliseconds deadline_{5s};
    std::chrono::milliseconds idle_{300};
};

using service_list = std::vector<mec::service_mgmt::service_info>;

TEST_P(transport_over, reads_a_response_and_keeps_the_connection)
{
    raw_server server([](raw_connection& c, int) {
        while (!c.read_request().empty()) c.write(json_response("[]"));
    });
    auto client = client_of(server);
    for (int i = 0; i < 5; ++i) {
        auto r = run(client.async_list_services());
        ASSERT_TRUE(r) << r.error();
        EXPECT_TRUE(r->empty());
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST_P(transport_over, reads_a_response_that_comes_byte_by_byte)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        for (char byte : json_response("[]")) c.write({&byte, 1});
        c.wait_for_close();
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    EXPECT_TRUE(r) << r.error();
}

TEST_P(transport_over, a_connection_cut_at_any_byte_is_a_typed_error)
{
    const std::string whole = json_response(R"([])");
    raw_server server([&](raw_connection& c, int number) {
        c.read_request();
        c.write(std::string_view(whole).substr(0, static_cast<std::size_t>(number)));
        if (number % 2) c.reset();
    });
    auto client = client_of(server);
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        auto r = run(client.async_list_services());
        ASSERT_FALSE(r) << "cut at " << cut;
        EXPECT_TRUE(r.error() == mec::errc::connection_lost || r.error() == mec::errc::truncated)
            << "cut at " << cut << ": " << r.error();
        EXPECT_EQ(r.error().info().operation, "service_mgmt.list_services");
    }
    EXPECT_EQ(server.connections(), static_cast<int>(whole.size()));
}

TEST_P(transport_over, a_get_is_repeated_after_a_lost_connection)
{
    attempts_ = 3;
    raw_server server([](raw_connection& c, int number) {
        c.read_request();
        if (number < 2) return;
        c.write(json_response("[]"));
        c.wait_for_close();
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    EXPECT_TRUE(r) << r.error();
    EXPECT_EQ(server.connections(), 3);
}

TEST_P(transport_over, a_post_without_an_answer_is_never_repeated)
{
    attempts_ = 5;
    raw_server server([](raw_connection& c, int) { c.read_request(); });
    auto client = client_of(server);
    mec::service_mgmt::service_info service;
    service.ser_name = "s";
    service.version = "1";
    service.transport_id = "t";
    auto r = run(client.async_register_service(service));
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::outcome_unknown) << r.error();
    EXPECT_EQ(server.connections(), 1);
}

TEST_P(transport_over, silence_ends_at_the_first_byte_budget)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.wait_for_close();
    });
    auto client = client_of(server);
    const auto began = std::chrono::steady_clock::now();
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::deadline_exceeded) << r.error();
    EXPECT_GE(std::chrono::steady_clock::now() - began, 300ms);
}

TEST_P(transport_over, an_answer_that_stops_ends_at_the_idle_budget)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n[");
        c.wait_for_close();
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::deadline_exceeded) << r.error();
    EXPECT_EQ(r.error().info().http_status, 200);
}

TEST_P(transport_over, a_peer_that_drips_cannot_stretch_the_deadline)
{
    deadline_ = 500ms;
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.drip(json_response(std::string(200, ' ')), 50ms); // never idle for long, 10 s in all
    });
    auto client = client_of(server);
    const auto began = std::chrono::steady_clock::now();
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::deadline_exceeded) << r.error();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_P(transport_over, a_slow_answer_that_goes_on_is_waited_for)
{
    idle_ = 800ms; // a busy machine stops both ends for a while
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.drip(json_response(std::string(100, ' ') + "[]"), 10ms); // about 1.9 s
        c.wait_for_close();
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    EXPECT_TRUE(r) << r.error();
}

TEST_P(transport_over, bad_arguments_are_reported_on_every_driver)
{
    raw_server server([](raw_connection&, int) {});
    auto client = client_of(server);
    auto r = run(client.async_get_service(""));
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::config_invalid) << r.error();
    EXPECT_EQ(server.connections(), 0);
}

TEST_P(transport_over, what_is_not_json_is_named_with_its_media_type)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<a/>");
        c.wait_for_close();
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::unexpected_content);
    EXPECT_NE(r.error().what().find("text/html"), std::string::npos) << r.error();
}

TEST_P(transport_over, a_body_of_ten_gigabytes_is_refused_before_it_is_read)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                "Content-Length: 10000000000\r\n\r\n[");
        c.wait_for_close();
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::limit_exceeded) << r.error();
}

TEST_P(transport_over, an_endless_chunked_body_is_cut_off_at_the_limit)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\n\r\n");
        const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
        while (c.write(chunk)) {
        }
    });
    auto client = client_of(server);
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::limit_exceeded) << r.error();
}

TEST_P(transport_over, hostile_json_is_refused)
{
    const std::string bodies[] = {std::string(100'000, '['), "[\"\xff\xfe\"]", "[1,", "{}", ""};
    raw_server server([&](raw_connection& c, int number) {
        c.read_request();
        c.write(json_response(bodies[number]));
    });
    auto client = client_of(server);
    for (const auto& body : bodies) {
        auto r = run(client.async_list_services());
        ASSERT_FALSE(r) << body.substr(0, 20);
        EXPECT_TRUE(r.error() == mec::condition::bad_data) << r.error();
    }
}

TEST_P(transport_over, surplus_bytes_are_never_the_next_answer)
{
    raw_server server([](raw_connection& c, int) {
        c.read_request();
        c.write(json_response("[]") + json_response("[{}]"));
        c.wait_for_close();
    });
    auto client = client_of(server);
    for (int i = 0; i < 2; ++i) {
        auto r = run(client.async_list_services());
        ASSERT_TRUE(r) << r.error();
        EXPECT_TRUE(r->empty());
    }
    EXPECT_EQ(server.connections(), 2);
}

TEST_P(transport_over, a_connection_closed_while_idle_is_replaced_without_a_retry)
{
    raw_server server([](raw_connection& c, int number) {
        c.read_request();
        c.write(json_response("[]"));
        if (number > 0) c.wait_for_close();
    });
    auto client = client_of(server); // one attempt only
    for (int i = 0; i < 2; ++i) {
        auto r = run(client.async_list_services());
        ASSERT_TRUE(r) << r.error();
    }
    EXPECT_EQ(server.connections(), 2);
}

TEST_P(transport_over, a_refused_connection_says_where)
{
    std::uint16_t port;
    {
        raw_server gone([](raw_connection&, int) {});
        port = gone.port();
    }
    auto client = client_of("http://127.0.0.1:" + std::to_string(port), transport_options());
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::connect_refused) << r.error();
    EXPECT_NE(r.error().what().find("127.0.0.1:" + std::to_string(port)), std::string::npos);
}

TEST_P(transport_over, plain_http_to_another_host_is_refused_before_any_io)
{
    auto client = client_of("http://192.0.2.1:80", transport_options());
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::config_invalid) << r.error();
}

TEST_P(transport_over, an_early_answer_to_a_large_request_is_delivered)
{
    raw_server server([](raw_connection& c, int) {
        // Answers after the first bytes and reads no further.
        c.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        c.wait_for_close();
    });
    auto client = client_of(server);
    mec::service_mgmt::service_info service;
    service.ser_name = std::string(60'000, 'x');
    service.version = "1";
    service.transport_id = "t";
    auto r = run(client.async_register_service(service));
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error().info().http_status, 413) << r.error();
}

TEST_P(transport_over, a_closed_transport_refuses)
{
    raw_server server([](raw_connection& c, int) { c.wait_for_close(); });
    auto client = client_of(server);
    transport_->close();
    auto r = run(client.async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::shutting_down) << r.error();
}

INSTANTIATE_TEST_SUITE_P(drivers, transport_over,
                         testing::Values(driver::event_loop, driver::blocking), name_of);

} // namespace
