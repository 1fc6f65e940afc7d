#ifndef MEC_TESTS_INTEGRATION_RECEIVER_FIXTURE_HPP
#define MEC_TESTS_INTEGRATION_RECEIVER_FIXTURE_HPP

/// @file
/// A receiver on loopback, a type of notification, and what a handler saw.

#include "server_raw_client.hpp"

#include <mec/core/time.hpp>
#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>
#include <mec/notify/receiver.hpp>
#include <mec/testing/manual_clock.hpp>

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace receiver_test {

/// What the notifications of these tests look like.
struct report {
    std::string name;
    std::optional<mec::time_stamp> time_stamp;
    std::vector<std::string> values;
};

/// `{"name": name}`, and a time stamp when there is one.
std::string body_of(std::string_view name, std::optional<unsigned> seconds = {});
/// A POST of JSON. `extra` is whole lines with CRLF.
std::string post(const std::string& path, std::string_view body, std::string_view extra = {});

/// Waits until it is so; false when it does not become so.
template <class Condition> bool eventually(Condition condition)
{
    const auto until = std::chrono::steady_clock::now() + raw::patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

/// Holds handlers until it is opened.
class gate {
public:
    void pass();
    void open();
    /// Until somebody stands before it.
    bool wait_for_guest();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int guests_ = 0;
};

/// What handlers saw, in order: names of notifications, and `gap:N`.
class diary {
public:
    void note(std::string entry);
    /// Handlers that note everything.
    mec::notify::handlers<report> handlers();
    /// The first `count` entries, once they are there.
    std::vector<std::string> wait_for(std::size_t count);
    std::vector<std::string> entries();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> entries_;
};

struct fixture : testing::Test {
    ~fixture() override;

    void listen() { listen(io.executor()); }
    void listen(const boost::asio::any_io_executor& delivery);
    /// A channel whose notifications are noted, ready to deliver.
    std::shared_ptr<mec::notify::channel> open();
    std::shared_ptr<mec::notify::channel> open(mec::notify::handlers<report> h);
    std::string path(const mec::notify::channel& c) const { return "/mec/" + c.id(); }
    raw::client connect() { return {"127.0.0.1", receiver->port()}; }
    /// Status of the answer, on a connection of its own.
    int send(const mec::notify::channel& c, std::string_view body);
    mec::notify::receiver_counters counters() const { return receiver->counters(); }

    mec::testing::manual_clock clock;
    mec::notify::receiver_options options;
    diary seen;
    raw::background_io io;
    std::shared_ptr<mec::notify::receiver> receiver;
};

} // namespace receiver_test

namespace mec::json {
template <> struct describe<receiver_test::report> {
    using type = receiver_test::report;
    static constexpr auto value =
        object("Report", field<&type::name>("name"), field<&type::time_stamp>("timeStamp"),
               field<&type::values>("values"));
};
} // namespace mec::json

#endif
