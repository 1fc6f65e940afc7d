// Every boundary of the tables that say what reported values stand for.

#include <mec/rni/conversions.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace {

using mec::rni::interval;
using mec::rni::measured_interval;
namespace rni = mec::rni;

constexpr std::nullopt_t open = std::nullopt;

struct row {
    std::int32_t reported;
    measured_interval expected;
};
struct table {
    const char* name;
    interval (*convert)(std::int32_t) noexcept;
    std::vector<row> rows;
    std::vector<std::int32_t> outside;
};

const std::vector<table>& tables()
{
    static const std::vector<table> all = {
        {"lte_rsrp",
         &rni::lte_rsrp_dbm,
         {{-17, {open, -156}},
          {-16, {-156, -155}},
          {-2, {-142, -141}},
          {-1, {-141, -140}},
          {0, {open, -140}},
          {1, {-140, -139}},
          {50, {-91, -90}},
          {96, {-45, -44}},
          {97, {-44, open}}},
         {-18, 98, 127, 255}},
        {"lte_rsrq",
         &rni::lte_rsrq_db,
         {{-30, {open, -34}},
          {-29, {-34, -33.5}},
          {-2, {-20.5, -20}},
          {-1, {-20, -19.5}},
          {0, {open, -19.5}},
          {1, {-19.5, -19}},
          {33, {-3.5, -3}},
          {34, {-3, open}},
          {35, {-3, -2.5}},
          {40, {-0.5, 0}},
          {45, {2, 2.5}},
          {46, {2.5, open}}},
         {-31, 47, 255}},
        {"lte_sinr",
         &rni::lte_sinr_db,
         {{0, {open, -23}},
          {1, {-23, -22.5}},
          {46, {-0.5, 0}},
          {126, {39.5, 40}},
          {127, {40, open}}},
         {-1, 128, 255}},
        {"nr_rsrp",
         &rni::nr_rsrp_dbm,
         {{0, {open, -156}}, {1, {-156, -155}}, {125, {-32, -31}}, {126, {-31, open}}},
         {-1, 127, 128}},
        {"nr_rsrq",
         &rni::nr_rsrq_db,
         {{0, {open, -43}}, {1, {-43, -42.5}}, {126, {19.5, 20}}, {127, {20, open}}},
         {-1, 128}},
        {"nr_sinr",
         &rni::nr_sinr_db,
         {{0, {open, -23}}, {1, {-23, -22.5}}, {126, {39.5, 40}}, {127, {40, open}}},
         {-1, 128}},
    };
    return all;
}

TEST(rni_conversions, give_the_interval_of_each_boundary_value)
{
    for (const auto& t : tables()) {
        SCOPED_TRACE(t.name);
        for (const auto& [reported, expected] : t.rows) {
            const interval i = t.convert(reported);
            ASSERT_TRUE(i) << reported;
            EXPECT_EQ(i->low, expected.low) << reported;
            EXPECT_EQ(i->high, expected.high) << reported;
        }
    }
}

TEST(rni_conversions, give_nothing_beyond_the_table)
{
    for (const auto& t : tables()) {
        SCOPED_TRACE(t.name);
        for (const auto reported : t.outside) EXPECT_FALSE(t.convert(reported)) << reported;
        EXPECT_FALSE(t.convert(std::numeric_limits<std::int32_t>::min()));
        EXPECT_FALSE(t.convert(std::numeric_limits<std::int32_t>::max()));
    }
}

// Where two tables meet the same value of dBm or dB is in both, so 0 and 34 are left out.
TEST(rni_conversions, leave_no_gap_between_values)
{
    for (const auto& t : tables()) {
        SCOPED_TRACE(t.name);
        for (std::int32_t reported = -40; reported < 140; ++reported) {
            const interval here = t.convert(reported);
            const interval next = t.convert(reported + 1);
            if (!here || !next || !here->high || !next->low) continue;
            EXPECT_EQ(*here->high, *next->low) << reported;
        }
    }
}

TEST(rni_conversions, give_a_middle_that_is_reported_as_the_same_value)
{
    struct pair {
        interval (*convert)(std::int32_t) noexcept;
        std::int32_t (*report)(double) noexcept;
        std::int32_t last;
    };
    for (const pair& p : {pair{&rni::lte_rsrp_dbm, &rni::report_lte_rsrp, 97},
                          pair{&rni::lte_rsrq_db, &rni::report_lte_rsrq, 34},
                          pair{&rni::lte_sinr_db, &rni::report_lte_sinr, 127},
                          pair{&rni::nr_rsrp_dbm, &rni::report_nr_rsrp, 126},
                          pair{&rni::nr_rsrq_db, &rni::report_nr_rsrq, 127},
                          pair{&rni::nr_sinr_db, &rni::report_nr_sinr, 127}}) {
        for (std::int32_t reported = 0; reported <= p.last; ++reported) {
            const auto i = p.convert(reported).value();
            if (i.low) {
                EXPECT_EQ(p.report(*i.low), reported);
            }
            if (i.high) {
                EXPECT_EQ(p.report(*i.high - 1e-9), reported);
            }
            if (i.low && i.high) {
                EXPECT_EQ(p.report(i.middle()), reported);
            }
        }
        EXPECT_EQ(p.report(-1e300), 0);
        EXPECT_EQ(p.report(1e300), p.last);
        EXPECT_EQ(p.report(std::numeric_limits<double>::infinity()), p.last);
        EXPECT_EQ(p.report(std::numeric_limits<double>::quiet_NaN()), 0);
    }
}

TEST(rni_conversions, prefer_the_extended_value)
{
    EXPECT_EQ(rni::extended_or_plain(&rni::lte_rsrp_dbm, 0, -5), (measured_interval{-145, -144}));
    EXPECT_EQ(rni::extended_or_plain(&rni::lte_rsrp_dbm, 60, std::nullopt),
              (measured_interval{-81, -80}));
    EXPECT_EQ(rni::extended_or_plain(&rni::lte_rsrq_db, 34, 46), (measured_interval{2.5, open}));
    EXPECT_EQ(rni::extended_or_plain(&rni::lte_rsrp_dbm, 60, 255), (measured_interval{-81, -80}))
        << "an extended value that is in no table says nothing";
    EXPECT_FALSE(rni::extended_or_plain(&rni::lte_rsrp_dbm, 99, std::nullopt));
}

TEST(rni_conversions, give_the_middle_or_the_end_that_there_is)
{
    EXPECT_EQ((measured_interval{-81, -80}.middle()), -80.5);
    EXPECT_EQ((measured_interval{open, -140}.middle()), -140);
    EXPECT_EQ((measured_interval{-44, open}.middle()), -44);
}

struct advance {
    std::uint32_t reported;
    measured_interval ts;
};

TEST(rni_conversions, know_both_resolutions_of_timing_advance)
{
    for (const advance& a :
         {advance{0, {0, 2}}, advance{1, {2, 4}}, advance{2046, {4092, 4094}},
          advance{2047, {4094, 4096}}, advance{2048, {4096, 4104}}, advance{2049, {4104, 4112}},
          advance{7689, {49224, 49232}}, advance{7690, {49232, open}}}) {
        EXPECT_EQ(rni::timing_advance_ts(a.reported), a.ts) << a.reported;
    }
    EXPECT_FALSE(rni::timing_advance_ts(7691));
    EXPECT_FALSE(rni::timing_advance_us(7691));
    EXPECT_FALSE(rni::timing_advance_metres(std::numeric_limits<std::uint32_t>::max()));
}

TEST(rni_conversions, give_timing_advance_as_time_and_distance)
{
    const auto time = rni::timing_advance_us(2048).value(); // 4096 Ts
    EXPECT_DOUBLE_EQ(*time.low, 4096 / 30.72);
    EXPECT_DOUBLE_EQ(*time.high, 4104 / 30.72);
    const auto distance = rni::timing_advance_metres(2048).value();
    EXPECT_NEAR(*distance.low, 19'986.16, 0.01); // 133.33 us there and back
    const auto step = rni::timing_advance_metres(1).value();
    EXPECT_NEAR(*step.high - *step.low, 9.76, 0.01);
    EXPECT_FALSE(rni::timing_advance_metres(7690)->high);
}

TEST(rni_conversions, report_distances)
{
    for (const std::uint32_t reported : {0u, 1u, 100u, 2047u, 2048u, 2049u, 7689u}) {
        const auto metres = rni::timing_advance_metres(reported).value();
        EXPECT_EQ(rni::report_timing_advance(metres.middle()), reported);
    }
    EXPECT_EQ(rni::report_timing_advance(1e12), 7690u);
    EXPECT_EQ(rni::report_timing_advance(-1), 0u);
    EXPECT_EQ(rni::report_timing_advance(std::numeric_limits<double>::quiet_NaN()), 0u);
}

TEST(rni_conversions, take_percentages_from_0_to_100)
{
    EXPECT_EQ(rni::fraction_of_percent(0), 0.0);
    EXPECT_EQ(rni::fraction_of_percent(37), 0.37);
    EXPECT_EQ(rni::fraction_of_percent(100), 1.0);
    EXPECT_FALSE(rni::fraction_of_percent(-1));
    EXPECT_FALSE(rni::fraction_of_percent(101));
}

} // namespace
