#include "world.hpp"

#include <cmath>

using namespace radio_test;
using namespace std::chrono_literals;

namespace {

radio::levels heard(double rsrp, double rsrq = -10, double sinr = 0) { return {rsrp, rsrq, sinr}; }

radio::lte_values lte(double rsrp, double rsrq = -10, double sinr = 0)
{
    return radio::reported_lte(heard(rsrp, rsrq, sinr));
}

} // namespace

TEST(radio_propagation, path_loss_is_that_of_the_urban_macro_cell)
{
    // TR 36.942: 128.1 dB at 2 GHz and 1 km, 37.6 dB more for ten times the distance.
    EXPECT_NEAR(radio::path_loss(1000, 2000), 128.1, 0.1);
    EXPECT_NEAR(radio::path_loss(10'000, 2000) - radio::path_loss(1000, 2000), 37.6, 1e-9);
    EXPECT_DOUBLE_EQ(radio::path_loss(1, 2000), 70);
    EXPECT_DOUBLE_EQ(radio::path_loss(0, 2000), 70);
}

TEST(radio_propagation, lte_rsrp_is_reported_by_its_table)
{
    EXPECT_EQ(lte(-140.01).rsrp, 0);
    EXPECT_EQ(lte(-140).rsrp, 1);
    EXPECT_EQ(lte(-139.01).rsrp, 1);
    EXPECT_EQ(lte(-139).rsrp, 2);
    EXPECT_EQ(lte(-44.01).rsrp, 96);
    EXPECT_EQ(lte(-44).rsrp, 97);
    EXPECT_EQ(lte(0).rsrp, 97);
    EXPECT_FALSE(lte(-140).rsrp_ex);
    EXPECT_EQ(lte(-140.01).rsrp_ex, -1);
    EXPECT_EQ(lte(-141).rsrp_ex, -1);
    EXPECT_EQ(lte(-141.01).rsrp_ex, -2);
    EXPECT_EQ(lte(-156).rsrp_ex, -16);
    EXPECT_EQ(lte(-156.01).rsrp_ex, -17);
    EXPECT_EQ(lte(-1e9).rsrp_ex, -17);
}

TEST(radio_propagation, lte_rsrq_and_sinr_are_reported_by_their_tables)
{
    EXPECT_EQ(lte(-90, -19.51).rsrq, 0);
    EXPECT_EQ(lte(-90, -19.5).rsrq, 1);
    EXPECT_EQ(lte(-90, -3.01).rsrq, 33);
    EXPECT_EQ(lte(-90, -3).rsrq, 34);
    EXPECT_FALSE(lte(-90, -19.5).rsrq_ex);
    EXPECT_FALSE(lte(-90, -3.01).rsrq_ex);
    EXPECT_EQ(lte(-90, -19.51).rsrq_ex, -1);
    EXPECT_EQ(lte(-90, -34).rsrq_ex, -29);
    EXPECT_EQ(lte(-90, -34.01).rsrq_ex, -30);
    EXPECT_EQ(lte(-90, -3).rsrq_ex, 35);
    EXPECT_EQ(lte(-90, 2.49).rsrq_ex, 45);
    EXPECT_EQ(lte(-90, 2.5).rsrq_ex, 46);
    EXPECT_EQ(lte(-90, 20).rsrq_ex, 46);
    EXPECT_EQ(lte(-90, -10, -23.01).sinr, 0);
    EXPECT_EQ(lte(-90, -10, -23).sinr, 1);
    EXPECT_EQ(lte(-90, -10, 39.99).sinr, 126);
    EXPECT_EQ(lte(-90, -10, 40).sinr, 127);
}

TEST(radio_propagation, nr_levels_are_reported_by_their_tables)
{
    EXPECT_EQ(radio::reported_nr(heard(-156.01)).rsrp, 0);
    EXPECT_EQ(radio::reported_nr(heard(-156)).rsrp, 1);
    EXPECT_EQ(radio::reported_nr(heard(-31.01)).rsrp, 125);
    EXPECT_EQ(radio::reported_nr(heard(-31)).rsrp, 126);
    EXPECT_EQ(radio::reported_nr(heard(50)).rsrp, 126); // 127 is infinity
    EXPECT_EQ(radio::reported_nr(heard(-90, -43.01)).rsrq, 0);
    EXPECT_EQ(radio::reported_nr(heard(-90, -43)).rsrq, 1);
    EXPECT_EQ(radio::reported_nr(heard(-90, 20)).rsrq, 127);
    EXPECT_EQ(radio::reported_nr(heard(-90, -10, 40)).sinr, 127);
}

TEST(radio_propagation, timing_advance_grows_with_the_distance)
{
    EXPECT_EQ(radio::timing_advance_of(0), 0u);
    EXPECT_EQ(radio::timing_advance_of(78), 0u);
    EXPECT_EQ(radio::timing_advance_of(79), 8u); // 16 Ts are 78.1 m
    // 4096 Ts are 19.99 km; from there a step of the report is 8 Ts.
    EXPECT_EQ(radio::timing_advance_of(19'900), 2032u);
    EXPECT_EQ(radio::timing_advance_of(19'990), 2048u);
    EXPECT_EQ(radio::timing_advance_of(20'070), 2050u);
    EXPECT_EQ(radio::timing_advance_of(1e9), 7690u);
}

TEST(radio_propagation, noise_has_its_deviation_and_no_jumps)
{
    const radio::noise_field field(3, "cell");
    double sum = 0;
    double squares = 0;
    constexpr int count = 20'000;
    for (int i = 0; i < count; ++i) {
        const double v = field.at(radio::point{i * 37.0, i * -53.0});
        sum += v;
        squares += v * v;
    }
    EXPECT_NEAR(sum / count, 0, 0.05);
    EXPECT_NEAR(std::sqrt(squares / count), 1, 0.05);
    const double here = field.at(radio::point{123, 456});
    EXPECT_NEAR(field.at(radio::point{123.01, 456}), here, 0.01);
    EXPECT_EQ(radio::noise_field(3, "cell").at(radio::point{123, 456}), here);
    EXPECT_NE(radio::noise_field(4, "cell").at(radio::point{123, 456}), here);
    EXPECT_NE(radio::noise_field(3, "other").at(radio::point{123, 456}), here);
    EXPECT_NEAR(field.at(1000ms), field.at(1001ms), 0.1);
}
