#include "emulator_rni_fixture.hpp"

namespace {

using namespace emulator_test;
using mec::emulator::loss;
using mec::service_mgmt::change_type;
using mec::service_mgmt::service_availability_notification;
using mec::service_mgmt::service_info;

struct emulated_rni_service : emulated_rni {
    std::vector<service_info> catalogue()
    {
        return decoded<std::vector<service_info>>(
            call("GET", "/mec_service_mgmt/v1/services?ser_category_id=RNI"));
    }
    mec::service_mgmt::service_reference news(std::size_t index)
    {
        const auto n = inbox.decoded<service_availability_notification>(index);
        EXPECT_EQ(n.service_references.size(), 1U);
        return n.service_references.at(0);
    }
};

TEST_F(emulated_rni_service, is_in_the_catalogue)
{
    start();
    const auto found = catalogue();
    ASSERT_EQ(found.size(), 1U);
    const service_info& s = found[0];
    EXPECT_EQ(s.ser_name, "RNI");
    EXPECT_EQ(s.ser_category->name, "RNI");
    EXPECT_EQ(s.ser_category->version, "v2");
    EXPECT_EQ(s.state, mec::service_mgmt::service_state::active);
    ASSERT_TRUE(s.transport_info);
    const std::vector<std::string> uris{p->api_root().to_string() + "/rni/v2"};
    EXPECT_EQ(s.transport_info->endpoint.uris, uris);
    EXPECT_EQ(s.transport_info->security.oauth2_info->token_endpoint,
              p->token_endpoint().to_string());
    const auto read = call("GET", below_root(s.links->self->href));
    EXPECT_EQ(read.status, 200) << s.links->self->href;
    EXPECT_EQ(decoded(read).ser_instance_id, s.ser_instance_id);
    EXPECT_EQ(call("GET", services_path()).body, "[]") << "it is nobody's";
    expect_problem(call("DELETE", services_path() + "/" + *s.ser_instance_id), 404);
    ASSERT_EQ(p->services().size(), 1U);
    EXPECT_EQ(p->services()[0].app_instance_id, "");
}

TEST_F(emulated_rni_service, is_not_there_unless_asked_for)
{
    options.radio.offered = false;
    start();
    EXPECT_TRUE(catalogue().empty());
    expect_problem(call("GET", subscriptions), 404);
    p->offer_radio(true);
    EXPECT_EQ(catalogue().size(), 1U);
    EXPECT_EQ(call("GET", subscriptions).status, 200);
}

TEST_F(emulated_rni_service, may_leave_its_path_to_the_application)
{
    options.quirks.radio_uri_without_path = true;
    start();
    const auto found = catalogue();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].transport_info->endpoint.uris.at(0), p->api_root().to_string());
}

TEST_F(emulated_rni_service, is_announced_when_it_comes_and_goes)
{
    start();
    const auto first = *catalogue().at(0).ser_instance_id;
    subscribe_services(inbox.url(),
                       R"("serCategories":[{"href":"/x","id":"RNI","name":"RNI","version":"v2"}])");
    const auto kept = subscribe(body(rni::subscription_type::meas_ta, inbox.url()));
    p->offer_radio(false);
    EXPECT_EQ(news(0).change_type, change_type::removed);
    EXPECT_EQ(news(0).ser_instance_id, first);
    EXPECT_TRUE(catalogue().empty());
    expect_problem(call("GET", subscriptions), 503);
    p->offer_radio(false);
    p->offer_radio(true);
    p->offer_radio(true);
    EXPECT_EQ(news(1).change_type, change_type::added);
    EXPECT_NE(news(1).ser_instance_id, first);
    EXPECT_EQ(catalogue().size(), 1U);
    EXPECT_EQ(call("GET", path_of(kept)).status, 200);
    EXPECT_EQ(inbox.all().size(), 2U);
}

TEST_F(emulated_rni_service, outlives_applications_and_comes_back_after_a_loss)
{
    start();
    const auto first = *catalogue().at(0).ser_instance_id;
    const auto other = p->create_application("other");
    ASSERT_FALSE(p->terminate(other.app_instance_id,
                              mec::app_support::operation_action::terminating,
                              std::chrono::seconds{1}));
    EXPECT_EQ(*catalogue().at(0).ser_instance_id, first);
    ASSERT_FALSE(p->restart());
    connection.reset();
    EXPECT_EQ(*catalogue().at(0).ser_instance_id, first);
    p->lose(loss::services);
    ASSERT_EQ(catalogue().size(), 1U);
    EXPECT_NE(*catalogue().at(0).ser_instance_id, first);
}

} // namespace
