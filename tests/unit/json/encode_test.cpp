#include "json_test.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <limits>

namespace {

using json_test::read;
using specimen::colour;
using specimen::level;
namespace json = mec::json;

TEST(json_encode, leaves_out_what_is_absent_and_writes_what_is_mandatory)
{
    const specimen::everything value;
    EXPECT_EQ(json::serialize(value),
              R"({"flag":false,"i32":0,"u32":0,"i64":0,"u64":0,"percent":0,"ratio":0.0,"wait":0,)"
              R"("text":"","paint":"RED","openPaint":"RED","height":0,"openHeight":0,"needed":[],)"
              R"("inner":{"label":""}})");
}

TEST(json_encode, writes_every_kind)
{
    specimen::everything value;
    value.flag = true;
    value.i32 = std::numeric_limits<std::int32_t>::min();
    value.u32 = std::numeric_limits<std::uint32_t>::max();
    value.i64 = std::numeric_limits<std::int64_t>::min();
    value.u64 = std::numeric_limits<std::uint64_t>::max();
    value.ratio = 0.1;
    value.wait = std::chrono::seconds(90);
    value.text = "a\"\\\n\x01\xc3\xa9";
    value.paint = colour::blue;
    value.open_paint = mec::open_enum<colour>::unknown("PINK");
    value.height = level::high;
    value.open_height = mec::open_enum<level>::unknown("7");
    value.note = "";
    value.tags = {"a", "b"};
    value.needed = {1, 2};
    value.counts = {{"x", 1}};
    value.inner.weight = 3;
    value.inners = {{"i", {}}};
    value.companion = specimen::dog{};
    value.free_form.text = "[1, 2]";
    value.rest.values = {{"k", {"{ }"}}, {"empty", {}}};
    EXPECT_EQ(json::serialize(value),
              R"({"flag":true,"i32":-2147483648,"u32":4294967295,"i64":-9223372036854775808,)"
              R"("u64":18446744073709551615,"percent":0,"ratio":0.1,"wait":90,)"
              "\"text\":\"a\\\"\\\\\\n\\u0001\xc3\xa9\","
              R"("paint":"BLUE","openPaint":"PINK","height":5,"openHeight":7,"note":"",)"
              R"("tags":["a","b"],"needed":[1,2],"counts":{"x":1},"inner":{"label":"","weight":3},)"
              R"("inners":[{"label":"i"}],"companion":{"kind":"Dog","barks":true},)"
              R"("freeForm":[1, 2],"k":{ },"empty":null})");
}

TEST(json_encode, appends)
{
    std::string out = "data: ";
    json::encode(out, std::int32_t{1});
    json::encode(out, std::string(2000, 'x'));
    EXPECT_EQ(out, "data: 1\"" + std::string(2000, 'x') + "\"");
}

TEST(json_encode, writes_what_is_not_utf8_as_the_replacement_character)
{
    EXPECT_EQ(json::serialize(std::string("a\xff\xed\xa0\x80z\xc3")),
              "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\"");
    const std::map<std::string, std::int32_t> map{{"\xff", 1}};
    EXPECT_EQ(json::serialize(map), "{\"\xef\xbf\xbd\":1}");
}

TEST(json_encode, writes_null_for_what_json_has_no_word_for)
{
    EXPECT_EQ(json::serialize(std::numeric_limits<double>::quiet_NaN()), "null");
    EXPECT_EQ(json::serialize(-std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(json::serialize(json::raw{}), "null");
    EXPECT_EQ(json::serialize(std::vector<json::raw>{{"1"}, {}}), "[1,null]");
}

TEST(json_encode, doubles_come_back_exactly)
{
    for (const double d :
         {0.1, 1.0 / 3, 1e-300, 5e-324, 1.7976931348623157e308, -0.0, 1e21, 123456.0}) {
        EXPECT_EQ(read<double>(json::serialize(d)), d);
    }
}

TEST(json_encode, names_of_enumerators)
{
    EXPECT_EQ(json::to_string(colour::green), "GREEN");
    EXPECT_EQ(json::to_string(level::high), "HIGH");
    EXPECT_EQ(json::to_string(static_cast<colour>(42)), "");
    EXPECT_EQ(json::to_string(mec::open_enum<colour>(colour::blue)), "BLUE");
    EXPECT_EQ(json::to_string(mec::open_enum<colour>::unknown("PINK")), "PINK");
    EXPECT_EQ(json::enum_name(5, *json::type_of<level>::value.enumeration), "HIGH");
}

} // namespace
