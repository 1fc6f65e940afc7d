#include "emulator_rni_fixture.hpp"

#include <map>

namespace {

using namespace emulator_test;
using rni::subscription_type;

constexpr std::size_t types = std::variant_size_v<rni::subscription>;

struct way {
    const char* name;
    bool tls;
};
std::ostream& operator<<(std::ostream& out, const way& w) { return out << w.name; }

struct emulated_rni_events : emulated_rni {
    void load()
    {
        const mec::error e = p->load_scenario(MEC_TEST_DATA "/radio/everything.json");
        ASSERT_FALSE(e) << e;
    }
    void play_all()
    {
        const mec::error e = p->play_scenario(100);
        ASSERT_FALSE(e) << e;
    }
    /// Waits until nothing that was to be sent is left: the scenario has ended, and as many were
    /// delivered as the last subscription, which wants every hand-over, says.
    std::vector<posted> wait_for_path(receiver& at, const std::string& path, std::size_t count)
    {
        for (std::size_t least = 1;; ++least) {
            std::vector<posted> of_path;
            const auto all = at.wait_for(least);
            for (const auto& one : all)
                if (one.path == path) of_path.push_back(one);
            if (of_path.size() >= count || testing::Test::HasFailure()) return of_path;
            least = all.size();
        }
    }
};

struct emulated_rni_ways : emulated_rni_events, testing::WithParamInterface<way> {
    /// A receiver of the way, trusted by the platform.
    std::unique_ptr<receiver> make_receiver()
    {
        if (!GetParam().tls) return std::make_unique<receiver>(io);
        auto ca = mec::emulator::certificate_authority::create();
        mec::emulator::certificate_request wanted;
        wanted.addresses = {"127.0.0.1"};
        auto issued = ca->issue(wanted);
        mec::internal::tls_server_options tls;
        tls.certificate_pem = issued->certificate_pem;
        tls.key_pem = issued->key_pem;
        options.notifications.tls.ca_pem = ca->ca_pem();
        return std::make_unique<receiver>(io, std::move(tls));
    }
};

INSTANTIATE_TEST_SUITE_P(all, emulated_rni_ways,
                         testing::Values(way{"http", false}, way{"https", true}),
                         [](const auto& p) { return std::string(p.param.name); });

TEST_P(emulated_rni_ways, tell_of_every_type)
{
    const auto to = make_receiver();
    start();
    load();
    std::map<std::string, rni::subscription> by_path;
    for (std::size_t i = 0; i < types; ++i) {
        const auto type = static_cast<subscription_type>(i);
        const std::string path = "/" + std::string(rni::query_name(type));
        by_path[path] = subscribe(body(type, to->url(path)));
    }
    play_all();
    for (const auto& [path, wanted] : by_path) {
        const auto got = wait_for_path(*to, path, 1);
        ASSERT_FALSE(got.empty()) << path;
        const auto n = mec::json::parse<rni::notification>(got[0].body);
        ASSERT_TRUE(n) << n.error() << got[0].body;
        EXPECT_EQ(n->index(), wanted.index()) << path;
        std::visit(
            [&, &wanted = wanted](const auto& one) {
                EXPECT_EQ(one.links.subscription.href, rni::common(wanted).links->self->href);
                if constexpr (std::is_base_of_v<rni::notification_base,
                                                std::decay_t<decltype(one)>>) {
                    EXPECT_TRUE(one.time_stamp);
                }
            },
            *n);
    }
}

TEST_F(emulated_rni_events, are_told_to_those_who_asked_for_them_and_to_nobody_else)
{
    start();
    load();
    const std::string me = R"("associateId":[{"type":1,"value":"10.0.0.1"}])";
    const std::string other = R"("associateId":[{"type":1,"value":"10.0.0.2"}])";
    const auto changes = [&](const std::string& path, const std::string& filter) {
        subscribe(R"({"subscriptionType":"CellChangeSubscription","filterCriteriaAssocHo":{)" +
                  filter + R"(},"callbackReference":")" + inbox.url(path) + "\"}");
    };
    changes("/other", other);
    changes("/rejected", me + R"(,"hoStatus":[4])");
    changes("/completed", me);
    changes("/elsewhere", R"("ecgi":[{"plmn":{"mcc":"001","mnc":"01"},"cellId":"0000003"}])");
    subscribe(R"({"subscriptionType":"RabEstSubscription","filterCriteriaQci":{"qci":2},)"
              R"("callbackReference":")" +
              inbox.url("/other_qci") + "\"}");
    play_all();
    const auto rejected = wait_for_path(inbox, "/rejected", 1);
    ASSERT_EQ(rejected.size(), 1U);
    const auto n = mec::json::parse<rni::cell_change_notification>(rejected[0].body);
    ASSERT_TRUE(n);
    EXPECT_EQ(n->ho_status, rni::ho_status::rejected);
    EXPECT_EQ(n->src_ecgi.cell_id, "0000002");
    // The rejection comes last in the scenario.
    std::map<std::string, int> got;
    for (const auto& one : wait_for_path(inbox, "/completed", 1)) ++got[one.path];
    for (const auto& one : inbox.all())
        EXPECT_TRUE(one.path == "/completed" || one.path == "/rejected") << one.path;
    EXPECT_EQ(got["/completed"], 1);
}

TEST_F(emulated_rni_events, are_not_told_while_the_service_is_off)
{
    start();
    load();
    subscribe(body(subscription_type::cell_change, inbox.url("/off")));
    p->offer_radio(false);
    ASSERT_FALSE(p->move_ue("phone", "east"));
    p->offer_radio(true);
    ASSERT_FALSE(p->move_ue("phone", "west"));
    const auto n = inbox.decoded<rni::cell_change_notification>(0);
    EXPECT_EQ(n.src_ecgi.cell_id, "0000002") << "the first one was not told";
}

TEST_F(emulated_rni_events, come_in_order)
{
    start();
    load();
    subscribe(body(subscription_type::cell_change, inbox.url()));
    for (int i = 0; i < 50; ++i) ASSERT_FALSE(p->move_ue("phone", i % 2 == 0 ? "east" : "west"));
    for (std::size_t i = 0; i < 50; ++i) {
        const auto n = inbox.decoded<rni::cell_change_notification>(i);
        EXPECT_EQ(n.src_ecgi.cell_id, i % 2 == 0 ? "0000001" : "0000002") << i;
    }
}

TEST_F(emulated_rni_events, follow_an_update_of_the_criteria)
{
    start();
    load();
    auto one = subscribe(body(subscription_type::cell_change, inbox.url()));
    auto& filter = std::get<rni::cell_change_subscription>(one).filter_criteria;
    filter.ho_status = {rni::ho_status::in_preparation};
    ASSERT_EQ(call("PUT", path_of(one), mec::json::serialize(one)).status, 200);
    ASSERT_FALSE(p->move_ue("phone", "east"));
    EXPECT_EQ(inbox.decoded<rni::cell_change_notification>(0).ho_status,
              rni::ho_status::in_preparation);
}

TEST_F(emulated_rni_events, can_be_sent_in_old_spellings)
{
    options.quirks.radio_enums_as_text = true;
    options.quirks.notifications_without_link = true;
    options.quirks.wrapped_notifications = true;
    start();
    load();
    subscribe(body(subscription_type::cell_change, inbox.url()));
    ASSERT_FALSE(p->move_ue("phone", "east"));
    const std::string text = inbox.wait_for(1)[0].body;
    EXPECT_EQ(text.find(R"({"subscriptionNotification":{"notificationType":)"), 0U) << text;
    EXPECT_NE(text.find(R"("hoStatus":"COMPLETED")"), text.npos) << text;
    EXPECT_NE(text.find(R"("type":"UE_IPV4_ADDRESS")"), text.npos) << text;
    EXPECT_EQ(text.find("_links"), text.npos) << text;
}

} // namespace
