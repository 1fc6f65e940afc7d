// What the tables can say beyond the plain member: members that are on the wire only, inherited ones,
// texts that are absent when empty, and alternatives that are told without a discriminator.

#include "json_test.hpp"

#include <mec/json/codec.hpp>

namespace specimen {

struct shape {
    std::string colour;
    std::optional<std::int32_t> size;
    mec::json::members rest;
};
struct circle : shape {
    std::int32_t radius = 0;
};
struct farewell {
    std::int32_t deadline = 0;
};
using drawing = std::variant<circle, farewell>;

} // namespace specimen

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<specimen::circle> {
    using type = specimen::circle;
    static constexpr auto value = open_object_of<type, &type::rest>(
        "Circle", fixed("shapeType", "Circle"), field_of<type, &type::colour>("colour").optional(),
        field_of<type, &type::size>("size"), field<&type::radius>("radius"));
};
template <> struct describe<specimen::farewell> {
    using type = specimen::farewell;
    static constexpr auto value =
        object("Farewell", fixed("shapeType", "Farewell").tolerating(defaulted),
               field<&type::deadline>("deadline"));
};
template <> struct describe<specimen::drawing> {
    static constexpr auto value =
        alternatives("Drawing", "shapeType", alternative<specimen::circle>(),
                     alternative<specimen::farewell>().told_by("deadline"));
};

} // namespace json
MEC_END_NAMESPACE

namespace {

using json_test::contains;
using json_test::read;
using json_test::refused;
using json_test::refused_at;
using json_test::strict;
using mec::errc;
using mec::json::serialize;
using specimen::circle;
using specimen::drawing;
using specimen::farewell;

TEST(json_fixed_member, is_written_and_asked_for_but_not_stored)
{
    EXPECT_EQ(serialize(circle{}), R"({"shapeType":"Circle","radius":0})");
    EXPECT_EQ(read<circle>(R"({"shapeType":"Circle","radius":3})", strict()).radius, 3);
    EXPECT_EQ(read<circle>(R"({"radius":3,"shapeType":"CIRCLE"})").radius, 3);
    refused_at<circle>(R"({"shapeType":"CIRCLE","radius":3})", "/shapeType", strict());
    refused_at<circle>(R"({"shapeType":"Square","radius":3})", "/shapeType");
    refused_at<circle>(R"({"shapeType":"","radius":3})", "/shapeType");
    refused_at<circle>(R"({"shapeType":null,"radius":3})", "/shapeType");
    refused_at<circle>(R"({"shapeType":7,"radius":3})", "/shapeType");
    refused_at<circle>(R"({"radius":3})", "/shapeType");
    EXPECT_EQ(refused<circle>(R"({"shapeType":"Square","radius":3})", errc::json_schema).message,
              "expected 'Circle', got Square");
}

TEST(json_inherited_members, are_read_and_written_like_own_ones)
{
    const auto c = read<circle>(
        R"({"shapeType":"Circle","colour":"red","size":2,"radius":1,"unknown":[1]})", strict());
    EXPECT_EQ(c.colour, "red");
    EXPECT_EQ(c.size, 2);
    EXPECT_EQ(c.rest.values.size(), 1u);
    EXPECT_EQ(serialize(c),
              R"({"shapeType":"Circle","colour":"red","size":2,"radius":1,"unknown":[1]})");
}

TEST(json_optional_text, is_absent_when_it_is_empty)
{
    circle c;
    c.colour = "old";
    for (const char* text : {R"({"shapeType":"Circle","radius":1})",
                             R"({"shapeType":"Circle","radius":1,"colour":null})"}) {
        c.colour = "old";
        ASSERT_FALSE(mec::json::decode(text, c)) << text;
        EXPECT_EQ(c.colour, "");
    }
    EXPECT_EQ(serialize(c), R"({"shapeType":"Circle","radius":1})");
    refused_at<circle>(R"({"shapeType":"Circle","radius":1,"colour":1})", "/colour");
}

TEST(json_alternatives, are_told_by_a_member_when_there_is_no_discriminator)
{
    for (const char* text : {R"({"deadline":5})", R"({"shapeType":"","deadline":5})",
                             R"({"x":{"shapeType":"Circle"},"deadline":5,"shapeType":null})"}) {
        const auto d = read<drawing>(text);
        ASSERT_TRUE(std::holds_alternative<farewell>(d)) << text;
        EXPECT_EQ(std::get<farewell>(d).deadline, 5);
        EXPECT_EQ(serialize(d), R"({"shapeType":"Farewell","deadline":5})");
        refused_at<drawing>(text, "/shapeType", strict());
    }
    EXPECT_TRUE(std::holds_alternative<circle>(
        read<drawing>(R"({"deadline":5,"radius":1,"shapeType":"circle"})")))
        << "the discriminator counts more";
}

TEST(json_alternatives, are_not_guessed)
{
    refused_at<drawing>(R"({"radius":5})", "/shapeType");
    refused_at<drawing>(R"({"shapeType":"","radius":5})", "/shapeType");
    refused_at<drawing>(R"({"shapeType":null})", "/shapeType");
    refused_at<drawing>(R"({"":1})", "/shapeType");
    const auto info =
        refused<drawing>(R"({"shapeType":"Hexagon","deadline":5})", errc::json_schema);
    EXPECT_EQ(info.pointer, "/shapeType");
    EXPECT_EQ(info.message, "expected one of Circle, Farewell, got Hexagon");
}

} // namespace
