// What happens to a notification that is taken: order, holding back, duplicates, gaps, and handlers
// that misbehave. What is not taken is in receiver_hostile_test.cpp, with the table of faults.
#include "receiver_fixture.hpp"

#include <boost/asio/post.hpp>

#include <stdexcept>

namespace {

using namespace receiver_test;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;

/// Handlers run on a thread of their own, which they may block.
struct receiver_delivery : fixture {
    ~receiver_delivery() override { door.open(); }

    /// A handler that notes the name, and then waits at the door.
    mec::notify::handlers<report> blocking()
    {
        auto h = seen.handlers();
        h.on_notification = [this, note = h.on_notification](const report& r) {
            note(r);
            door.pass();
        };
        return h;
    }
    /// Has each request answered before the next.
    void send_all(const mec::notify::channel& c, int from, int to, int status)
    {
        auto client = connect();
        for (int i = from; i < to; ++i)
            ASSERT_EQ(client.exchange(post(path(c), body_of(std::to_string(i)))).status, status)
                << i;
    }

    gate door;
    raw::background_io other;
};

strings numbers(int from, int to)
{
    strings all;
    for (int i = from; i < to; ++i) all.push_back(std::to_string(i));
    return all;
}

TEST_F(receiver_delivery, is_in_order_on_the_loop_that_receives)
{
    listen();
    const auto c = open();
    std::string all;
    for (int i = 0; i < 200; ++i) all += post(path(*c), body_of(std::to_string(i)));
    auto client = connect();
    ASSERT_TRUE(client.send(all));
    for (int i = 0; i < 200; ++i) ASSERT_EQ(client.receive().status, 204);
    EXPECT_EQ(seen.wait_for(200), numbers(0, 200));
    EXPECT_EQ(counters().accepted, 200U);
    EXPECT_EQ(counters().delivered, 200U);
}

TEST_F(receiver_delivery, is_in_order_on_another_loop_with_several_threads)
{
    raw::background_io several(4);
    listen(several.executor());
    const auto c = open();
    send_all(*c, 0, 200, 204);
    EXPECT_EQ(seen.wait_for(200), numbers(0, 200));
    receiver->close();
}

TEST_F(receiver_delivery, gives_each_notification_whole)
{
    listen();
    std::vector<report> all;
    mec::notify::handlers<report> h;
    h.on_notification = [&](const report& r) {
        all.push_back(r);
        seen.note(r.name);
    };
    const auto c = open(h);
    const char* bodies[] = {R"({"name":"a","values":["1","2"]})", R"({"name":"b"})",
                            R"({"Report":{"name":"c","timeStamp":{"seconds":3,"nanoSeconds":4}}})",
                            R"({"name":"d","values":["5"]})"};
    for (const char* body : bodies) EXPECT_EQ(send(*c, body), 204);
    ASSERT_EQ(seen.wait_for(4).size(), 4U);
    EXPECT_EQ(all[0].values, (strings{"1", "2"}));
    EXPECT_TRUE(all[1].values.empty()) << "nothing is left of the one before";
    EXPECT_EQ(all[2].time_stamp, (mec::time_stamp{3, 4}));
    EXPECT_FALSE(all[3].time_stamp);
    EXPECT_EQ(all[3].values, strings{"5"});
}

TEST_F(receiver_delivery, answers_before_it_delivers)
{
    listen(other.executor());
    const auto c = open(blocking());
    auto client = connect();
    EXPECT_EQ(client.exchange(post(path(*c), body_of("a"))).status, 204);
    ASSERT_TRUE(door.wait_for_guest());
    EXPECT_EQ(client.exchange(post(path(*c), body_of("b"))).status, 204);
    EXPECT_EQ(seen.entries(), strings{"a"}) << "one at a time";
    door.open();
    EXPECT_EQ(seen.wait_for(2), (strings{"a", "b"}));
}

TEST_F(receiver_delivery, answers_before_it_delivers_on_the_same_loop)
{
    listen();
    const auto c = open(blocking());
    // The loop is in the handler until the door opens, which it does after the answer.
    EXPECT_EQ(send(*c, body_of("a")), 204);
    ASSERT_TRUE(door.wait_for_guest());
    door.open();
    EXPECT_EQ(seen.wait_for(1), strings{"a"});
}

TEST_F(receiver_delivery, holds_what_comes_before_activation)
{
    listen();
    const auto c = receiver->open(seen.handlers());
    send_all(*c, 0, 3, 204);
    EXPECT_EQ(counters().delivered, 0U);
    c->activate();
    EXPECT_EQ(seen.wait_for(3), numbers(0, 3));
    c->activate(); // harmless
    EXPECT_EQ(send(*c, body_of("3")), 204);
    EXPECT_EQ(seen.wait_for(4), numbers(0, 4));
}

TEST_F(receiver_delivery, refuses_what_does_not_fit_and_reports_the_gap_in_its_place)
{
    options.limits.queue = 5;
    listen(other.executor());
    const auto c = open(blocking());
    send_all(*c, 0, 1, 204);
    ASSERT_TRUE(door.wait_for_guest());
    send_all(*c, 1, 6, 204);
    auto client = connect();
    const auto refused = client.exchange(post(path(*c), body_of("lost")));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers.find("Retry-After"), "1");
    send_all(*c, 6, 8, 503);
    EXPECT_EQ(counters().refused, 3U);
    door.open();
    auto expected = numbers(0, 6);
    expected.push_back("gap:3");
    EXPECT_EQ(seen.wait_for(7), expected) << "known without another notification";
    send_all(*c, 8, 9, 204);
    expected.push_back("8");
    EXPECT_EQ(seen.wait_for(8), expected) << "and told once";
    EXPECT_EQ(counters().accepted, 7U);
    EXPECT_EQ(counters().delivered, 7U);
}

TEST_F(receiver_delivery, reports_a_gap_before_the_notification_that_comes_after_it)
{
    options.limits.queue = 2;
    listen(other.executor());
    const auto c = receiver->open(seen.handlers());
    send_all(*c, 0, 2, 204);
    send_all(*c, 2, 4, 503);
    c->activate();
    EXPECT_EQ(seen.wait_for(3), (strings{"0", "1", "gap:2"}));
    send_all(*c, 4, 5, 204);
    EXPECT_EQ(seen.wait_for(4).back(), "4");
}

TEST_F(receiver_delivery, counts_the_bytes_of_the_queue_as_well)
{
    options.limits.queue_bytes = 5000;
    listen(other.executor());
    const auto c = receiver->open(seen.handlers());
    const std::string large(3000, 'x');
    EXPECT_EQ(send(*c, body_of(large)), 204);
    EXPECT_EQ(send(*c, body_of(large)), 503);
    EXPECT_EQ(send(*c, body_of("small")), 204);
    c->activate();
    EXPECT_EQ(seen.wait_for(3), (strings{large, "gap:1", "small"}));
    EXPECT_EQ(send(*c, body_of(large)), 204) << "room again";
}

TEST_F(receiver_delivery, gives_a_duplicate_once_but_answers_it_each_time)
{
    listen();
    const auto c = open();
    const auto d = open();
    const std::string stamped = body_of("a", 1);
    const std::string wrapped = R"({"Report":)" + body_of("wrapped", 1) + "}";
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(send(*c, stamped), 204);
        EXPECT_EQ(send(*c, wrapped), 204);
    }
    EXPECT_EQ(counters().duplicates, 2U);
    EXPECT_EQ(send(*c, body_of("a", 2)), 204);
    EXPECT_EQ(send(*d, stamped), 204) << "another channel";
    EXPECT_EQ(seen.wait_for(4), (strings{"a", "wrapped", "a", "a"}));
    clock.advance(60s);
    EXPECT_EQ(send(*c, stamped), 204);
    EXPECT_EQ(seen.wait_for(5).size(), 5U);
    EXPECT_EQ(counters().duplicates, 2U);
}

TEST_F(receiver_delivery, repeats_what_has_no_time_stamp)
{
    listen();
    const auto c = open();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(send(*c, body_of("a")), 204);
    EXPECT_EQ(seen.wait_for(3), (strings{"a", "a", "a"}));
}

TEST_F(receiver_delivery, takes_a_refused_notification_when_it_comes_again)
{
    options.limits.queue = 1;
    listen();
    const auto c = receiver->open(seen.handlers());
    EXPECT_EQ(send(*c, body_of("a", 1)), 204);
    EXPECT_EQ(send(*c, body_of("b", 1)), 503);
    EXPECT_EQ(send(*c, body_of("a", 1)), 204) << "a duplicate needs no room";
    c->activate();
    EXPECT_EQ(seen.wait_for(2), (strings{"a", "gap:1"}));
    EXPECT_EQ(send(*c, body_of("b", 1)), 204);
    EXPECT_EQ(seen.wait_for(3).back(), "b");
}

TEST_F(receiver_delivery, answers_for_a_closed_channel_for_a_minute)
{
    listen();
    auto c = open();
    const auto where = path(*c);
    const auto status = [&] { return connect().exchange(post(where, body_of("late"))).status; };
    c->close();
    c->close();
    EXPECT_EQ(status(), 204);
    clock.advance(59s);
    EXPECT_EQ(status(), 204);
    c.reset();
    clock.advance(1s);
    EXPECT_EQ(status(), 404);
    EXPECT_EQ(counters().late, 2U);
    EXPECT_EQ(counters().unknown, 1U);
    EXPECT_TRUE(seen.entries().empty());
}

TEST_F(receiver_delivery, remembers_a_limited_number_of_closed_channels)
{
    listen();
    const auto first = open();
    const auto second = open();
    first->close();
    for (int i = 0; i < 1023; ++i) receiver->open(seen.handlers());
    EXPECT_EQ(send(*first, body_of("late")), 204);
    second->close();
    EXPECT_EQ(send(*first, body_of("late")), 404) << "the oldest made room";
    EXPECT_EQ(send(*second, body_of("late")), 204);
}

TEST_F(receiver_delivery, drops_what_waits_when_the_channel_closes)
{
    listen(other.executor());
    const auto c = open(blocking());
    send_all(*c, 0, 3, 204);
    ASSERT_TRUE(door.wait_for_guest());
    c->close();
    door.open();
    const auto idle = std::make_shared<gate>();
    boost::asio::post(other.context(), [idle] { idle->pass(); });
    ASSERT_TRUE(idle->wait_for_guest()) << "what was posted before has run";
    idle->open();
    EXPECT_EQ(seen.entries(), strings{"0"});
    EXPECT_EQ(counters().delivered, 1U);
}

TEST_F(receiver_delivery, survives_handlers_that_throw)
{
    std::mutex mutex;
    std::string log;
    options.log = mec::logger([&](const mec::log_record& r) {
        const std::lock_guard<std::mutex> l(mutex);
        log.append(r.message).append("\n");
    });
    options.limits.queue = 2;
    listen();
    mec::notify::handlers<report> h;
    h.on_notification = [&](const report& r) {
        seen.note(r.name);
        if (r.name == "0") throw std::runtime_error("no\nidea");
        throw 7;
    };
    h.on_gap = [&](const mec::notify::gap&) -> void {
        seen.note("gap");
        throw std::logic_error("gap");
    };
    const auto c = receiver->open(h);
    send_all(*c, 0, 2, 204);
    send_all(*c, 2, 3, 503);
    c->activate();
    EXPECT_EQ(seen.wait_for(3), (strings{"0", "1", "gap"}));
    EXPECT_TRUE(eventually([&] { return counters().exceptions == 3; }));
    EXPECT_EQ(send(*c, body_of("3")), 204);
    EXPECT_EQ(seen.wait_for(4).back(), "3");
    EXPECT_TRUE(eventually([&] { return counters().exceptions == 4; }));
    const std::lock_guard<std::mutex> l(mutex);
    EXPECT_NE(log.find("no\\nidea"), log.npos) << log;
    EXPECT_NE(log.find("no std::exception"), log.npos) << log;
}

TEST_F(receiver_delivery, lets_a_handler_close_its_own_channel)
{
    listen();
    std::shared_ptr<mec::notify::channel> c;
    mec::notify::handlers<report> h;
    h.on_notification = [&](const report& r) {
        c.reset();
        seen.note(r.name); // the handler itself is still there
    };
    c = receiver->open(h);
    const std::string where = path(*c);
    send_all(*c, 0, 2, 204);
    c->activate();
    EXPECT_EQ(seen.wait_for(1), strings{"0"});
    EXPECT_EQ(connect().exchange(post(where, body_of("late"))).status, 204);
    EXPECT_TRUE(eventually([&] { return counters().late == 1; }));
    EXPECT_EQ(seen.entries(), strings{"0"});
}

TEST_F(receiver_delivery, releases_a_handler_that_owns_its_channel)
{
    listen();
    const auto owner = std::make_shared<std::shared_ptr<mec::notify::channel>>();
    mec::notify::handlers<report> h;
    h.on_notification = [owner, this](const report& r) {
        seen.note(r.name);
        (*owner)->close();
    };
    *owner = receiver->open(std::move(h));
    const std::weak_ptr<mec::notify::channel> alive = *owner;
    EXPECT_EQ(send(**owner, body_of("a")), 204);
    (*owner)->activate();
    EXPECT_EQ(seen.wait_for(1), strings{"a"});
    EXPECT_TRUE(eventually([&] { return owner.use_count() == 1; }));
}

TEST_F(receiver_delivery, lets_a_handler_destroy_the_receiver)
{
    for (const bool same_loop : {true, false}) {
        listen(same_loop ? io.executor() : other.executor());
        mec::notify::handlers<report> h;
        h.on_notification = [&](const report& r) {
            receiver.reset();
            seen.note(r.name);
        };
        const auto c = receiver->open(h);
        auto client = connect();
        ASSERT_TRUE(client.send(post(path(*c), body_of("a")) + post(path(*c), body_of("b"))));
        EXPECT_EQ(client.receive().status, 204);
        EXPECT_EQ(client.receive().status, 204);
        c->activate();
        EXPECT_NE(client.wait_for_end(), raw::ending::still_open);
        EXPECT_EQ(seen.wait_for(same_loop ? 1 : 2), strings(same_loop ? 1 : 2, "a"));
        c->close(); // nothing to close any more
    }
}

TEST_F(receiver_delivery, is_safe_when_everything_happens_at_once)
{
    raw::background_io several(3);
    options.limits.queue = 8;
    auto made = mec::notify::receiver::listen(several.executor(), other.executor(), options);
    ASSERT_TRUE(made);
    receiver = std::move(*made);
    std::atomic<std::uint64_t> delivered{0};
    std::atomic<std::uint64_t> missing{0};
    mec::notify::handlers<report> h;
    h.on_notification = [&](const report&) { ++delivered; };
    h.on_gap = [&](const mec::notify::gap& g) { missing += g.refused; };
    const auto c = open(h);
    std::vector<std::thread> senders;
    for (int t = 0; t < 4; ++t)
        senders.emplace_back([&, t] {
            auto client = connect();
            for (int i = 0; i < 100; ++i) {
                const auto name = std::to_string(t) + "." + std::to_string(i);
                client.exchange(post(path(*c), body_of(name, 1)));
                if (i % 10 == 0) receiver->open(seen.handlers())->activate();
            }
        });
    for (auto& t : senders) t.join();
    EXPECT_TRUE(eventually([&] { return delivered + missing == 400; }))
        << delivered << " and " << missing;
    EXPECT_EQ(counters().accepted, delivered);
    EXPECT_EQ(counters().refused, missing);
    receiver->close();
}

} // namespace
