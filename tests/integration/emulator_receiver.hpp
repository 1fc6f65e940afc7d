#ifndef MEC_TESTS_INTEGRATION_EMULATOR_RECEIVER_HPP
#define MEC_TESTS_INTEGRATION_EMULATOR_RECEIVER_HPP

/// @file
/// An application's callback URL: a real server that keeps what is posted to it.

#include "server.hpp"
#include "server_raw_client.hpp"

#include <mec/json/codec.hpp>

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace emulator_test {

struct posted {
    std::string path;
    std::string content_type;
    std::string body;
};

class receiver {
public:
    struct reply {
        int status = 204;
        std::string retry_after{};
        bool drop = false;
        bool hold = false; ///< answered by release()
    };

    explicit receiver(raw::background_io& io,
                      std::optional<mec::internal::tls_server_options> tls = {});
    ~receiver();

    std::string url(const std::string& path = "/callback") const;

    /// What comes next is answered so; 204 when nothing is planned.
    void plan(std::vector<reply> replies);
    void release();

    /// Waits until so many have come; fails the test when they do not.
    std::vector<posted> wait_for(std::size_t count);
    std::vector<posted> all() const;

    template <class T> T decoded(std::size_t index)
    {
        auto value = mec::json::parse<T>(wait_for(index + 1).at(index).body);
        EXPECT_TRUE(value) << value.error();
        return value ? *value : T{};
    }

private:
    /// Shared with the handler, which may still run when the receiver ends.
    struct inbox {
        void on_request(const mec::internal::received_request& request, mec::internal::responder r);

        std::mutex mutex;
        std::condition_variable changed;
        std::vector<posted> all;
        std::deque<reply> plan;
        std::deque<mec::internal::responder> held;
    };

    bool tls_;
    std::shared_ptr<inbox> inbox_ = std::make_shared<inbox>();
    std::unique_ptr<mec::internal::server> server_;
};

} // namespace emulator_test

#endif
