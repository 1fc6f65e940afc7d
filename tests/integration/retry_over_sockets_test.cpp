// The table of retries over real connections, for one operation of each class: what the scripted
// transport calls a reset or a cut answer is one here. The whole table runs in tests/unit/conformance.

#include "every_operation.hpp"
#include "raw_server.hpp"
#include "retry_table.hpp"

#include <mec/http/transport.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace {

using namespace std::chrono_literals;
using mec_test::fault;
using mec_test::invocation;
using mec_test::op_class;
using mec_test::retry_case;

/// A platform that has one fault after the other, and counts.
class faulty_platform {
public:
    faulty_platform(const invocation& i, const retry_case& c)
        : invocation_(i), case_(c),
          server_([this](mec_test::raw_connection& connection, int) { serve(connection); })
    {
    }
    std::string root() const { return server_.url(); }
    int requests() const
    {
        std::lock_guard lock(mutex_);
        return requests_;
    }
    bool in_effect() const
    {
        std::lock_guard lock(mutex_);
        return applied_;
    }
    std::string first_line() const
    {
        std::lock_guard lock(mutex_);
        return first_line_;
    }

private:
    void serve(mec_test::raw_connection& connection)
    {
        for (;;) {
            const std::string request = connection.read_request();
            if (request.empty()) return;
            std::unique_lock lock(mutex_);
            const auto n = static_cast<std::size_t>(requests_++);
            first_line_ = request.substr(0, request.find('\r'));
            if (n >= case_.faults.size()) {
                const int status = mec_test::sound_answer(*invocation_.row, applied_);
                applied_ = applied_ || status < 300;
                lock.unlock();
                connection.write(answer(status));
                continue;
            }
            const fault& f = case_.faults[n];
            applied_ = applied_ || f.applied;
            lock.unlock();
            if (f.status == 0) return break_off(connection, f);
            connection.write(answer(f.status, f.retry_after));
        }
    }
    void break_off(mec_test::raw_connection& connection, const fault& f) const
    {
        if (f.failure == mec::errc::truncated) {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[");
            connection.close();
        } else if (f.failure == mec::errc::protocol_error) {
            connection.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        } else if (f.failure == mec::errc::deadline_exceeded) {
            connection.wait_for_close();
        } else {
            connection.reset();
        }
    }
    std::string answer(int status, const std::string& retry_after = {}) const
    {
        std::string head = "HTTP/1.1 " + std::to_string(status) + " Status\r\n";
        if (!retry_after.empty()) head += "Retry-After: " + retry_after + "\r\n";
        if (status == 204) return head + "\r\n";
        const std::string& body = status < 300 ? invocation_.answer : "{}";
        return head +
               "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    }

    const invocation& invocation_;
    const retry_case& case_;
    mutable std::mutex mutex_;
    int requests_ = 0;
    bool applied_ = false;
    std::string first_line_;
    mec_test::raw_server server_; // last: its threads use the rest
};

/// Faults that a server can have; the others come before the platform is reached, or need another
/// token.
bool is_of_a_server(const retry_case& c)
{
    for (const auto& f : c.faults)
        if (f.reused || f.status == 401 ||
            (f.status == 0 && f.progress == mec::http::progress::nothing_sent))
            return false;
    return true;
}

bool has_no_answer(const retry_case& c)
{
    return std::any_of(c.faults.begin(), c.faults.end(),
                       [](const fault& f) { return f.failure == mec::errc::deadline_exceeded; });
}

std::vector<retry_case> server_cases()
{
    std::vector<retry_case> some;
    for (const auto& c : mec_test::retry_table())
        if (is_of_a_server(c)) some.push_back(c);
    return some;
}

/// The first operation of each class.
std::vector<invocation> one_of_each_class()
{
    std::vector<invocation> some;
    std::set<op_class> classes;
    for (const auto& i : mec_test::every_operation())
        if (classes.insert(mec_test::class_of(*i.row)).second) some.push_back(i);
    return some;
}

class retry_over_sockets : public testing::TestWithParam<retry_case> {
protected:
    void check(const invocation& i, bool blocking)
    {
        SCOPED_TRACE(std::string(i.row->name) + (blocking ? ", blocking" : ", async"));
        faulty_platform platform(i, GetParam());
        boost::asio::io_context io{1};
        mec::http::transport_options options;
        if (has_no_answer(GetParam())) options.timeouts.first_byte = 300ms;
        auto transport = mec::http::make_transport(io.get_executor(), options);
        ASSERT_TRUE(transport) << transport.error();
        mec::http::endpoint common;
        common.app_instance_id = mec_test::app_instance;
        common.transport = *transport;
        common.options.retry.base = 1ms;
        common.options.retry.retry_after_cap = 1ms;
        const mec_test::clients clients(platform.root(), common);

        std::optional<mec::error> outcome;
        if (blocking) {
            outcome = i.wait(clients);
        } else {
            i.start(clients, [&](mec::error e) { outcome = std::move(e); });
            while (!outcome && io.run_one_for(10s) != 0) {
            }
        }
        ASSERT_TRUE(outcome) << "never completed";
        const auto& expected = GetParam().expected(*i.row);
        EXPECT_EQ(outcome->code(),
                  expected.code == mec::errc{} ? mec::error_code() : make_error_code(expected.code))
            << *outcome;
        EXPECT_EQ(platform.requests(), expected.requests);
        EXPECT_EQ(platform.in_effect(), expected.in_effect);
        EXPECT_EQ(platform.first_line(),
                  std::string(to_string(i.row->method)) + ' ' + i.target + " HTTP/1.1");
        (*transport)->close();
    }
};

TEST_P(retry_over_sockets, holds_for_one_operation_of_each_class)
{
    for (const auto& i : one_of_each_class()) {
        check(i, false);
        check(i, true);
    }
}

INSTANTIATE_TEST_SUITE_P(faults, retry_over_sockets, testing::ValuesIn(server_cases()),
                         [](const auto& p) { return std::string(p.param.name); });

TEST(retry_over_sockets_selection, has_an_operation_of_each_class_and_most_faults)
{
    EXPECT_EQ(one_of_each_class().size(), 5u);
    EXPECT_GE(server_cases().size(), 20u);
}

} // namespace
