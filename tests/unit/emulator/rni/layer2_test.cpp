#include "emulator/rni_layer2.hpp"
#include "events.hpp"

namespace {

using namespace rni_test;
using mec::emulator::layer2_of;
using quantity = rni::layer2_quantity;

/// Every number is another one.
radio::layer2_counters counters()
{
    radio::cell_counters c;
    c.cell = lte_cell("000000A");
    c.gbr_prb_usage = {1, 2};
    c.nongbr_prb_usage = {3, 4};
    c.total_prb_usage = {5, 6};
    c.received_dedicated_preambles = 7;
    c.received_random_preambles_low = 8;
    c.received_random_preambles_high = 9;
    c.active_ues_gbr = {10, 11};
    c.active_ues_nongbr = {12, 13};
    c.gbr_pdr = {14, 15};
    c.nongbr_pdr = {16, 17};
    radio::ue_counters u;
    u.cell = c.cell;
    u.ue = phone();
    u.gbr_delay = {18, 19};
    u.nongbr_delay = {20, 21};
    u.gbr_pdr = {22, 23};
    u.nongbr_pdr = {24, 25};
    u.gbr_throughput = {26, 27};
    u.nongbr_throughput = {28, 29};
    u.gbr_data_volume = {30, 31};
    u.nongbr_data_volume = {3'000'000'000, 33};
    auto nr = c;
    nr.cell = nr_cell("00000000E");
    auto other = c;
    other.cell = lte_cell("000000B");
    return {{c, other, nr}, {u}};
}

TEST(rni_layer2, gives_every_quantity_its_name)
{
    const auto all = layer2_of(counters(), {});
    ASSERT_EQ(all.cell_info.size(), 2U) << "LTE only";
    ASSERT_EQ(all.cell_ue_info.size(), 1U);
    EXPECT_EQ(mec::json::serialize(all.cell_info[0]),
              R"({"ecgi":{"plmn":{"mcc":"001","mnc":"01"},"cellId":"000000A"},)"
              R"("dl_gbr_prb_usage_cell":1,"ul_gbr_prb_usage_cell":2,)"
              R"("dl_nongbr_prb_usage_cell":3,"ul_nongbr_prb_usage_cell":4,)"
              R"("dl_total_prb_usage_cell":5,"ul_total_prb_usage_cell":6,)"
              R"("received_dedicated_preambles_cell":7,)"
              R"("received_randomly_selected_preambles_low_range_cell":8,)"
              R"("received_randomly_selected_preambles_high_range_cell":9,)"
              R"("number_of_active_ue_dl_gbr_cell":10,"number_of_active_ue_ul_gbr_cell":11,)"
              R"("number_of_active_ue_dl_nongbr_cell":12,"number_of_active_ue_ul_nongbr_cell":13,)"
              R"("dl_gbr_pdr_cell":14,"ul_gbr_pdr_cell":15,"dl_nongbr_pdr_cell":16,)"
              R"("ul_nongbr_pdr_cell":17})");
    EXPECT_EQ(mec::json::serialize(all.cell_ue_info[0]),
              R"({"ecgi":{"plmn":{"mcc":"001","mnc":"01"},"cellId":"000000A"},)"
              R"("associateId":{"type":1,"value":"10.0.0.1"},"dl_gbr_delay_ue":18,)"
              R"("ul_gbr_delay_ue":19,"dl_nongbr_delay_ue":20,"ul_nongbr_delay_ue":21,)"
              R"("dl_gbr_pdr_ue":22,"ul_gbr_pdr_ue":23,"dl_nongbr_pdr_ue":24,)"
              R"("ul_nongbr_pdr_ue":25,"dl_gbr_throughput_ue":26,"ul_gbr_throughput_ue":27,)"
              R"("dl_nongbr_throughput_ue":28,"ul_nongbr_throughput_ue":29,)"
              R"("dl_gbr_data_volume_ue":30,"ul_gbr_data_volume_ue":31,)"
              R"("dl_nongbr_data_volume_ue":3000000000,"ul_nongbr_data_volume_ue":33})");
}

TEST(rni_layer2, gives_what_was_selected_and_nothing_else)
{
    const auto& values = *mec::json::type_of<quantity>::value.enumeration;
    for (std::size_t i = 0; i < values.size; ++i) {
        rni::layer2_meas_query q;
        q.quantities = {static_cast<quantity>(values.values[i].number)};
        const std::string text = mec::json::serialize(layer2_of(counters(), q));
        for (std::size_t k = 0; k < values.size; ++k)
            EXPECT_EQ(text.find('"' + std::string(values.values[k].name) + '"') !=
                          std::string::npos,
                      i == k)
                << values.values[i].name << ' ' << values.values[k].name;
    }
}

TEST(rni_layer2, is_about_the_cells_and_ues_of_the_query)
{
    rni::layer2_meas_query q;
    q.cell_id = {"000000B"};
    auto found = layer2_of(counters(), q);
    ASSERT_EQ(found.cell_info.size(), 1U);
    EXPECT_EQ(found.cell_info[0].ecgi.cell_id, "000000B");
    EXPECT_TRUE(found.cell_ue_info.empty());
    q.cell_id = {"00101000000A"};
    EXPECT_EQ(layer2_of(counters(), q).cell_info.size(), 1U) << "with its network";
    q = {};
    q.ue_ipv4_address = {"10.0.0.9", "10.0.0.1"};
    found = layer2_of(counters(), q);
    EXPECT_TRUE(found.cell_info.empty()) << "only the UE was named";
    EXPECT_EQ(found.cell_ue_info.size(), 1U);
    q.gtp_teid = {"ffffffff"};
    EXPECT_TRUE(layer2_of(counters(), q).cell_ue_info.empty()) << "all must hold";
}

} // namespace
