#include "emulator_rni_fixture.hpp"

namespace {

using namespace emulator_test;

struct emulated_rni_queries : emulated_rni {
    void begin()
    {
        start();
        const mec::error e = p->load_scenario(MEC_TEST_DATA "/radio/everything.json");
        ASSERT_FALSE(e) << e;
    }
    mec::http::response query(const std::string& what)
    {
        return call("GET", "/rni/v2/queries/" + what);
    }
    template <class T> T found(const std::string& what)
    {
        const auto r = query(what);
        EXPECT_EQ(r.status, 200) << what << r.body;
        return decoded<T>(r);
    }
};

TEST_F(emulated_rni_queries, tell_of_radio_bearers)
{
    begin();
    const auto all = found<rni::rab_info>("rab_info");
    EXPECT_EQ(all.app_instance_id, app.app_instance_id);
    EXPECT_FALSE(all.request_id.empty());
    EXPECT_TRUE(all.time_stamp);
    ASSERT_EQ(all.cell_user_info.size(), 1U);
    EXPECT_EQ(all.cell_user_info[0].ecgi.cell_id, "0000001");
    ASSERT_EQ(all.cell_user_info[0].ue_info.size(), 1U);
    const auto& ue = all.cell_user_info[0].ue_info[0];
    EXPECT_EQ(ue.associate_id.at(0).value, "10.0.0.1");
    EXPECT_EQ(ue.erab_info.at(0).erab_id, 5);
    EXPECT_EQ(ue.erab_info.at(0).erab_qos_parameters->qci, 9);
    for (const char* good :
         {"rab_info?cell_id=0000001", "rab_info?cell_id=0000009,0000001",
          "rab_info?cell_id=0000009&cell_id=0000001", "rab_info?ue_ipv4_address=10.0.0.1",
          "rab_info?gtp_teid=0000abcd&qci=9&erab_id=5", "rab_info?erab_mbr_dl=0"})
        EXPECT_EQ(found<rni::rab_info>(good).cell_user_info.size(), 1U) << good;
    for (const char* none :
         {"rab_info?cell_id=0000009", "rab_info?ue_ipv4_address=10.0.0.9",
          "rab_info?ue_ipv6_address=10.0.0.1", "rab_info?qci=1", "rab_info?erab_id=6",
          "rab_info?erab_gbr_ul=1", "rab_info?cell_id=0000001&nated_ip_address=10.0.0.1"})
        EXPECT_TRUE(found<rni::rab_info>(none).cell_user_info.empty()) << none;
    EXPECT_EQ(found<rni::rab_info>("rab_info?app_ins_id=" + app.app_instance_id).app_instance_id,
              app.app_instance_id);
}

TEST_F(emulated_rni_queries, tell_of_networks)
{
    begin();
    const auto all =
        found<std::vector<rni::plmn_info>>("plmn_info?app_ins_id=" + app.app_instance_id);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].app_instance_id, app.app_instance_id);
    EXPECT_EQ(all[0].plmn, (std::vector<rni::plmn>{{"001", "01"}}));
    expect_problem(query("plmn_info"), 400);
    expect_problem(query("plmn_info?app_ins_id=nobody"), 404);
    const auto other = p->create_application("other").app_instance_id;
    expect_problem(query("plmn_info?app_ins_id=" + app.app_instance_id + "," + other), 403);
}

TEST_F(emulated_rni_queries, tell_of_s1_bearers)
{
    begin();
    const auto all = found<rni::s1_bearer_info>("s1_bearer_info");
    ASSERT_EQ(all.s1_ue_info.size(), 1U) << "who is served by NR has none";
    EXPECT_EQ(all.s1_ue_info[0].temp_ue_id->mtmsi, "c0000001");
    EXPECT_EQ(all.s1_ue_info[0].ecgi.at(0).cell_id, "0000001");
    EXPECT_EQ(all.s1_ue_info[0].s1_bearer_info_detailed.at(0).erab_id, 5);
    EXPECT_EQ(query("s1_bearer_info?temp_ue_id=c0000001&erab_id=5&cell_id=0000001").status, 200);
    for (const char* none : {"s1_bearer_info?temp_ue_id=c0000002", "s1_bearer_info?erab_id=6",
                             "s1_bearer_info?cell_id=0000002", "s1_bearer_info?gtp_teid=1"})
        expect_problem(query(none), 404);
}

TEST_F(emulated_rni_queries, tell_of_layer_2)
{
    begin();
    const auto all = found<rni::l2_meas>("layer2_meas");
    EXPECT_EQ(all.cell_info.size(), 3U);
    ASSERT_EQ(all.cell_ue_info.size(), 1U);
    EXPECT_EQ(all.cell_ue_info[0].associate_id.value, "10.0.0.1");
    const auto one = found<rni::l2_meas>("layer2_meas?cell_id=0000001&dl_total_prb_usage_cell=1");
    ASSERT_EQ(one.cell_info.size(), 1U);
    EXPECT_TRUE(one.cell_info[0].dl_total_prb_usage_cell);
    EXPECT_FALSE(one.cell_info[0].ul_total_prb_usage_cell);
    EXPECT_TRUE(one.cell_ue_info.empty());
    EXPECT_TRUE(found<rni::l2_meas>("layer2_meas?cell_id=0000009").cell_info.empty());
}

TEST_F(emulated_rni_queries, refuse_what_they_do_not_understand)
{
    begin();
    for (const char* bad :
         {"rab_info?color=red", "rab_info?qci=256", "rab_info?qci=x", "rab_info?qci=1&qci=2",
          "rab_info?erab_id=16", "rab_info?temp_ue_id=1", "plmn_info?app_id=1",
          "s1_bearer_info?qci=1", "s1_bearer_info?erab_id=-1", "layer2_meas?erab_id=1",
          "layer2_meas?dl_gbr_delay_ue=yes", "rab_info?cell_id=%zz"})
        expect_problem(query(bad), 400);
    expect_problem(query("rab_info?app_ins_id=nobody"), 404);
    expect_problem(query("layer2_meas?cell_id=" + std::string(5000, 'a')), 414);
    expect_problem(call("POST", "/rni/v2/queries/rab_info", "{}"), 405);
}

TEST_F(emulated_rni_queries, may_be_404_for_what_does_not_exist)
{
    options.quirks.unknown_cells_are_404 = true;
    begin();
    expect_problem(query("rab_info?cell_id=0000009"), 404);
    expect_problem(query("layer2_meas?cell_id=0000009"), 404);
    EXPECT_EQ(query("rab_info?cell_id=0000001").status, 200);
}

TEST_F(emulated_rni_queries, are_answered_without_a_network)
{
    start();
    EXPECT_TRUE(found<rni::rab_info>("rab_info").cell_user_info.empty());
    EXPECT_EQ(query("plmn_info?app_ins_id=" + app.app_instance_id).body, "[]");
    EXPECT_TRUE(found<rni::l2_meas>("layer2_meas").cell_info.empty());
}

} // namespace
