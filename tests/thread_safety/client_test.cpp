// One client used from many threads at once, blocking and on a loop that several threads run.

#include "raw_server.hpp"

#include <mec/http/transport.hpp>
#include <mec/service_mgmt/client.hpp>
#include <mec/sync_wait.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using mec_test::json_response;
using mec_test::raw_connection;
using mec_test::raw_server;
using service_list = mec::result<std::vector<mec::service_mgmt::service_info>>;

constexpr int threads = 4;

/// Counts down; wait() is bounded.
class countdown {
public:
    explicit countdown(int n) : left_(n) {}
    void one_done()
    {
        std::lock_guard lock(mutex_);
        if (--left_ == 0) wake_.notify_all();
    }
    bool wait()
    {
        std::unique_lock lock(mutex_);
        return wake_.wait_for(lock, 60s, [this] { return left_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    int left_;
};

class shared_client : public testing::Test {
protected:
    shared_client()
        : server_([](raw_connection& c, int number) {
              // Some connections end after a few answers, so that new ones are made all the time.
              for (int i = 0; number % 3 != 0 || i < 5; ++i) {
                  if (c.read_request().empty()) return;
                  c.write(json_response("[]"));
              }
          })
    {
        mec::http::transport_options o;
        o.pool.connections = 3;
        o.pool.pending = 1000;
        transport_ = mec::http::make_transport(io_.get_executor(), o).value();
        mec::http::endpoint where;
        where.base = mec::url::parse(server_.url()).value();
        where.app_instance_id = "app-1";
        where.transport = transport_;
        where.options.retry.base = 1ms;
        client_.emplace(mec::service_mgmt::make_connection(where));
    }
    ~shared_client() override
    {
        transport_->close();
        work_.reset();
        for (auto& t : loops_) t.join();
    }
    void run_loop()
    {
        for (int i = 0; i < threads; ++i) loops_.emplace_back([this] { io_.run(); });
    }

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        io_.get_executor()};
    raw_server server_;
    std::shared_ptr<mec::http::transport> transport_;
    std::optional<mec::service_mgmt::client> client_;
    std::vector<std::thread> loops_;
};

TEST_F(shared_client, answers_blocking_calls_of_many_threads)
{
    std::atomic<int> answered{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < threads; ++i)
        callers.emplace_back([&] {
            for (int n = 0; n < 50; ++n)
                if (mec::sync_wait(client_->async_list_services())) ++answered;
        });
    for (auto& t : callers) t.join();
    EXPECT_EQ(answered, threads * 50);
}

TEST_F(shared_client, answers_asynchronous_calls_on_a_loop_of_many_threads)
{
    run_loop();
    countdown all(threads * 50);
    std::atomic<int> answered{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < threads; ++i)
        callers.emplace_back([&] {
            for (int n = 0; n < 50; ++n)
                client_->async_list_services({}, [&](service_list r) {
                    if (r) ++answered;
                    all.one_done();
                });
        });
    for (auto& t : callers) t.join();
    ASSERT_TRUE(all.wait());
    EXPECT_EQ(answered, threads * 50);
}

TEST_F(shared_client, ends_every_call_when_it_is_closed_under_way)
{
    run_loop();
    countdown all(200);
    std::atomic<int> unexpected{0};
    for (int n = 0; n < 200; ++n) {
        client_->async_list_services({}, [&](service_list r) {
            if (!r && r.error() != mec::errc::shutting_down) ++unexpected;
            all.one_done();
        });
        if (n == 100) transport_->close();
    }
    ASSERT_TRUE(all.wait());
    EXPECT_EQ(unexpected, 0);
}

} // namespace
