#include <mec/testing/manual_clock.hpp>
#include <mec/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using mec::errc;
using mec::error;
using mec::http::method;

class scripted_transport : public testing::Test {
protected:
    struct exchange {
        mec::http::request request;
        mec::http::response response;
        std::optional<error> outcome;
        asio::cancellation_signal cancel;
    };
    std::unique_ptr<exchange> start(method m, std::string target)
    {
        auto e = std::make_unique<exchange>();
        e->request.method = m;
        e->request.target = std::move(target);
        transport_.async_send(
            e->request, e->response,
            asio::bind_cancellation_slot(e->cancel.slot(),
                                         [p = e.get()](error f) { p->outcome = std::move(f); }));
        return e;
    }
    std::unique_ptr<exchange> send(method m, std::string target)
    {
        auto e = start(m, std::move(target));
        EXPECT_FALSE(e->outcome) << "completed inside async_send";
        io_.restart();
        io_.run();
        return e;
    }

    asio::io_context io_;
    mec::testing::scripted_transport transport_{io_.get_executor()};
};

TEST_F(scripted_transport, answers_in_the_order_of_the_script)
{
    transport_.expect(method::get, "/a/*").respond(503).header("Retry-After", "1");
    transport_.expect(method::get, "/a/*").respond(200, "[]").times(2);
    const auto first = send(method::get, "/a/x");
    EXPECT_EQ(first->response.status, 503);
    EXPECT_EQ(first->response.headers.find("retry-after"), "1");
    EXPECT_EQ(first->response.progress, mec::http::progress::complete);
    EXPECT_FALSE(*first->outcome);
    EXPECT_EQ(transport_.unmet(), std::vector<std::string>{"GET /a/* (2 left)"});
    for (int i = 0; i < 2; ++i) {
        const auto next = send(method::get, "/a/y/z?q=1");
        EXPECT_EQ(next->response.body, "[]");
        EXPECT_EQ(next->response.headers.find("Content-Type"), "application/json");
    }
    EXPECT_TRUE(transport_.unmet().empty());
    EXPECT_TRUE(transport_.unexpected().empty());
    EXPECT_EQ(transport_.requests().size(), 3u);
}

TEST_F(scripted_transport, says_what_nobody_expected)
{
    transport_.expect(method::get, "/a").always();
    const auto wrong = send(method::put, "/a");
    EXPECT_EQ(*wrong->outcome, errc::not_supported);
    EXPECT_NE(wrong->outcome->what().find("PUT /a"), std::string::npos);
    EXPECT_EQ(transport_.unexpected(), std::vector<std::string>{"PUT /a"});
    EXPECT_EQ(transport_.unmet(), std::vector<std::string>{"GET /a (never asked)"});
}

TEST_F(scripted_transport, patterns_stand_for_the_whole_target)
{
    transport_.expect(method::get, "/a*c/*d").always();
    for (const char* good : {"/ac/d", "/abc/xd", "/aXcYc/d", "/ac/dd"})
        EXPECT_FALSE(*send(method::get, good)->outcome) << good;
    for (const char* bad : {"/ac/", "ac/d", "/ac/dx", "/a/d", ""})
        EXPECT_TRUE(*send(method::get, bad)->outcome) << bad;
}

TEST_F(scripted_transport, fails_as_a_network_would)
{
    transport_.expect(method::post, "/a")
        .fail(errc::connection_lost, mec::http::progress::request_sent)
        .on_reused_connection();
    const auto lost = send(method::post, "/a");
    EXPECT_EQ(*lost->outcome, errc::connection_lost);
    EXPECT_EQ(lost->response.progress, mec::http::progress::request_sent);
    EXPECT_TRUE(lost->response.reused_connection);
}

TEST_F(scripted_transport, holds_answers_until_they_are_released)
{
    transport_.expect(method::get, "/a").respond(200, "1").hold();
    const auto e = start(method::get, "/a");
    io_.poll();
    EXPECT_FALSE(e->outcome);
    EXPECT_EQ(transport_.held(), 1u);
    transport_.release();
    io_.restart();
    io_.run();
    EXPECT_EQ(e->response.body, "1");
    EXPECT_EQ(transport_.held(), 0u);
}

TEST_F(scripted_transport, held_requests_can_be_cancelled)
{
    transport_.expect(method::get, "/a").hold();
    const auto e = start(method::get, "/a");
    e->cancel.emit(asio::cancellation_type::terminal);
    io_.run();
    EXPECT_EQ(*e->outcome, errc::cancelled);
    transport_.release();
    EXPECT_EQ(transport_.held(), 0u);
}

TEST_F(scripted_transport, ends_held_requests_and_refuses_new_ones_when_closed)
{
    transport_.expect(method::get, "/a").hold().always();
    const auto e = start(method::get, "/a");
    transport_.close();
    io_.run();
    EXPECT_EQ(*e->outcome, errc::shutting_down);
    EXPECT_EQ(*send(method::get, "/a")->outcome, errc::shutting_down);
}

TEST(manual_clock, moves_only_when_told)
{
    mec::testing::manual_clock clock;
    const auto steady = clock.now();
    const auto system = clock.system_now();
    EXPECT_EQ(clock.now(), steady);
    clock.advance(1500ms);
    EXPECT_EQ(clock.now() - steady, 1500ms);
    EXPECT_EQ(clock.system_now() - system, 1500ms);
    clock.set_system(system - 1h);
    EXPECT_EQ(clock.now() - steady, 1500ms);
    EXPECT_EQ(clock.system_now(), system - 1h);
}

} // namespace
