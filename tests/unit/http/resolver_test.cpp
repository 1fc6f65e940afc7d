#include "resolver.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <thread>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::internal::address_list;
using mec::internal::resolver_pool;
using answer = mec::result<address_list>;

mec::steady_time soon() { return std::chrono::steady_clock::now() + 10s; }

std::vector<std::string> texts(const address_list& addresses)
{
    std::vector<std::string> out;
    for (const auto& a : addresses) out.push_back(to_string(a));
    return out;
}

address_list literal(const char* text) { return *mec::internal::resolve_locally(text, 80); }

/// A name server that answers a name when the test lets it.
class gate {
public:
    answer ask(const std::string& host)
    {
        std::unique_lock lock(mutex_);
        ++asked_[host];
        changed_.notify_all();
        changed_.wait(lock, [&] { return all_open_ || open_.count(host); });
        return literal("192.0.2.7");
    }
    void open(const std::string& host)
    {
        const std::lock_guard lock(mutex_);
        open_[host] = true;
        changed_.notify_all();
    }
    void open_all()
    {
        const std::lock_guard lock(mutex_);
        all_open_ = true;
        changed_.notify_all();
    }
    /// Waits until that many lookups of the name have begun.
    bool wait_asked(const std::string& host, int count)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_until(lock, soon(), [&] { return asked_[host] >= count; });
    }
    int asked(const std::string& host)
    {
        const std::lock_guard lock(mutex_);
        return asked_[host];
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, bool> open_;
    std::map<std::string, int> asked_;
    bool all_open_ = false;
};

/// Shared, because an abandoned worker uses it after the test's pool is gone.
std::shared_ptr<gate> make_gate() { return std::make_shared<gate>(); }
resolver_pool::lookup through(const std::shared_ptr<gate>& g)
{
    return [g](const std::string& host, std::uint16_t) { return g->ask(host); };
}

std::future<answer> ask(resolver_pool& pool, const std::string& host,
                        mec::steady_time deadline = soon())
{
    auto promise = std::make_shared<std::promise<answer>>();
    auto future = promise->get_future();
    pool.resolve(host, 80, deadline, [promise](answer a) { promise->set_value(std::move(a)); });
    return future;
}

bool ready(std::future<answer>& f) { return f.wait_for(10s) == std::future_status::ready; }

TEST(resolver, literals_and_localhost_need_no_worker)
{
    resolver_pool pool(1, [](const std::string& host, std::uint16_t) -> answer {
        ADD_FAILURE() << "looked up " << host;
        return mec::error{errc::name_not_found};
    });
    const auto local = [&](const char* host) {
        auto f = ask(pool, host);
        EXPECT_EQ(f.wait_for(0s), std::future_status::ready) << host;
        return texts(*f.get());
    };
    EXPECT_EQ(local("192.0.2.1"), std::vector<std::string>{"192.0.2.1:80"});
    EXPECT_EQ(local("2001:db8::1"), std::vector<std::string>{"[2001:db8::1]:80"});
    const std::vector<std::string> loopback{"[::1]:80", "127.0.0.1:80"};
    for (const char* host : {"localhost", "LocalHost", "localhost.", "mec.localhost"})
        EXPECT_EQ(local(host), loopback) << host;
}

TEST(resolver, names_that_only_look_like_localhost_are_looked_up)
{
    for (const char* host : {"notlocalhost", "localhost.example", "localhos", ".", ""})
        EXPECT_FALSE(mec::internal::resolve_locally(host, 80)) << host;
}

TEST(resolver, gives_the_answer_of_the_lookup)
{
    resolver_pool pool(2, [](const std::string& host, std::uint16_t) -> answer {
        if (host == "missing") return mec::error{errc::name_not_found};
        return literal("192.0.2.1");
    });
    auto found = ask(pool, "there");
    auto missing = ask(pool, "missing");
    ASSERT_TRUE(ready(found) && ready(missing));
    EXPECT_EQ(texts(*found.get()), std::vector<std::string>{"192.0.2.1:80"});
    EXPECT_EQ(missing.get().error(), errc::name_not_found);
}

TEST(resolver, one_dead_name_does_not_delay_another)
{
    const auto g = make_gate();
    resolver_pool pool(2, through(g));
    auto dead = ask(pool, "dead");
    ASSERT_TRUE(g->wait_asked("dead", 1));
    for (int i = 0; i < 20; ++i) ask(pool, "dead"); // however often it is asked for
    g->open("alive");
    auto alive = ask(pool, "alive");
    ASSERT_TRUE(ready(alive));
    EXPECT_TRUE(alive.get().has_value());
    EXPECT_EQ(dead.wait_for(0s), std::future_status::timeout);
    EXPECT_EQ(g->asked("dead"), 1) << "equal names share one lookup";
    g->open_all();
    EXPECT_TRUE(ready(dead));
}

TEST(resolver, is_destroyed_while_a_lookup_hangs)
{
    const auto g = make_gate();
    std::future<answer> hanging;
    {
        resolver_pool pool(1, through(g));
        hanging = ask(pool, "dead");
        ASSERT_TRUE(g->wait_asked("dead", 1));
    }
    ASSERT_EQ(hanging.wait_for(0s), std::future_status::ready);
    EXPECT_EQ(hanging.get().error(), errc::shutting_down);
    g->open_all(); // the worker comes back to a pool that is gone
}

TEST(resolver, ends_what_is_queued_and_refuses_what_is_new_when_closed)
{
    const auto g = make_gate();
    resolver_pool pool(1, through(g));
    auto hanging = ask(pool, "dead");
    ASSERT_TRUE(g->wait_asked("dead", 1));
    auto queued = ask(pool, "next");
    pool.close();
    EXPECT_EQ(queued.get().error(), errc::shutting_down);
    EXPECT_EQ(hanging.get().error(), errc::shutting_down);
    EXPECT_EQ(ask(pool, "late").get().error(), errc::shutting_down);
    g->open_all();
}

TEST(resolver, what_nobody_waits_for_any_more_is_not_looked_up)
{
    const auto g = make_gate();
    resolver_pool pool(1, through(g));
    auto first = ask(pool, "dead");
    ASSERT_TRUE(g->wait_asked("dead", 1));
    auto expired = ask(pool, "expired", std::chrono::steady_clock::now());
    g->open_all();
    ASSERT_TRUE(ready(expired));
    EXPECT_EQ(expired.get().error(), errc::name_temporary);
    EXPECT_EQ(g->asked("expired"), 0);
}

TEST(resolver, bounds_what_it_queues)
{
    const auto g = make_gate();
    resolver_pool pool(1, through(g));
    auto first = ask(pool, "dead");
    ASSERT_TRUE(g->wait_asked("dead", 1));
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        auto f = ask(pool, "name" + std::to_string(i));
        if (f.wait_for(0s) != std::future_status::ready) continue;
        EXPECT_EQ(f.get().error(), errc::resource_exhausted);
        ++refused;
    }
    EXPECT_EQ(refused, 2000 - 1023);
    pool.close();
    g->open_all();
}

TEST(resolver, a_blocking_caller_gets_the_answer_or_its_deadline)
{
    const auto g = make_gate();
    resolver_pool pool(2, through(g));
    g->open("alive");
    EXPECT_TRUE(pool.resolve_until("alive", 80, soon()).has_value());

    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(pool.resolve_until("dead", 80, begin + 20ms).error(), errc::name_temporary);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 20ms);
    g->open_all();
}

TEST(resolver, may_be_destroyed_by_its_own_answer)
{
    auto pool = std::make_shared<resolver_pool>(
        1, [](const std::string&, std::uint16_t) -> answer { return literal("192.0.2.1"); });
    std::promise<void> gone;
    // The handler owns the pool and is destroyed on the worker.
    struct last_owner {
        std::shared_ptr<resolver_pool> pool;
        std::promise<void>* gone;
        last_owner(std::shared_ptr<resolver_pool> p, std::promise<void>* g)
            : pool(std::move(p)), gone(g)
        {
        }
        last_owner(const last_owner&) = delete;
        last_owner& operator=(const last_owner&) = delete;
        ~last_owner()
        {
            pool.reset();
            gone->set_value();
        }
    };
    auto owner = std::make_shared<last_owner>(pool, &gone);
    pool->resolve("name", 80, soon(), [owner](const answer&) {});
    owner.reset();
    pool.reset();
    EXPECT_EQ(gone.get_future().wait_for(10s), std::future_status::ready);
}

TEST(resolver, an_exhausted_lookup_is_an_error_and_not_a_crash)
{
    resolver_pool pool(1,
                       [](const std::string&, std::uint16_t) -> answer { throw std::bad_alloc(); });
    EXPECT_EQ(pool.resolve_until("name", 80, soon()).error(), errc::resource_exhausted);
}

TEST(resolver, serves_many_threads_at_once)
{
    resolver_pool pool(
        4, [](const std::string&, std::uint16_t) -> answer { return literal("192.0.2.1"); });
    std::vector<std::thread> threads;
    std::atomic<int> answered{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i)
                if (pool.resolve_until("n" + std::to_string((t + i) % 7), 80, soon())) ++answered;
        });
    for (auto& t : threads) t.join();
    EXPECT_EQ(answered, 400);
}

TEST(addresses, alternate_between_the_families_beginning_with_the_preferred_one)
{
    address_list in;
    for (const char* a :
         {"192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.3", "2001:db8::1", "2001:db8::2"})
        in.push_back(literal(a).front());
    EXPECT_EQ(texts(mec::internal::interleaved(in)),
              (std::vector<std::string>{"[2001:db8::1]:80", "192.0.2.1:80", "[2001:db8::2]:80",
                                        "192.0.2.2:80", "192.0.2.3:80"}));
    EXPECT_EQ(texts(mec::internal::interleaved(in, AF_INET)).front(), "192.0.2.1:80");
    EXPECT_TRUE(mec::internal::interleaved({}).empty());
}

TEST(addresses, are_limited_in_number)
{
    address_list in;
    for (int i = 0; i < 250; ++i)
        in.push_back(literal(("192.0.2." + std::to_string(i)).c_str()).front());
    EXPECT_EQ(mec::internal::interleaved(in).size(), 16u);
}

} // namespace
