// What the tables ask for, and where the reader gives way.

#include "json_test.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <cmath>

namespace {

using json_test::contains;
using json_test::read;
using json_test::refused;
using json_test::refused_at;
using json_test::strict;
using mec::errc;
using specimen::colour;
using specimen::level;
using specimen::tolerant;
namespace json = mec::json;

TEST(json_decode, integers_are_exact_or_refused)
{
    EXPECT_EQ(read<std::int32_t>("-2147483648"), INT32_MIN);
    EXPECT_EQ(read<std::int32_t>("2147483647"), INT32_MAX);
    EXPECT_EQ(read<std::uint32_t>("4294967295"), UINT32_MAX);
    EXPECT_EQ(read<std::int64_t>("-9223372036854775808"), INT64_MIN);
    EXPECT_EQ(read<std::int64_t>("9223372036854775807"), INT64_MAX);
    EXPECT_EQ(read<std::uint64_t>("18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(read<std::uint32_t>("-0"), 0u);
    EXPECT_EQ(read<std::chrono::seconds>("90"), std::chrono::seconds(90));
    for (const auto* text :
         {"2147483648", "-2147483649", "1.0", "1e2", "1E2", "1e400", "99999999999",
          "18446744073709551616", "true", "null", "\"1\"", "[]", "{}"}) {
        refused_at<std::int32_t>(text, "");
    }
    for (const auto* text : {"-1", "4294967296", "0.0"}) refused_at<std::uint32_t>(text, "");
    for (const auto* text : {"9223372036854775808", "-9223372036854775809"}) {
        refused_at<std::int64_t>(text, "");
        refused_at<std::chrono::seconds>(text, "");
    }
    for (const auto* text : {"18446744073709551616", "-1", "1e1"})
        refused_at<std::uint64_t>(text, "");
}

TEST(json_decode, doubles_are_in_range_or_refused)
{
    EXPECT_EQ(read<double>("0.1"), 0.1);
    EXPECT_EQ(read<double>("-12.5e-3"), -0.0125);
    EXPECT_EQ(read<double>("1.7976931348623157e308"), 1.7976931348623157e308);
    EXPECT_TRUE(std::signbit(read<double>("-0.0")));
    refused_at<double>("1e400", "");
    refused_at<double>("-1e400", "");
    refused_at<double>("\"1\"", "");
}

TEST(json_decode, time_stamps_stay_in_range)
{
    EXPECT_EQ(read<mec::time_stamp>(R"({"seconds":4294967295,"nanoSeconds":999999999})"),
              (mec::time_stamp{4294967295u, 999'999'999}));
    refused_at<mec::time_stamp>(R"({"seconds":1,"nanoSeconds":1000000000})", "/nanoSeconds");
    refused_at<mec::time_stamp>(R"({"seconds":9223372036854775808})", "/seconds");
    refused_at<mec::time_stamp>(R"({"seconds":-1})", "/seconds");
}

TEST(json_decode, errors_point_at_the_place)
{
    using services = std::vector<mec::service_mgmt::service_info>;
    const std::string head = R"({"serName":"a","version":"1","state":"ACTIVE","serializer":"JSON")";
    refused_at<services>("[" + head + "}," + head + R"(,"_links":{"self":{"href":1}}}])",
                         "/1/_links/self/href");
    refused_at<services>("[" + head + R"(,"serCategory":{"href":"h"}}])", "/0/serCategory/id");
    refused_at<services>("[{}]", "/0/serName");
    refused_at<services>("[" + head + R"(,"serCategory":[]}])", "/0/serCategory");
    using maps = std::map<std::string, std::map<std::string, bool>>;
    refused_at<maps>(R"({"a/b~c":{"d e":1}})", "/a~1b~0c/d e");
    refused_at<maps>(R"({"\u0061\u000a":{"":1}})", "/a\\n/");
    EXPECT_LT(
        refused<maps>("{\"" + std::string(60'000, 'k') + "\":1}", errc::json_schema).pointer.size(),
        200u);
}

TEST(json_decode, errors_say_what_was_expected_and_what_was_there)
{
    const auto message = [](const mec::error_info& info) { return info.message; };
    EXPECT_EQ(message(refused<std::string>("12", errc::json_schema)),
              "expected a string, got a number");
    EXPECT_EQ(message(refused<specimen::inner>("[]", errc::json_schema)),
              "expected an object (Inner), got an array");
    EXPECT_EQ(message(refused<bool>("\"yes\"", errc::json_schema)),
              "expected true or false, got a string \"yes\"");
    EXPECT_EQ(message(refused<std::uint32_t>("-7", errc::json_schema)),
              "expected an integer from 0 to 4294967295, got -7");
    EXPECT_EQ(message(refused<std::uint64_t>("-7", errc::json_schema)),
              "expected an integer from 0 to 18446744073709551615, got -7");
    EXPECT_EQ(message(refused<colour>("\"PINK\"", errc::json_schema)),
              "expected one of RED, GREEN, BLUE, got PINK");
    EXPECT_EQ(message(refused<level>("7", errc::json_schema)),
              "expected one of 0 (LOW), 1 (MIDDLE), 5 (HIGH), got 7");
}

TEST(json_decode, errors_hold_no_long_or_misleading_text_and_no_strings_values)
{
    const auto enumerated =
        refused<colour>("\"\\u001b[31m" + std::string(100, 'x') + "\"", errc::json_schema);
    EXPECT_EQ(enumerated.message.find('\x1b'), std::string::npos);
    EXPECT_EQ(enumerated.message.find(std::string(41, 'x')), std::string::npos);
    const auto secret = refused<std::vector<std::string>>("{\"a\":\"secret\"}", errc::json_schema);
    EXPECT_EQ(secret.message.find("secret"), std::string::npos);
    const auto inner =
        refused<std::map<std::string, specimen::inner>>(R"({"a":"secret"})", errc::json_schema);
    EXPECT_EQ(inner.message.find("secret"), std::string::npos);
}

TEST(json_decode, described_strings_hold_no_nul)
{
    refused_at<specimen::inner>(R"({"label":"a\u0000b"})", "/label");
    refused_at<mec::open_enum<colour>>(R"("a\u0000b")", "");
    EXPECT_EQ(read<json::raw>(R"("a\u0000b")").text, R"("a\u0000b")");
}

TEST(json_decode, enumerations)
{
    EXPECT_EQ(read<colour>("\"GREEN\"", strict()), colour::green);
    EXPECT_EQ(read<colour>("\"Green\""), colour::green);
    EXPECT_EQ(read<colour>("\"VERT\""), colour::green);
    for (const auto* text : {"\"Green\"", "\"VERT\"", "\"\"", "1"}) {
        refused_at<colour>(text, "", strict());
    }
    refused_at<colour>("\"\"", "");
    EXPECT_EQ(read<level>("5", strict()), level::high);
    EXPECT_EQ(read<level>("\"medium\""), level::middle);
    refused_at<level>("\"HIGH\"", "", strict());
    for (const auto* text : {"2", "1.0", "1e0", "99999999999999999999", "\"5\"", "null"}) {
        refused_at<level>(text, "");
    }
}

TEST(json_decode, open_enumerations_keep_what_they_do_not_know)
{
    using open_colour = mec::open_enum<colour>;
    using open_level = mec::open_enum<level>;
    EXPECT_EQ(read<open_colour>("\"blue\""), colour::blue);
    EXPECT_EQ(read<open_colour>("\"PINK\""), open_colour::unknown("PINK"));
    EXPECT_EQ(read<open_colour>("\"blue\"", strict()), open_colour::unknown("blue"));
    refused_at<open_colour>("4", "");
    EXPECT_EQ(read<open_level>("5"), level::high);
    EXPECT_EQ(read<open_level>("77"), open_level::unknown("77"));
    EXPECT_EQ(read<open_level>("123456789012345678901"),
              open_level::unknown("123456789012345678901"));
    EXPECT_EQ(read<open_level>("\"SKY\""), open_level::unknown("SKY"));
    refused_at<open_level>("\"SKY\"", "", strict());
    refused_at<open_level>("1.5", "");
    for (const auto* text : {"77", "\"SKY\"", "5", "-3"}) {
        const auto value = read<open_level>(text);
        EXPECT_EQ(json::serialize(value), text);
        EXPECT_EQ(read<open_level>(json::serialize(value)), value);
    }
}

TEST(json_decode, one_or_many)
{
    EXPECT_EQ(read<tolerant>(R"({"many":[1,2]})").many, (std::vector<std::int32_t>{1, 2}));
    EXPECT_EQ(read<tolerant>(R"({"many":3})").many, std::vector<std::int32_t>{3});
    refused_at<tolerant>(R"({"many":3,"defaulted":1,"empty":{}})", "/many", strict());
    refused_at<tolerant>(R"({"many":"x"})", "/many");
    refused_at<std::vector<std::int32_t>>("3", "");
}

TEST(json_decode, text_as_number)
{
    EXPECT_EQ(read<tolerant>(R"({"number":"80"})").number, 80);
    for (const auto* text :
         {"\"\"", "\"080\"", "\" 80\"", "\"8x\"", "\"1.0\"", "\"100\"", "\"-\""}) {
        refused_at<tolerant>("{\"number\":" + std::string(text) + "}", "/number");
    }
    refused_at<tolerant>(R"({"number":"80","defaulted":1,"empty":{}})", "/number", strict());
}

TEST(json_decode, number_as_text)
{
    EXPECT_EQ(read<tolerant>(R"({"text":-8.5e1})").text, "-8.5e1");
    refused_at<tolerant>(R"({"text":true})", "/text");
    refused_at<tolerant>(R"({"text":8,"defaulted":1,"empty":{}})", "/text", strict());
}

TEST(json_decode, text_as_boolean)
{
    EXPECT_EQ(read<tolerant>(R"({"flag":"TRUE"})").flag, true);
    EXPECT_EQ(read<tolerant>(R"({"flag":"true"})").flag, true);
    EXPECT_EQ(read<tolerant>(R"({"flag":"FALSE"})").flag, false);
    EXPECT_EQ(read<tolerant>(R"({"flag":"false"})").flag, false);
    refused_at<tolerant>(R"({"flag":"1"})", "/flag");
    refused_at<tolerant>(R"({"flag":1})", "/flag");
    refused_at<tolerant>(R"({"flag":"true","defaulted":1,"empty":{}})", "/flag", strict());
}

TEST(json_decode, defaulted_members_may_be_absent_or_null)
{
    EXPECT_EQ(read<tolerant>("{}").defaulted, 7);
    EXPECT_EQ(read<tolerant>(R"({"defaulted":null})").defaulted, 7);
    refused_at<tolerant>(R"({"empty":{}})", "/defaulted", strict());
    refused_at<tolerant>(R"({"empty":{},"defaulted":null})", "/defaulted", strict());
}

TEST(json_decode, null_as_empty_object)
{
    tolerant target;
    target.empty.a = "old";
    ASSERT_FALSE(json::decode(R"({"empty":null})", target));
    EXPECT_EQ(target.empty.a, std::nullopt);
    refused_at<tolerant>(R"({"empty":null,"defaulted":1})", "/empty", strict());
}

TEST(json_decode, null_stands_for_absent)
{
    const std::string mandatory =
        R"("flag":true,"i32":1,"u32":1,"i64":1,"u64":1,"percent":1,"ratio":1,"wait":1,"text":"",)"
        R"("paint":"RED","openPaint":"RED","height":0,"openHeight":0,"needed":[1],)"
        R"("inner":{"label":""})";
    const auto value = read<specimen::everything>(
        "{" + mandatory +
        R"(,"note":null,"tags":null,"counts":null,"freeForm":null,"other":null})");
    EXPECT_EQ(value.note, std::nullopt);
    EXPECT_TRUE(value.tags.empty());
    EXPECT_TRUE(value.counts.empty());
    EXPECT_TRUE(value.free_form.empty());
    ASSERT_EQ(value.rest.values.size(), 1u);
    EXPECT_EQ(value.rest.values[0].second.text, "null");
    for (const auto* name : {"note", "tags", "counts"}) {
        refused_at<specimen::everything>("{" + mandatory + ",\"" + name + "\":null}",
                                         std::string("/") + name, strict());
    }
    EXPECT_EQ(read<specimen::everything>("{" + mandatory + R"(,"freeForm":null})", strict())
                  .free_form.text,
              "null");
    refused_at<specimen::inner>(R"({"label":null})", "/label");
    refused_at<std::vector<std::string>>(R"(["a",null])", "/1");
    refused_at<specimen::everything>("null", "");
}

TEST(json_decode, required_arrays_are_there_and_not_empty)
{
    refused_at<mec::service_mgmt::oauth2_info>("{}", "/grantTypes");
    refused_at<mec::service_mgmt::oauth2_info>(R"({"grantTypes":[]})", "/grantTypes");
    refused_at<mec::service_mgmt::oauth2_info>(R"({"grantTypes":null})", "/grantTypes");
}

TEST(json_decode, aliases_are_read_but_not_in_strict_mode)
{
    EXPECT_EQ(read<tolerant>(R"({"oldName":1})").renamed, 1);
    EXPECT_EQ(read<tolerant>(R"({"olderName":1})").renamed, 1);
    EXPECT_EQ(read<tolerant>(R"({"oldName":1,"defaulted":1,"empty":{}})", strict()).renamed,
              std::nullopt);
    refused_at<tolerant>(R"({"oldName":"x"})", "/oldName");
}

TEST(json_decode, described_members_stand_once)
{
    refused_at<specimen::inner>(R"({"label":"a","label":"a"})", "/label");
    refused_at<specimen::inner>(R"({"label":"a","l\u0061bel":"a"})", "/label");
    refused_at<specimen::inner>(R"({"label":"a","label":"a"})", "/label", strict());
    refused_at<specimen::inner>(R"({"label":"a","weight":null,"weight":1})", "/weight");
    refused_at<tolerant>(R"({"renamed":1,"oldName":1})", "/oldName");
    refused_at<tolerant>(R"({"oldName":1,"olderName":1})", "/olderName");
}

TEST(json_decode, of_other_duplicates_the_last_counts_unless_strict)
{
    using map = std::map<std::string, std::int32_t>;
    EXPECT_EQ(read<map>(R"({"a":1,"b":2,"a":3})"), (map{{"a", 3}, {"b", 2}}));
    refused_at<map>(R"({"a":1,"b":2,"a":3})", "/a", strict());
    const auto security = read<mec::service_mgmt::security_info>(R"({"x":1,"y":2,"x":3})");
    ASSERT_EQ(security.extensions.values.size(), 2u);
    EXPECT_EQ(security.extensions.values[0].second.text, "3");
    refused_at<mec::service_mgmt::security_info>(R"({"x":1,"y":2,"x":3})", "/x", strict());
    refused_at<specimen::inner>(R"({"label":"","x":1,"\u0078":3})", "/x", strict());
    EXPECT_EQ(read<json::raw>(R"({"a":1,"a":1})").text, R"({"a":1,"a":1})");
    refused_at<json::raw>(R"({"o":[1,{"p":{"a":1,"b":2,"a":1}}]})", "/o/1/p/a", strict());
    read<json::raw>(R"({"a":{"a":{"b":1,"a":1}},"b":{"a":1}})", strict());
}

TEST(json_decode, unknown_members_are_kept_as_they_stand)
{
    const auto value = read<mec::service_mgmt::security_info>(
        "{ \"x\" : { \"y\" : [ 1 , 2.50 ] } , \"\\u007a\":\"\\u0041\",\"n\":null}");
    const auto& kept = value.extensions.values;
    ASSERT_EQ(kept.size(), 3u);
    EXPECT_EQ(kept[0].first, "x");
    EXPECT_EQ(kept[0].second.text, "{ \"y\" : [ 1 , 2.50 ] }");
    EXPECT_EQ(kept[1].first, "z");
    EXPECT_EQ(kept[1].second.text, "\"\\u0041\"");
    EXPECT_EQ(json::serialize(value), R"({"x":{ "y" : [ 1 , 2.50 ] },"z":"\u0041","n":null})");
    read<specimen::inner>(R"({"label":"","x":{"y":[1,2]}})");
    refused<specimen::inner>(R"({"label":"","x":{"y":[1,2}})", errc::json_syntax);
}

TEST(json_decode, wrappers_are_taken_off)
{
    using specimen::inner;
    EXPECT_EQ(read<inner>(R"({"Inner":{"label":"a"}})").label, "a");
    EXPECT_EQ(read<inner>(R"( { "inner" : {"label":"a"} } )").label, "a");
    EXPECT_EQ(read<std::vector<inner>>(R"([{"label":"a"},{"Inner":{"label":"b"}}])")[1].label, "b");
    refused_at<inner>(R"({"Inner":{"label":1}})", "/Inner/label");
    refused_at<inner>(R"({"Inner":{"label":"a"}})", "/label", strict());
    refused_at<inner>(R"({"Inner":{"label":"a"},"x":1})", "/label");
    refused_at<inner>(R"({"INNER":{"label":"a"}})", "/label");
    refused_at<inner>(R"({"Inner":"a"})", "/label");
    refused_at<std::map<std::string, inner>>(R"({"a":{"Inner":{"label":"a"}}})", "/a/label");
    EXPECT_EQ(read<inner>(R"({"Inner":{"label":"a"},"label":"b"})").label, "b");
    EXPECT_EQ(
        std::get<specimen::dog>(read<specimen::pet>(R"({"dog":{"kind":"Dog","barks":false}})"))
            .barks,
        false);
}

TEST(json_decode, alternatives_are_told_apart_wherever_the_tag_stands)
{
    using specimen::cat;
    using specimen::dog;
    using specimen::pet;
    EXPECT_EQ(std::get<cat>(read<pet>(R"({"lives":3,"x":[{"kind":"Dog"}],"kind":"Cat"})")).lives,
              3);
    EXPECT_EQ(std::get<dog>(read<pet>(R"({"kind":"Dog","barks":false})", strict())).barks, false);
    EXPECT_EQ(std::get<cat>(read<pet>(R"({"kind":"cAT","lives":1})")).kind, "cAT");
    refused_at<pet>(R"({"kind":"dog","barks":true})", "/kind", strict());
    refused_at<pet>(R"({"kind":"Cow"})", "/kind");
    refused_at<pet>(R"({"kind":1,"lives":1})", "/kind");
    refused_at<pet>(R"({"lives":1})", "/kind");
    refused_at<pet>(R"({"kind":"Dog","barks":true,"kind":"Cat"})", "/kind");
    refused_at<pet>(R"({"kind":"Dog","barks":true,"kind":"Dog"})", "/kind");
    refused_at<pet>(R"({"kind":"Cat","lives":"x"})", "/lives");
    refused_at<pet>("[]", "");
}

TEST(json_decode, what_is_absent_does_not_survive_in_the_target)
{
    specimen::everything value;
    value.note = "old";
    value.tags = {"old"};
    value.counts = {{"old", 1}};
    value.free_form.text = "1";
    value.companion = specimen::cat{};
    value.rest.values = {{"old", {"1"}}};
    ASSERT_FALSE(json::decode(
        R"({"flag":true,"i32":1,"u32":1,"i64":1,"u64":1,"percent":1,"ratio":1,"wait":1,"text":"",)"
        R"("paint":"RED","openPaint":"RED","height":0,"openHeight":0,"needed":[1],)"
        R"("inner":{"label":""}})",
        value));
    EXPECT_EQ(value.note, std::nullopt);
    EXPECT_TRUE(value.tags.empty());
    EXPECT_TRUE(value.counts.empty());
    EXPECT_TRUE(value.free_form.empty());
    EXPECT_FALSE(value.companion);
    EXPECT_TRUE(value.rest.empty());
}

} // namespace
