// Calls of an API over a scripted transport: what is sent, what is repeated, what the caller is told.

#include <mec/app_support/client.hpp>
#include <mec/auth/token_source.hpp>
#include <mec/detail/complete.hpp>
#include <mec/service_mgmt/client.hpp>
#include <mec/sync_wait.hpp>
#include <mec/testing/scripted_transport.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::http::method;
using mec::http::progress;

const std::string base = "/mep1/mec_service_mgmt/v1";
const std::string one_service =
    R"({"serInstanceId":"s1","serName":"n","version":"1","state":"ACTIVE",
    "transportInfo":{"id":"t","name":"REST","type":"REST_HTTP","protocol":"HTTP","version":"2.0",
    "endpoint":{"uris":["http://a"]},"security":{}},"serializer":"JSON"})";

/// Gives one token after the other.
class numbered_tokens final : public mec::auth::token_source {
public:
    explicit numbered_tokens(boost::asio::any_io_executor io) : io_(std::move(io)) {}

    mec::auth::token_ptr current() noexcept override { return token_; }
    void async_fetch(mec::auth::token_ptr, mec::steady_time,
                     boost::asio::any_completion_handler<void(mec::result<mec::auth::token_ptr>)>
                         handler) override
    {
        ++fetches;
        auto next = std::make_shared<mec::auth::access_token>();
        next->value = mec::secret_string("token-" + std::to_string(fetches));
        token_ = next;
        mec::result<mec::auth::token_ptr> outcome = token_;
        if (failure) outcome = *failure;
        mec::detail::complete_later(io_, std::move(handler), std::move(outcome));
    }
    int fetches = 0;
    std::optional<mec::error> failure;

private:
    boost::asio::any_io_executor io_;
    mec::auth::token_ptr token_;
};

class a_call : public testing::Test {
protected:
    mec::service_mgmt::client services()
    {
        return mec::service_mgmt::client(
            mec::service_mgmt::make_connection(where("/mep1/mec_service_mgmt/v1")));
    }
    mec::app_support::client support()
    {
        return mec::app_support::client(
            mec::app_support::make_connection(where("/mep1/mec_app_support/v1")));
    }
    mec::http::endpoint where(const std::string& path)
    {
        mec::http::endpoint e;
        e.base = mec::url::parse("https://mep.example" + path).value();
        e.app_instance_id = "app-1";
        e.transport = transport_;
        e.tokens = tokens_;
        e.options = options_;
        return e;
    }
    template <class Operation> auto run(Operation operation)
    {
        using result_type = decltype(mec::sync_wait(std::move(operation)));
        std::optional<result_type> outcome;
        std::move(operation)([&](result_type r) { outcome.emplace(std::move(r)); });
        EXPECT_FALSE(outcome) << "a handler ran inside the initiating function";
        io_.restart();
        io_.run_for(10s);
        if (!outcome) outcome.emplace(mec::error(errc::not_supported, "never completed"));
        return std::move(*outcome);
    }
    static mec::client_options quick()
    {
        mec::client_options o;
        o.retry.base = 1ms;
        return o;
    }

    boost::asio::io_context io_{1};
    std::shared_ptr<mec::testing::scripted_transport> transport_ =
        std::make_shared<mec::testing::scripted_transport>(io_.get_executor());
    std::shared_ptr<numbered_tokens> tokens_;
    mec::client_options options_ = quick();
};

TEST_F(a_call, sends_the_row_of_the_operation_table)
{
    transport_->expect(method::get, base + "/services/a%2Fb").respond(200, one_service);
    auto r = run(services().async_get_service("a/b"));
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(r->ser_instance_id, "s1");
    const auto sent = transport_->requests().at(0);
    EXPECT_EQ(sent.origin.host, "mep.example");
    EXPECT_EQ(sent.origin.port, 443);
    EXPECT_TRUE(sent.bearer.empty());
}

TEST_F(a_call, writes_every_filter_of_a_service_query)
{
    transport_
        ->expect(method::get,
                 base + "/services?ser_name=a%20b&ser_name=c&"
                        "scope_of_locality=MEC_HOST&consumed_local_only=true&is_local=false")
        .respond(200, "[]");
    mec::service_mgmt::service_query q;
    q.ser_name = {"a b", "c"};
    q.scope_of_locality = mec::service_mgmt::locality_type::mec_host;
    q.consumed_local_only = true;
    q.is_local = false;
    auto r = run(services().async_list_services(q));
    EXPECT_TRUE(r) << r.error();
    EXPECT_TRUE(transport_->unexpected().empty());
}

TEST_F(a_call, refuses_bad_arguments_before_anything_is_sent)
{
    mec::service_mgmt::service_query both;
    both.ser_name = {"a"};
    both.ser_category_id = "b";
    EXPECT_EQ(run(services().async_list_services(both)).error(), errc::config_invalid);
    for (const char* id : {"", ".", ".."})
        EXPECT_EQ(run(services().async_get_service(id)).error(), errc::config_invalid) << id;
    EXPECT_EQ(run(services().async_get_service(std::string(257, 'x'))).error(),
              errc::config_invalid);
    mec::service_mgmt::service_info without_transport;
    auto r = run(services().async_register_service(without_transport));
    EXPECT_EQ(r.error(), errc::config_invalid);
    EXPECT_EQ(r.error().info().operation, "service_mgmt.register_service");
    EXPECT_TRUE(transport_->requests().empty());
}

TEST_F(a_call, leaves_out_of_a_registration_what_the_platform_assigns)
{
    transport_->expect(method::post, base + "/applications/app-1/services")
        .respond(201, one_service);
    mec::service_mgmt::service_info s;
    s.ser_instance_id = "mine";
    s.is_local = true;
    s.links.emplace();
    s.ser_name = "n";
    s.version = "1";
    s.transport_id = "t";
    ASSERT_TRUE(run(services().async_register_service(s)));
    const std::string body = transport_->requests().at(0).body;
    EXPECT_EQ(body.find("serInstanceId"), std::string::npos) << body;
    EXPECT_EQ(body.find("isLocal"), std::string::npos) << body;
    EXPECT_EQ(body.find("_links"), std::string::npos) << body;
}

TEST_F(a_call, repeats_a_get_while_the_platform_is_unavailable)
{
    transport_->expect(method::get, base + "/services").respond(503).times(2);
    transport_->expect(method::get, base + "/services").respond(200, "[]");
    auto r = run(services().async_list_services());
    EXPECT_TRUE(r) << r.error();
    EXPECT_EQ(transport_->requests().size(), 3u);
}

TEST_F(a_call, tells_how_often_it_was_tried_and_what_the_platform_said)
{
    transport_->expect(method::get, base + "/services")
        .respond(503, R"({"title":"Overload","detail":"try\u0007 later","status":503})")
        .always();
    auto r = run(services().async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), errc::service_unavailable);
    const auto& info = r.error().info();
    EXPECT_EQ(info.attempts, 3);
    EXPECT_EQ(info.http_status, 503);
    EXPECT_EQ(info.operation, "service_mgmt.list_services");
    EXPECT_EQ(info.endpoint, "https://mep.example" + base + "/services");
    ASSERT_TRUE(info.problem);
    EXPECT_EQ(info.problem->title, "Overload");
    EXPECT_EQ(info.problem->detail->find('\a'), std::string::npos);
}

TEST_F(a_call, never_repeats_a_post_whose_outcome_is_unknown)
{
    transport_->expect(method::post, base + "/applications/app-1/services")
        .fail(errc::connection_lost, progress::request_sent)
        .always();
    mec::service_mgmt::service_info s;
    s.transport_id = "t";
    auto r = run(services().async_register_service(s));
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), errc::outcome_unknown) << r.error();
    EXPECT_EQ(transport_->requests().size(), 1u);
}

TEST_F(a_call, repeats_a_post_of_which_nothing_was_sent)
{
    transport_->expect(method::post, base + "/applications/app-1/services")
        .fail(errc::connect_refused);
    transport_->expect(method::post, base + "/applications/app-1/services")
        .respond(201, one_service);
    mec::service_mgmt::service_info s;
    s.transport_id = "t";
    EXPECT_TRUE(run(services().async_register_service(s)));
}

TEST_F(a_call, counts_a_missing_resource_as_deleted_after_a_lost_answer)
{
    transport_->expect(method::delete_, base + "/applications/app-1/services/s1")
        .fail(errc::connection_lost, progress::request_sent);
    transport_->expect(method::delete_, base + "/applications/app-1/services/s1").respond(404);
    auto r = run(services().async_deregister_service("s1"));
    EXPECT_TRUE(r) << r.error();
}

TEST_F(a_call, reports_a_missing_resource_at_the_first_attempt)
{
    transport_->expect(method::delete_, base + "/applications/app-1/services/s1").respond(404);
    EXPECT_EQ(run(services().async_deregister_service("s1")).error(), errc::not_found);
}

TEST_F(a_call, fetches_a_token_first_and_keeps_it)
{
    tokens_ = std::make_shared<numbered_tokens>(io_.get_executor());
    transport_->expect(method::get, base + "/services").respond(200, "[]").times(2);
    auto client = services();
    ASSERT_TRUE(run(client.async_list_services()));
    ASSERT_TRUE(run(client.async_list_services()));
    EXPECT_EQ(tokens_->fetches, 1);
    EXPECT_EQ(transport_->requests().at(1).bearer.reveal(), "token-1");
}

TEST_F(a_call, renews_a_refused_token_once)
{
    tokens_ = std::make_shared<numbered_tokens>(io_.get_executor());
    transport_->expect(method::get, base + "/services").respond(401);
    transport_->expect(method::get, base + "/services").respond(200, "[]");
    EXPECT_TRUE(run(services().async_list_services()));
    EXPECT_EQ(tokens_->fetches, 2);
    EXPECT_EQ(transport_->requests().at(1).bearer.reveal(), "token-2");
}

TEST_F(a_call, gives_up_when_the_second_token_is_refused_too)
{
    tokens_ = std::make_shared<numbered_tokens>(io_.get_executor());
    transport_->expect(method::get, base + "/services").respond(401).always();
    auto r = run(services().async_list_services());
    EXPECT_EQ(r.error(), errc::auth_failed) << r.error();
    EXPECT_EQ(transport_->requests().size(), 2u);
    EXPECT_EQ(tokens_->fetches, 2);
}

TEST_F(a_call, says_why_there_is_no_token)
{
    tokens_ = std::make_shared<numbered_tokens>(io_.get_executor());
    tokens_->failure = mec::error(errc::auth_failed, "invalid_client");
    auto r = run(services().async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), errc::auth_failed);
    EXPECT_NE(r.error().what().find("invalid_client"), std::string::npos) << r.error();
    EXPECT_TRUE(transport_->requests().empty());
}

TEST_F(a_call, points_at_what_is_wrong_in_the_answer)
{
    transport_->expect(method::get, base + "/services")
        .respond(200, R"([{"serName":"a","version":"1","serializer":"JSON"}])");
    auto r = run(services().async_list_services());
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), errc::json_schema);
    EXPECT_EQ(r.error().info().pointer, "/0/state") << r.error();
    EXPECT_EQ(r.error().info().http_status, 200);
}

TEST_F(a_call, ends_a_wait_for_the_next_attempt_when_it_is_cancelled)
{
    options_.retry.base = 1h;
    options_.retry.cap = 1h;
    options_.deadline = 2h;
    transport_->expect(method::get, base + "/services").respond(503).header("Retry-After", "60");
    boost::asio::cancellation_signal cancel;
    std::optional<mec::error> ended;
    services().async_list_services(
        {}, boost::asio::bind_cancellation_slot(cancel.slot(), [&](auto r) { ended = r.error(); }));
    boost::asio::steady_timer soon(io_, 5ms);
    soon.async_wait([&](auto) { cancel.emit(boost::asio::cancellation_type::terminal); });
    io_.run_for(10s);
    ASSERT_TRUE(ended);
    EXPECT_EQ(*ended, errc::cancelled);
}

TEST_F(a_call, completes_on_the_executor_of_its_handler)
{
    transport_->expect(method::get, base + "/services").respond(200, "[]");
    boost::asio::io_context other;
    bool called = false;
    services().async_list_services(
        {},
        boost::asio::bind_executor(other.get_executor(), [&](auto r) { called = r.has_value(); }));
    io_.run_for(10s);
    EXPECT_FALSE(called) << "called on the wrong executor";
    other.run_for(10s);
    EXPECT_TRUE(called);
}

TEST_F(a_call, waits_on_the_calling_thread_without_a_running_loop)
{
    tokens_ = std::make_shared<numbered_tokens>(io_.get_executor());
    transport_->expect(method::get, base + "/services").respond(503);
    transport_->expect(method::get, base + "/services").respond(401);
    transport_->expect(method::get, base + "/services").respond(200, "[]");
    auto r = mec::sync_wait(services().async_list_services()); // nobody runs io_
    EXPECT_TRUE(r) << r.error();
    EXPECT_EQ(tokens_->fetches, 2);
}

TEST_F(a_call, says_ready_and_reads_the_clock)
{
    transport_->expect(method::post, "/mep1/mec_app_support/v1/applications/app-1/confirm_ready")
        .respond(204);
    transport_->expect(method::get, "/mep1/mec_app_support/v1/timing/current_time")
        .respond(200, R"({"seconds":1577836800,"nanoSeconds":5,"timeSourceStatus":"TRACEABLE"})");
    ASSERT_TRUE(run(support().async_confirm_ready()));
    EXPECT_EQ(transport_->requests().at(0).body, R"({"indication":"READY"})");
    auto now = run(support().async_get_current_time());
    ASSERT_TRUE(now) << now.error();
    EXPECT_EQ(now->seconds, 1577836800u);
    EXPECT_EQ(now->nanoseconds, 5u);
}

} // namespace
