#include "emulator/rni_mapping.hpp"
#include "events.hpp"

namespace {

using namespace rni_test;
using mec::emulator::notification_of;

/// The notification as JSON.
std::string text_of(const radio::event& e) { return mec::json::serialize(notification_of(e)); }

const std::string ids = R"("associateId":[{"type":1,"value":"10.0.0.1"},)"
                        R"({"type":4,"value":"0000abcd"}])";
std::string ecgi(const std::string& id)
{
    return R"({"plmn":{"mcc":"001","mnc":"01"},"cellId":")" + id + "\"}";
}
const std::string temp = R"(,"tempUeId":{"mmec":"02","mtmsi":"c0000001"})";
const std::string qos = R"("erabQosParameters":{"qci":1,"qosInformation":{"erabMbrDl":3000000000,)"
                        R"("erabMbrUl":2,"erabGbrDl":3,"erabGbrUl":4}})";
const std::string no_link = R"(,"_links":{"subscription":{"href":""}}})";

TEST(rni_mapping, gives_each_event_its_own_notification)
{
    const auto all = every_event();
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(notification_of(all[i]).index(), i);
}

TEST(rni_mapping, says_who_was_handed_over_from_where_to_where)
{
    EXPECT_EQ(text_of(hand_over()), R"({"notificationType":"CellChangeNotification",)" + ids +
                                        R"(,"srcEcgi":)" + ecgi("000000A") + R"(,"trgEcgi":[)" +
                                        ecgi("000000B") + R"(],"hoStatus":3)" + temp + no_link);
    EXPECT_NE(text_of(hand_over(radio::ho_status::rejected)).find(R"("hoStatus":4)"),
              std::string::npos);
}

TEST(rni_mapping, says_what_happened_to_a_bearer)
{
    EXPECT_EQ(text_of(establishment()), R"({"notificationType":"RabEstNotification","ecgi":)" +
                                            ecgi("000000A") + "," + ids + R"(,"erabId":7,)" + qos +
                                            temp + no_link);
    EXPECT_EQ(text_of(modification()), R"({"notificationType":"RabModNotification","ecgi":)" +
                                           ecgi("000000A") + "," + ids + R"(,"erabId":7,)" + qos +
                                           no_link);
    EXPECT_EQ(text_of(release()), R"({"notificationType":"RabRelNotification","ecgi":)" +
                                      ecgi("000000A") + "," + ids +
                                      R"(,"erabReleaseInfo":{"erabId":7})" + no_link);
}

TEST(rni_mapping, leaves_out_rates_that_a_bearer_has_not)
{
    auto e = establishment();
    std::get<radio::rab_established>(e.what).erab.rates.reset();
    EXPECT_NE(text_of(e).find(R"("erabQosParameters":{"qci":1})"), std::string::npos);
}

TEST(rni_mapping, says_what_an_lte_ue_has_measured)
{
    const auto n = std::get<rni::meas_rep_ue_notification>(notification_of(report()));
    EXPECT_EQ(n.trigger, rni::trigger::event_a3);
    EXPECT_EQ(n.ecgi.cell_id, "000000A");
    EXPECT_EQ(n.rsrp, 50);
    EXPECT_FALSE(n.rsrp_ex);
    EXPECT_EQ(n.rsrq, 20);
    EXPECT_EQ(n.rsrq_ex, -3);
    EXPECT_EQ(n.sinr, 60);
    EXPECT_EQ(n.height_ue, 120);
    ASSERT_EQ(n.eutran_neighbour_cell_meas_info.size(), 1U);
    EXPECT_EQ(n.eutran_neighbour_cell_meas_info[0].ecgi.cell_id, "000000B");
    EXPECT_EQ(n.eutran_neighbour_cell_meas_info[0].rsrp, 40);
    ASSERT_EQ(n.carrier_aggregation_meas_info.size(), 1U);
    const auto& carrier = n.carrier_aggregation_meas_info[0];
    EXPECT_EQ(carrier.cell_id_srv, "000000C");
    EXPECT_EQ(carrier.rsrp_srv, 30);
    EXPECT_EQ(carrier.cell_id_nei, "000000D");
    EXPECT_EQ(carrier.rsrp_nei, 20);
    ASSERT_EQ(n.new_radio_meas_info.size(), 1U);
    EXPECT_EQ(n.new_radio_meas_info[0].nr_carrier_freq, 640000U);
    EXPECT_EQ(n.new_radio_meas_info[0].nr_scs.nr_s_cell_info[0].nr_s_cell_gid, "00000000E");
    EXPECT_EQ(n.new_radio_meas_info[0].nr_scs.nr_s_cell_rssi, 80) << "SINR";
    EXPECT_EQ(n.new_radio_meas_info[0].nr_bncs->nr_bn_cell_info[0].nr_bn_cell_gid, "00000000F");
    ASSERT_EQ(n.new_radio_meas_nei_info.size(), 1U);
    const auto& neighbour = n.new_radio_meas_nei_info[0];
    EXPECT_EQ(neighbour.nr_n_cell_info[0].nr_n_cell_gid, "000000010");
    EXPECT_EQ(neighbour.nr_n_cell_rsrp, 40);
    ASSERT_TRUE(neighbour.rs_index_results);
    const auto& beams = neighbour.rs_index_results->results_ssb_indexes.results_per_ssb_index;
    ASSERT_EQ(beams.size(), 1U);
    EXPECT_EQ(beams[0].ssb_index, 3);
    EXPECT_EQ(beams[0].ssb_results->rsrq, 11);
}

TEST(rni_mapping, says_what_an_nr_ue_has_measured)
{
    const auto n = std::get<rni::nr_meas_rep_ue_notification>(notification_of(nr_report(30)));
    EXPECT_EQ(n.trigger_nr, rni::trigger_nr::event_b1);
    ASSERT_EQ(n.serv_cell_meas_info.size(), 1U);
    const auto& serving = n.serv_cell_meas_info[0];
    EXPECT_EQ(serving.nrcgi.nr_cell_id, "00000000E");
    EXPECT_EQ(serving.s_cell.meas_quantity_results_ssb_cell->rsrp, 100);
    EXPECT_TRUE(serving.s_cell.rs_index_results);
    EXPECT_EQ(serving.n_cell->meas_quantity_results_ssb_cell->sinr, 50);
    ASSERT_EQ(n.nr_neigh_cell_meas_info.size(), 1U);
    EXPECT_EQ(n.nr_neigh_cell_meas_info[0].nrcgi.nr_cell_id, "000000010");
    EXPECT_EQ(n.nr_neigh_cell_meas_info[0].nrcgi.plmn.mnc, "01");
    EXPECT_TRUE(n.eutra_neigh_cell_meas_info.empty());

    auto e = nr_report(20);
    auto& r = std::get<radio::nr_measurement_report>(e.what);
    r.neighbours.clear();
    r.lte_neighbours.push_back({lte_cell("000000B"), heard(40)});
    const auto other = std::get<rni::nr_meas_rep_ue_notification>(notification_of(e));
    EXPECT_TRUE(other.nr_neigh_cell_meas_info.empty());
    ASSERT_EQ(other.eutra_neigh_cell_meas_info.size(), 1U);
    EXPECT_EQ(other.eutra_neigh_cell_meas_info[0].ecgi.cell_id, "000000B");
    EXPECT_EQ(other.eutra_neigh_cell_meas_info[0].sinr, 60);
}

TEST(rni_mapping, says_how_far_away_a_ue_is)
{
    EXPECT_EQ(text_of(timing_advance()), R"({"notificationType":"MeasTaNotification","ecgi":)" +
                                             ecgi("000000A") + "," + ids +
                                             R"(,"timingAdvance":31)" + no_link);
}

TEST(rni_mapping, says_which_carriers_a_ue_uses)
{
    EXPECT_EQ(text_of(carriers()),
              R"({"notificationType":"CaReconfNotification","ecgi":)" + ecgi("000000A") + "," +
                  ids + R"(,"secondaryCellAdd":[{"ecgi":)" + ecgi("000000C") +
                  R"(}],"secondaryCellRemove":[{"ecgi":)" + ecgi("000000D") +
                  R"(}],"carrierAggregationMeasInfo":[{"cellIdSrv":"000000C","rsrpSrv":30,)"
                  R"("rsrqSrv":20,"cellIdNei":"000000B","rsrpNei":20,"rsrqNei":20}])" +
                  no_link);
}

TEST(rni_mapping, says_what_happened_to_s1_bearers)
{
    EXPECT_EQ(text_of(s1(radio::s1_event::modify)),
              R"({"notificationType":"S1BearerNotification","s1Event":2,"s1UeInfo":{)" +
                  temp.substr(1) + "," + ids + R"(,"ecgi":[)" + ecgi("000000A") +
                  R"(],"s1BearerInfo":[{"erabId":7,"enbInfo":{"ipAddress":"10.1.0.1",)"
                  R"("tunnelId":"00000001"},"sGwInfo":{"ipAddress":"10.2.0.1",)"
                  R"("tunnelId":"00000002"}}]})" +
                  no_link);
}

} // namespace
