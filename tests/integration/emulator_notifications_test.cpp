#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <future>

namespace {

using namespace emulator_test;
using mec::emulator::sent_notification;
using mec::service_mgmt::change_type;
using mec::service_mgmt::service_availability_notification;
using mec::service_mgmt::service_state;
using namespace std::chrono_literals;

struct emulated_notifications : emulator {
    receiver inbox{io};

    std::string service(const std::string& id) const { return services_path() + "/" + id; }
    service_availability_notification notification(std::size_t index)
    {
        return inbox.decoded<service_availability_notification>(index);
    }
    /// Waits until so many have an outcome.
    std::vector<sent_notification> outcomes(std::size_t count)
    {
        EXPECT_TRUE(p->wait_for_notifications([&](const auto& all) { return all.size() >= count; },
                                              raw::patience));
        auto all = p->notifications();
        all.resize(std::max(all.size(), count));
        return all;
    }
    void quick_retries()
    {
        options.notifications.first_delay = 1ms;
        options.notifications.deadline = raw::patience;
    }
};

TEST_F(emulated_notifications, tell_the_life_of_a_service)
{
    start();
    const auto subscription = subscribe_services(inbox.url("/secret"));
    const auto id = register_service();
    EXPECT_EQ(call("PUT", service(id), R"({"version":"2.0"})").status, 200);
    EXPECT_EQ(call("PUT", service(id), R"({"state":"INACTIVE"})").status, 200);
    EXPECT_EQ(call("PUT", service(id), R"({"state":"INACTIVE"})").status, 200) << "no change";
    EXPECT_EQ(call("PUT", service(id), R"({"state":"ACTIVE","version":"3.0"})").status, 200);
    EXPECT_EQ(call("DELETE", service(id)).status, 204);

    const change_type expected[] = {change_type::added, change_type::attributes_changed,
                                    change_type::state_changed, change_type::attributes_changed,
                                    change_type::removed};
    const auto all = inbox.wait_for(5);
    EXPECT_EQ(all[0].path, "/secret");
    EXPECT_EQ(all[0].content_type, "application/json");
    for (std::size_t i = 0; i < 5; ++i) {
        const auto n = notification(i);
        ASSERT_EQ(n.service_references.size(), 1U);
        const auto& r = n.service_references[0];
        EXPECT_EQ(r.change_type, expected[i]) << i;
        EXPECT_EQ(r.ser_name, "camera");
        EXPECT_EQ(r.ser_instance_id, id);
        EXPECT_EQ(r.link.has_value(), i != 4) << "REMOVED has no link";
        if (r.link) {
            EXPECT_EQ(mec::id_of(r.link->href), id);
        }
        EXPECT_EQ(r.state, i == 2 ? service_state::inactive : service_state::active);
        EXPECT_EQ(mec::id_of(n.links.subscription.href), subscription);
    }
    const auto sent = outcomes(5);
    ASSERT_EQ(sent.size(), 5U);
    EXPECT_EQ(sent[0].subscription_id, subscription);
    EXPECT_EQ(sent[0].app_instance_id, app.app_instance_id);
    EXPECT_EQ(sent[0].type, "SerAvailabilityNotification");
    EXPECT_EQ(sent[0].callback, inbox.url("/secret"));
    EXPECT_EQ(sent[0].attempts, 1);
    EXPECT_EQ(sent[0].status, 204);
    EXPECT_EQ(sent[0].error, "");
    EXPECT_LT(sent[0].sequence, sent[1].sequence);
    EXPECT_EQ(p->counters().notifications, 5U);
}

TEST_F(emulated_notifications, go_to_the_subscriptions_that_want_them)
{
    start();
    const std::string category =
        R"("serCategory":{"href":"/c","id":"c1","name":"RNI","version":"1"},)";
    const auto first = register_service(service_named("first"));
    const std::map<std::string, std::string> filters = {
        {"/id", R"("serInstanceIds":["x",")" + first + "\"]"},
        {"/name", R"("serNames":["lidar","radar"])"},
        {"/category", R"("serCategories":[{"href":"/c","id":"c1","name":"RNI","version":"1"}])"},
        {"/inactive", R"("states":["INACTIVE"])"},
        {"/local", R"("isLocal":true)"},
        {"/remote", R"("isLocal":false)"},
        {"/both", R"("serNames":["lidar"],"states":["INACTIVE","SUSPENDED"])"},
        {"/all", ""}};
    for (const auto& [path, filter] : filters) subscribe_services(inbox.url(path), filter);

    register_service(service_named("lidar", category)); // name category local all
    EXPECT_EQ(call("PUT", service(first), R"({"state":"INACTIVE"})").status,
              200); // id inactive local all
    std::string off = service_named("radar");
    off.replace(off.find("\"ACTIVE\""), 8, "\"INACTIVE\"");
    register_service(off); // name inactive local all

    std::map<std::string, int> got;
    for (const auto& n : inbox.wait_for(12)) ++got[n.path];
    const std::map<std::string, int> expected = {{"/id", 1},       {"/name", 2},  {"/category", 1},
                                                 {"/inactive", 2}, {"/local", 3}, {"/all", 3}};
    EXPECT_EQ(got, expected);
    outcomes(12);
    EXPECT_EQ(p->counters().notifications, 12U);
}

TEST_F(emulated_notifications, come_one_after_another_and_in_order)
{
    start();
    subscribe_services(inbox.url());
    inbox.plan({{204, "", false, true}});
    const auto id = register_service();
    inbox.wait_for(1);
    for (int i = 0; i < 50; ++i)
        ASSERT_EQ(call("PUT", service(id), R"({"version":"v)" + std::to_string(i) + "\"}").status,
                  200);
    EXPECT_EQ(inbox.all().size(), 1U) << "the first has not been answered yet";
    EXPECT_TRUE(p->notifications().empty());
    inbox.release();
    const auto sent = outcomes(51);
    EXPECT_EQ(notification(0).service_references[0].change_type, change_type::added);
    EXPECT_EQ(inbox.all().size(), 51U);
    EXPECT_TRUE(std::is_sorted(sent.begin(), sent.end(), [](const auto& a, const auto& b) {
        return a.sequence < b.sequence;
    }));
}

TEST_F(emulated_notifications, a_slow_receiver_stops_neither_requests_nor_others)
{
    start();
    receiver slow(io);
    slow.plan({{204, "", false, true}});
    subscribe_services(slow.url());
    subscribe_services(inbox.url());
    register_service();
    slow.wait_for(1);
    register_service();
    inbox.wait_for(2);
    EXPECT_EQ(slow.all().size(), 1U);
    slow.release();
    slow.wait_for(2);
}

TEST_F(emulated_notifications, any_success_counts_and_refusals_are_final)
{
    quick_retries();
    start();
    inbox.plan({{200}, {201}, {299}, {404}, {400}, {302}});
    subscribe_services(inbox.url());
    for (int i = 0; i < 6; ++i) register_service();
    const auto sent = outcomes(6);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(sent[i].attempts, 1) << i;
        EXPECT_EQ(sent[i].error.empty(), i < 3) << sent[i].error;
    }
    EXPECT_EQ(sent[3].status, 404);
    EXPECT_NE(sent[3].error.find("404"), std::string::npos);
    EXPECT_EQ(p->counters().notifications, 3U);
    EXPECT_EQ(p->counters().failed_notifications, 3U);
}

TEST_F(emulated_notifications, are_repeated_after_server_errors_and_silence)
{
    quick_retries();
    start();
    subscribe_services(inbox.url());
    inbox.plan({{500}, {204, "", true}, {204}, {503, "0"}, {500}, {502}});
    register_service();
    register_service();
    register_service();
    const auto sent = outcomes(3);
    EXPECT_EQ(sent[0].attempts, 3);
    EXPECT_EQ(sent[0].status, 204);
    EXPECT_EQ(sent[1].attempts, 3);
    EXPECT_EQ(sent[1].status, 502);
    EXPECT_NE(sent[1].error, "");
    EXPECT_EQ(sent[2].attempts, 1) << "the next one begins anew";
    EXPECT_EQ(inbox.all().size(), 7U);
}

TEST_F(emulated_notifications, wait_as_long_as_the_receiver_asks)
{
    options.notifications.first_delay = 10min;
    options.notifications.longest_delay = 10min;
    start();
    subscribe_services(inbox.url());
    inbox.plan({{503, "0"}});
    register_service();
    EXPECT_EQ(outcomes(1)[0].attempts, 2) << "not after the first delay, which is ten minutes";
}

TEST_F(emulated_notifications, nobody_there_is_recorded)
{
    quick_retries();
    start();
    std::string url;
    {
        receiver gone(io);
        url = gone.url();
    }
    subscribe_services(url);
    register_service();
    const auto sent = outcomes(1);
    EXPECT_EQ(sent[0].attempts, 3);
    EXPECT_EQ(sent[0].status, 0);
    EXPECT_NE(sent[0].error, "");
}

TEST_F(emulated_notifications, an_answer_has_a_deadline)
{
    options.notifications.deadline = 20ms;
    options.notifications.attempts = 1;
    start();
    subscribe_services(inbox.url());
    inbox.plan({{204, "", false, true}});
    register_service();
    const auto sent = outcomes(1);
    EXPECT_EQ(sent[0].status, 0);
    EXPECT_NE(sent[0].error, "");
}

TEST_F(emulated_notifications, other_hosts_need_permission)
{
    start();
    subscribe_services("http://192.0.2.1/callback");
    register_service();
    const auto sent = outcomes(1);
    EXPECT_EQ(sent[0].attempts, 0);
    EXPECT_NE(sent[0].error.find("allow_remote"), std::string::npos) << sent[0].error;
}

TEST_F(emulated_notifications, the_queue_of_a_subscription_is_bounded)
{
    options.notifications.queue = 2;
    start();
    subscribe_services(inbox.url());
    inbox.plan({{204, "", false, true}});
    register_service();
    inbox.wait_for(1);
    for (int i = 0; i < 5; ++i) register_service();
    const auto overflow = outcomes(3);
    EXPECT_NE(overflow[0].error.find("too many"), std::string::npos);
    EXPECT_EQ(overflow[0].attempts, 0);
    inbox.release();
    outcomes(6);
    EXPECT_EQ(p->counters().notifications, 3U);
    EXPECT_EQ(p->counters().failed_notifications, 3U);
}

TEST_F(emulated_notifications, end_with_the_subscription)
{
    start();
    const auto subscription = subscribe_services(inbox.url());
    inbox.plan({{204, "", false, true}});
    register_service();
    inbox.wait_for(1);
    register_service();
    EXPECT_EQ(call("DELETE", management_path("/subscriptions/") + subscription).status, 204);
    register_service();
    inbox.release();
    outcomes(1);
    EXPECT_EQ(inbox.all().size(), 1U);
}

TEST_F(emulated_notifications, a_platform_that_stops_gives_up_and_one_that_starts_sends_again)
{
    start();
    subscribe_services(inbox.url());
    inbox.plan({{204, "", false, true}});
    register_service();
    inbox.wait_for(1);
    register_service();
    p->stop();
    for (const auto& n : outcomes(2)) EXPECT_NE(n.error, "");
    connection.reset();
    ASSERT_FALSE(p->start());
    register_service();
    inbox.wait_for(2);
    EXPECT_EQ(outcomes(3)[2].status, 204);
}

TEST_F(emulated_notifications, reach_https_callbacks_of_the_named_authority_only)
{
    auto ca = mec::emulator::certificate_authority::create();
    ASSERT_TRUE(ca);
    mec::emulator::certificate_request wanted;
    wanted.addresses = {"127.0.0.1"};
    auto issued = ca->issue(wanted);
    ASSERT_TRUE(issued);
    mec::internal::tls_server_options tls;
    tls.certificate_pem = issued->certificate_pem;
    tls.key_pem = issued->key_pem;
    receiver secure(io, std::move(tls));

    start();
    subscribe_services(secure.url());
    register_service();
    const auto refused = outcomes(1);
    EXPECT_EQ(refused[0].attempts, 1) << "another attempt would change nothing";
    EXPECT_NE(refused[0].error, "");

    options.notifications.tls.ca_pem = ca->ca_pem();
    connection.reset();
    token.clear();
    start();
    subscribe_services(secure.url());
    register_service();
    EXPECT_EQ(outcomes(1)[0].status, 204);
}

TEST_F(emulated_notifications, the_log_is_bounded_and_can_be_cleared)
{
    options.log_capacity = 2;
    std::atomic<int> told{0};
    std::promise<void> enough;
    options.on_notification = [&](const sent_notification&) {
        if (++told == 4) enough.set_value();
    };
    start();
    subscribe_services(inbox.url());
    for (int i = 0; i < 4; ++i) register_service();
    ASSERT_EQ(enough.get_future().wait_for(raw::patience), std::future_status::ready);
    EXPECT_EQ(p->notifications().size(), 2U);
    p->clear_notifications();
    EXPECT_TRUE(p->notifications().empty());
}

} // namespace
