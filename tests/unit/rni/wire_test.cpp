// Radio network information on the wire: the standard's text, and what platforms make of it.

#include "../common/wire.hpp"
#include "rni_shared_tables.hpp"

#include <mec/rni/describe.hpp>

#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace {

using mec_test::expect_refused;
using mec_test::expect_standard;
using mec_test::expect_tolerated;
using mec_test::read;
namespace rni = mec::rni;

const std::string cell = R"({"plmn":{"mcc":"001","mnc":"01"},"cellId":"0ABCDEF"})";
const std::string ue = R"([{"type":1,"value":"192.0.2.1"}])";
const std::string links = R"({"subscription":{"href":"/rni/v2/subscriptions/1"}})";

std::string cell_change(const std::string& status = "3",
                        const std::string& type = "CellChangeNotification",
                        const std::string& more = R"(,"_links":)" + links)
{
    return R"({"notificationType":")" + type + R"(","associateId":)" + ue + R"(,"srcEcgi":)" +
           cell + R"(,"trgEcgi":[)" + cell + R"(],"hoStatus":)" + status + more + '}';
}

TEST(associate_id, has_a_number_or_a_name_for_its_type)
{
    auto id = expect_standard<rni::associate_id>(R"({"type":4,"value":"77"})");
    EXPECT_EQ(id.type, rni::associate_id_type::gtp_teid);
    for (const char* name : {"UE_IPV4_ADDRESS", "UE_IPv4_ADDRESS", "ue_ipv4_address"}) {
        id = expect_tolerated<rni::associate_id>(R"({"type":")" + std::string(name) +
                                                 R"(","value":"192.0.2.1"})");
        EXPECT_EQ(id.type, rni::associate_id_type::ue_ipv4_address);
    }
    id = expect_standard<rni::associate_id>(R"({"type":9,"value":"x"})");
    EXPECT_FALSE(id.type.known());
    EXPECT_EQ(id.type.text(), "9");
    EXPECT_EQ(expect_tolerated<rni::associate_id>(R"({"value":"x"})").type,
              rni::associate_id_type::reserved)
        << "AdvantEDGE leaves out zeros";
    EXPECT_EQ(expect_tolerated<rni::associate_id>(R"({"type":4,"value":77})").value, "77");
    expect_refused<rni::associate_id>(R"({"type":1})", "/value");
    expect_refused<rni::associate_id>(R"({"type":true,"value":"x"})", "/type");
}

TEST(cells, are_texts_with_their_leading_zeros)
{
    EXPECT_EQ(expect_standard<rni::ecgi>(cell).cell_id, "0ABCDEF");
    EXPECT_EQ(expect_tolerated<rni::ecgi>(R"({"plmn":{"mcc":"001","mnc":"01"},"cellId":6060606})")
                  .cell_id,
              "6060606");
    const auto nr =
        expect_standard<rni::nrcgi>(R"({"nrCellId":"012345678","plmn":{"mcc":"001","mnc":"01"}})");
    EXPECT_EQ(nr.nr_cell_id, "012345678");
    EXPECT_EQ(
        expect_tolerated<rni::nrcgi>(R"({"plmn":{"mcc":"001","mnc":"01"},"nrcellId":"012345678"})"),
        nr);
    expect_refused<rni::ecgi>(R"({"plmn":{"mcc":1,"mnc":"01"},"cellId":"1"})", "/plmn/mcc");
}

TEST(bit_rates, are_wider_than_32_bits)
{
    const auto q = expect_standard<rni::erab_qos_parameters>(
        R"({"qci":1,"qosInformation":{"erabMbrDl":10000000000,"erabMbrUl":1,"erabGbrDl":2,)"
        R"("erabGbrUl":0}})");
    EXPECT_EQ(q.qos_information->erab_mbr_dl, 10'000'000'000);
    const auto old =
        read<rni::erab_qos_parameters>(R"({"qci":1,"qos_information":{"erabMbrDl":7}})");
    EXPECT_EQ(old->qos_information->erab_mbr_dl, 7) << "v1.1.1";
    expect_refused<rni::erab_qos_parameters>(R"({"qci":256})", "/qci");
    expect_refused<rni::erab_qos_parameters>(R"({"qci":1,"qosInformation":{"erabGbrUl":-1}})",
                                             "/qosInformation/erabGbrUl");
}

TEST(l2_meas, may_be_wrapped_empty_or_single)
{
    auto m = read<rni::l2_meas>(R"({"L2Meas":{"cellInfo":null,"cellUEInfo":null}})").value();
    EXPECT_TRUE(m.cell_info.empty()) << "Simu5G";
    m = expect_tolerated<rni::l2_meas>(
        R"({"cellUEInfo":{"ecgi":)" + cell +
        R"(,"associatedId":{"type":1,"value":"10.0.0.1"},"ul_gbr_data_volume_ue":5000000000}})");
    EXPECT_EQ(m.cell_ue_info.at(0).ul_gbr_data_volume_ue, 5'000'000'000);
    m = read<rni::l2_meas>(R"({"timestamp":{"seconds":1},"cellInfo":[{"ecgi":)" + cell +
                           R"(,"received_randomly_selected _preambles_low_range_cell":7}]})")
            .value();
    EXPECT_EQ(m.cell_info.at(0).received_randomly_selected_preambles_low_range_cell, 7);
    EXPECT_EQ(m.time_stamp->seconds, 1u);
    expect_refused<rni::l2_meas>(R"({"cellInfo":[{"ecgi":)" + cell +
                                     R"(,"dl_total_prb_usage_cell":101}]})",
                                 "/cellInfo/0/dl_total_prb_usage_cell");
    expect_refused<rni::l2_meas>(R"({"cellUEInfo":["Address: x Not found."]})", "/cellUEInfo/0");
}

TEST(notification, of_each_type_is_told_by_its_type)
{
    const std::string head = R"(,"_links":)" + links + '}';
    const std::string common = R"(,"ecgi":)" + cell + R"(,"associateId":)" + ue;
    const std::string bearer = R"({"erabId":5,"enbInfo":{"ipAddress":"192.0.2.2","tunnelId":"1"},)"
                               R"("sGwInfo":{"ipAddress":"192.0.2.3","tunnelId":"2"}})";
    const std::string texts[] = {
        cell_change(),
        R"({"notificationType":"RabEstNotification")" + common + R"(,"erabId":5)" + head,
        R"({"notificationType":"RabModNotification")" + common + R"(,"erabId":5)" + head,
        R"({"notificationType":"RabRelNotification")" + common +
            R"(,"erabReleaseInfo":{"erabId":5})" + head,
        R"({"notificationType":"MeasRepUeNotification")" + common +
            R"(,"rsrp":50,"rsrpEx":-17,"rsrq":20,"rsrqEx":-30,"trigger":10,"heightUe":-12)" + head,
        R"({"notificationType":"NrMeasRepUeNotification","associateId":)" + ue +
            R"(,"triggerNr":20)" + head,
        R"({"notificationType":"MeasTaNotification")" + common + R"(,"timingAdvance":7690)" + head,
        R"({"notificationType":"CaReconfNotification")" + common +
            R"(,"carrierAggregationMeasInfo":[{"cellIdSrv":"1","rsrpSrv":4294967295,)"
            R"("cellIdNei":"2"}])" +
            head,
        R"({"notificationType":"S1BearerNotification","s1Event":1,"s1UeInfo":{"ecgi":[)" + cell +
            R"(],"s1BearerInfo":[)" + bearer + "]}" + head,
        R"({"notificationType":"ExpiryNotification","_links":)" + links +
            R"(,"expiryDeadline":{"seconds":9,"nanoSeconds":0}})",
        R"({"notificationType":"TestNotification")" + head};
    ASSERT_EQ(std::size(texts), std::variant_size_v<rni::notification>);
    for (std::size_t i = 0; i < std::size(texts); ++i) {
        EXPECT_EQ(expect_standard<rni::notification>(texts[i]).index(), i) << texts[i];
    }
    const auto ca = std::get<rni::ca_reconf_notification>(*read<rni::notification>(texts[7]));
    EXPECT_EQ(ca.carrier_aggregation_meas_info.at(0).rsrp_srv, 4'294'967'295u);
    const auto ta = std::get<rni::meas_ta_notification>(*read<rni::notification>(texts[6]));
    EXPECT_EQ(ta.timing_advance, 7690u);
}

TEST(notification, of_an_unknown_type_is_refused_with_all_known_ones)
{
    const auto n = read<rni::notification>(cell_change("3", "WeatherNotification"));
    ASSERT_FALSE(n);
    EXPECT_EQ(n.error(), mec::errc::json_schema);
    EXPECT_EQ(n.error().info().pointer, "/notificationType");
    for (const char* word : {"WeatherNotification", "CellChangeNotification", "TestNotification"})
        EXPECT_NE(n.error().info().message.find(word), std::string::npos) << word;
    expect_refused<rni::notification>("{}", "/notificationType");
    expect_refused<rni::notification>(R"({"notificationType":7})", "/notificationType");
    expect_refused<rni::notification>(cell_change("3", ""), "/notificationType");
}

TEST(notification, is_found_in_wrappers)
{
    for (const char* wrapper :
         {"CellChangeNotification", "cellChangeNotification", "subscriptionNotification"}) {
        expect_tolerated<rni::notification>("{\"" + std::string(wrapper) + "\":" + cell_change() +
                                            '}');
    }
}

TEST(notification, has_numbers_or_names_for_its_enumerations)
{
    const auto status = [](const std::string& text) {
        return std::get<rni::cell_change_notification>(
                   read<rni::notification>(cell_change(text)).value())
            .ho_status;
    };
    EXPECT_EQ(status("1"), rni::ho_status::in_preparation);
    EXPECT_EQ(status("\"CANCELLED\""), rni::ho_status::cancelled) << "v1.1.1";
    EXPECT_EQ(status("17").text(), "17");
    EXPECT_EQ(status("\"LOST\"").text(), "LOST");
    expect_refused<rni::notification>(cell_change("true"), "/hoStatus");
    expect_refused<rni::notification>(cell_change("1.5"), "/hoStatus");
}

TEST(notification, keeps_the_triggers_of_lte_and_nr_apart)
{
    EXPECT_EQ(read<mec::open_enum<rni::trigger>>("20").value(), rni::trigger::event_b1);
    EXPECT_EQ(read<mec::open_enum<rni::trigger_nr>>("20").value(),
              rni::trigger_nr::inter_rat_periodical);
    EXPECT_EQ(read<mec::open_enum<rni::trigger>>("\"EVENT_B1-NR\"").value(),
              rni::trigger::event_b1);
    EXPECT_EQ(read<mec::open_enum<rni::trigger_nr>>("\"EVENT_B1\"").value(),
              rni::trigger_nr::event_b1);
    EXPECT_EQ(mec::json::serialize(mec::open_enum<rni::trigger_nr>(rni::trigger_nr::event_b1)),
              "30");
}

TEST(notification, of_carrier_aggregation_has_two_spellings)
{
    const std::string rest = R"(,"ecgi":)" + cell + R"(,"secondaryCellAdd":{"ecgi":)" + cell + "}}";
    for (const char* name : {"CaReconfNotification", "CaReConfNotification"}) {
        const auto n =
            read<rni::notification>(R"({"notificationType":")" + std::string(name) + '"' + rest);
        ASSERT_TRUE(n) << n.error();
        EXPECT_EQ(std::get<rni::ca_reconf_notification>(*n).secondary_cell_add.size(), 1u);
        EXPECT_NE(mec::json::serialize(*n).find("\"CaReconfNotification\""), std::string::npos);
    }
}

TEST(measurement_report, does_without_zeros)
{
    const auto n = expect_tolerated<rni::meas_rep_ue_notification>(
        R"({"notificationType":"MeasRepUeNotification","ecgi":)" + cell + '}'); // AdvantEDGE
    EXPECT_EQ(n.rsrp, 0);
    EXPECT_EQ(n.trigger, rni::trigger::not_available);
    const std::string head = R"({"notificationType":"MeasRepUeNotification","ecgi":)" + cell;
    expect_refused<rni::meas_rep_ue_notification>(head + R"(,"rsrp":256})", "/rsrp");
    expect_refused<rni::meas_rep_ue_notification>(head + R"(,"rsrp":-1})", "/rsrp");
    expect_refused<rni::meas_rep_ue_notification>(head + R"(,"rsrpEx":-129})", "/rsrpEx");
    expect_refused<rni::meas_rep_ue_notification>(
        head + R"(,"newRadioMeasInfo":[{"nrCarrierFreq":1,"nrSCs":{"nrSCellInfo":[]}}]})",
        "/newRadioMeasInfo/0/nrSCs/nrSCellInfo");
}

TEST(nr_measurement_report, has_identities_of_neighbours_as_texts_in_the_older_version)
{
    const auto n = expect_tolerated<rni::nr_meas_rep_ue_notification>(
        R"({"notificationType":"NrMeasRepUeNotification","triggerNr":11,"nrNeighCellMeasInfo":[)"
        R"({"nrcgi":"012345678","measQuantityResultsSsbCell":{"rsrp":90}}]})");
    ASSERT_EQ(n.nr_neigh_cell_meas_info.size(), 1u);
    EXPECT_EQ(n.nr_neigh_cell_meas_info[0].nrcgi.nr_cell_id, "012345678");
    EXPECT_EQ(n.nr_neigh_cell_meas_info[0].meas_quantity_results_ssb_cell->rsrp, 90);
}

TEST(expiry_notification, is_told_by_its_deadline_in_the_older_version)
{
    const std::string deadline = R"("expiryDeadline":{"seconds":9,"nanoSeconds":0}})";
    for (const std::string& head :
         {std::string(R"({"_links":{"self":"/rni/v2/subscriptions/1"},)"),
          R"({"notificationType":"","_links":)" + links + ',', // AdvantEDGE
          R"({"notificationType":null,"_links":)" + links + ','}) {
        const auto n = expect_tolerated<rni::notification>(head + deadline);
        ASSERT_TRUE(std::holds_alternative<rni::expiry_notification>(n));
        const auto& expiry = std::get<rni::expiry_notification>(n);
        EXPECT_EQ(expiry.links.subscription.href, "/rni/v2/subscriptions/1");
        EXPECT_EQ(expiry.expiry_deadline.seconds, 9u);
    }
}

std::string subscription(const std::string& type, const std::string& criteria,
                         const std::string& callback = R"("callbackReference":"http://a/n",)")
{
    return R"({"subscriptionType":")" + type + R"(",)" + callback + criteria + '}';
}

TEST(subscription, of_each_type_is_told_by_its_type)
{
    const std::string texts[] = {
        subscription("CellChangeSubscription", R"("filterCriteriaAssocHo":{"hoStatus":[1,3]})"),
        subscription("RabEstSubscription", R"("filterCriteriaQci":{"qci":80})"),
        subscription("RabModSubscription", R"("filterCriteriaQci":{"erabId":5,"qci":80})"),
        subscription("RabRelSubscription",
                     R"("filterCriteriaQci":{"erabId":5,"ecgi":[)" + cell + R"(],"qci":80})"),
        subscription("MeasRepUeSubscription", R"("filterCriteriaAssocTri":{"trigger":[20]})"),
        subscription("NrMeasRepUeSubscription", R"("filterCriteriaNrMrs":{"triggerNr":[20]})"),
        subscription("MeasTaSubscription",
                     R"("filterCriteriaAssoc":{"appInstanceId":"a","associateId":)" + ue + '}'),
        subscription("CaReconfSubscription", R"("filterCriteriaAssoc":{})"),
        subscription("S1BearerSubscription",
                     R"("eventType":[1,2,3],"S1BearerSubscriptionCriteria":{"erabId":[0,15]})")};
    ASSERT_EQ(std::size(texts), std::variant_size_v<rni::subscription>);
    for (std::size_t i = 0; i < std::size(texts); ++i) {
        const auto s = expect_standard<rni::subscription>(texts[i]);
        EXPECT_EQ(s.index(), i) << texts[i];
        EXPECT_EQ(rni::common(s).callback_reference, "http://a/n");
        const std::string name(mec::json::to_string(rni::type_of(s)));
        EXPECT_NE(texts[i].find('"' + name + '"'), std::string::npos) << name;
    }
}

TEST(subscription, needs_no_callback_when_there_is_a_websocket)
{
    const auto s = expect_standard<rni::subscription>(
        subscription("CaReconfSubscription", R"("filterCriteriaAssoc":{})",
                     R"("websockNotifConfig":{"requestWebsocketUri":true},)"));
    EXPECT_EQ(rni::common(s).callback_reference, "");
    EXPECT_EQ(rni::common(s).websock_notif_config->request_websocket_uri, true);
}

TEST(subscription, is_read_in_the_spellings_of_older_versions)
{
    auto s = read<rni::subscription>(
        R"({"CellChangeSubscription":)" +
        subscription("cellchangesubscription",
                     R"("filterCriteria":{"appInsId":"a","hoStatus":"COMPLETED"},)"
                     R"("_links":{"self":"/rni/v2/subscriptions/1"})") +
        '}');
    ASSERT_TRUE(s) << s.error();
    const auto& change = std::get<rni::cell_change_subscription>(*s);
    EXPECT_EQ(change.filter_criteria.app_instance_id, "a");
    ASSERT_EQ(change.filter_criteria.ho_status.size(), 1u);
    EXPECT_EQ(change.filter_criteria.ho_status[0], rni::ho_status::completed);
    EXPECT_EQ(change.links->self->href, "/rni/v2/subscriptions/1");

    s = read<rni::subscription>(
        subscription("S1BearerSubscription",
                     R"("eventType":"S1_BEARER_RELEASE","s1BearerSubscriptionCriteria":{})"));
    ASSERT_TRUE(s) << s.error();
    EXPECT_EQ(std::get<rni::s1_bearer_subscription>(*s).event_type.at(0),
              rni::s1_event::s1_bearer_release);
}

TEST(subscription_link_list, of_radio_information_takes_all_spellings_of_types)
{
    using type = rni::subscription_type;
    const std::pair<const char*, type> spellings[] = {{"CellChangeSubscription", type::cell_change},
                                                      {"cell_change", type::cell_change},
                                                      {"CELL_CHANGE", type::cell_change},
                                                      {"RAB_ESTABLISHMENT", type::rab_est},
                                                      {"RAB_MODIFICATION", type::rab_mod},
                                                      {"RAB_RELEASE", type::rab_rel},
                                                      {"MEAS_REPORT_UE", type::meas_rep_ue},
                                                      {"nr_meas_rep_ue", type::nr_meas_rep_ue},
                                                      {"MEAS_TIMING_ADVANCE", type::meas_ta},
                                                      {"timing_advance_ue", type::meas_ta},
                                                      {"CA_RECONF", type::ca_reconf},
                                                      {"S1_BEARER", type::s1_bearer}};
    for (const auto& [text, expected] : spellings) {
        for (const char* list : {"subscription", "subscriptions"}) {
            for (const char* member : {"subscriptionType", "rel"}) {
                const auto l = read<rni::subscription_link_list>(
                    R"({"_links":{"self":{"href":"/s"},")" + std::string(list) +
                    R"(":{"href":"/s/1",")" + member + R"(":")" + text + R"("}}})");
                ASSERT_TRUE(l) << l.error();
                EXPECT_EQ(l->links.subscription.at(0).subscription_type, expected) << text;
            }
        }
    }
    const auto l = expect_standard<rni::subscription_link_list>(
        R"({"_links":{"self":{"href":"/s"},"subscription":[{"href":"/s/1",)"
        R"("subscriptionType":"WeatherSubscription"}]}})");
    EXPECT_EQ(l.links.subscription.at(0).subscription_type->text(), "WeatherSubscription");
    EXPECT_FALSE(
        read<rni::subscription_link_list>(R"({"_links":{"subscription":[{"href":"/s/1"}]}})")
            ->links.subscription.at(0)
            .subscription_type);
}

} // namespace
