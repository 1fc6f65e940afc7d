#include "world.hpp"

#include "emulator/radio/scenario_tables.hpp"

#include <mec/json/codec.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace radio_test;

namespace {

std::string file_text(const std::string& name)
{
    std::ifstream in(std::string(MEC_SCENARIOS) + "/" + name);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A good scenario, a line for each thing.
std::vector<std::string> good()
{
    return {
        R"({"name": "n", "duration": 10,)",
        R"("network": {"plmns": [{"mcc": "001", "mnc": "01"}]},)",
        R"("cells": [)",
        R"({"name": "a", "cellId": "0000001", "position": {"x": 0, "y": 0}},)",
        R"({"name": "b", "technology": "NR", "cellId": "000000002"}],)",
        R"("routes": [{"name": "r", "points": [{"x": 0, "y": 0}, {"x": 9, "y": 0}], "speed": 5}],)",
        R"("ues": [)",
        R"({"name": "car", "ipv4": "10.0.0.1", "cell": "a", "erabs": [{"erabId": 5, "qci": 9}]},)",
        R"({"name": "bus", "ipv6": "::1", "route": "r"}],)",
        R"("groups": [{"name": "fan", "count": 3, "ipv4": "10.1.0.255"}],)",
        R"("events": [)",
        R"({"at": 1, "action": "HAND_OVER", "ue": "car", "cell": "b"},)",
        R"({"at": 2, "action": "SWITCH_OFF", "ue": "fan002"}]})",
    };
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

/// A mistake: what replaces what in which line, and what comes of it.
struct mistake {
    std::size_t line; ///< from 1
    const char* from;
    const char* to;
    const char* pointer;
    const char* says;
    mec::errc code = mec::errc::config_invalid;
};

const mistake mistakes[] = {
    {1, "\"name\": \"n\",", "\"name\": \"n\"", "", "expected ',' or '}'", mec::errc::json_syntax},
    {1, "\"duration\": 10", "\"duration\": \"ten\"", "/duration", "expected a number, got a string",
     mec::errc::json_schema},
    {1, "\"duration\": 10", "\"duration\": 0", "/duration", "seconds, got 0"},
    {1, "\"duration\"", "\"durations\"", "/duration", "expected the mandatory member 'duration'",
     mec::errc::json_schema},
    {1, "\"name\": \"n\"", "\"name\": \"n\", \"sede\": 1", "/sede", "got 'sede'"},
    {2, "\"01\"", "\"0x\"", "/network/plmns/0/mnc", "expected 2 or 3 digits, got '0x'"},
    {2, "[{\"mcc\": \"001\", \"mnc\": \"01\"}]", "[]", "/network/plmns", "at least one element",
     mec::errc::json_schema},
    {4, "0000001", "000001", "/cells/0/cellId", "expected 7 hexadecimal digits"},
    {4, "\"a\"", "\"b\"", "", "", mec::errc::config_invalid}, // found at the second `b`, see below
    {5, "000000002", "0000002", "/cells/1/cellId", "expected 9 hexadecimal digits"},
    {5, "\"NR\"", "\"WIFI\"", "/cells/1/technology", "expected one of LTE, NR, got WIFI",
     mec::errc::json_schema},
    {5, "\"000000002\"", "\"000000002\", \"neighbours\": [\"a\", \"c\"]", "/cells/1/neighbours/1",
     "expected the name of a cell of this scenario, got 'c'"},
    {6, ", {\"x\": 9, \"y\": 0}", "", "/routes/0/points", "expected at least two points, got 1"},
    {6, "\"speed\": 5", "\"speed\": -5", "/routes/0/speed", "m/s, got -5"},
    {8, "10.0.0.1", "10.0.0.256", "/ues/0/ipv4", "expected an IPv4 address, got '10.0.0.256'"},
    {8, "\"cell\": \"a\"", "\"cell\": \"z\"", "/ues/0/cell",
     "expected the name of a cell of this scenario, got 'z'"},
    {8, "\"erabId\": 5", "\"erabId\": 16", "/ues/0/erabs/0/erabId",
     "expected an integer from 0 to 15, got 16", mec::errc::json_schema},
    {8, "\"qci\": 9}", "\"qci\": 9}, {\"erabId\": 5, \"qci\": 1}", "/ues/0/erabs/1/erabId",
     "an id that no other E-RAB has, got 5 again"},
    {9, "\"bus\"", "\"car\"", "/ues/1/name", "a name of a UE that is used once, got 'car' again"},
    {9, "::1", "10.0.0.1", "/ues/1/ipv6", "expected an IPv6 address"},
    {9, "\"r\"", "\"way\"", "/ues/1/route", "expected the name of a route of this scenario"},
    {10, "10.1.0.255", "9.255.255.255", "/groups/0/ipv4", "used once, got '10.0.0.1' again"},
    {10, "\"count\": 3", "\"count\": 20000", "/groups/0/count", "from 1 to 10000",
     mec::errc::json_schema},
    {12, "\"at\": 1", "\"at\": 11", "/events/0/at", "0 to 10 seconds, got 11"},
    {12, "\"ue\": \"car\"", "\"ue\": \"tram\"", "/events/0/ue", "expected the name of a UE"},
    {12, ", \"cell\": \"b\"", "", "/events/0/cell", "the member 'cell', which HAND_OVER needs"},
    {12, "\"cell\": \"b\"", "\"cell\": \"c\"", "/events/0/cell", "got 'c'"},
    {13, "\"fan002\"", "\"fan002\", \"outcome\": \"REJECT\"", "/events/1/outcome",
     "SWITCH_OFF has no use for it"},
    {13, "fan002", "fan004", "/events/1/ue", "expected the name of a UE of this scenario"},
};

} // namespace

TEST(radio_scenario, a_good_one_is_read)
{
    const auto s = radio::parse_scenario(joined(good()), "good.json");
    ASSERT_TRUE(s) << s.error().what();
    EXPECT_EQ(s->cells.size(), 2u);
    EXPECT_EQ(s->ues[0].erabs[0].qci, 9);
    const auto fans = radio::members_of(s->groups[0]);
    ASSERT_EQ(fans.size(), 3u);
    EXPECT_EQ(fans[1].name, "fan002");
    EXPECT_EQ(fans[1].ipv4, "10.1.1.0");
}

TEST(radio_scenario, each_mistake_is_named_with_file_line_pointer_and_reason)
{
    for (const mistake& m : mistakes) {
        auto lines = good();
        std::string& line = lines[m.line - 1];
        const auto at = line.find(m.from);
        ASSERT_NE(at, line.npos) << m.from;
        line.replace(at, std::string(m.from).size(), m.to);
        const auto s = radio::parse_scenario(joined(lines), "bad.json");
        ASSERT_FALSE(s) << "line " << m.line << ": " << m.to;
        const mec::error_info& info = s.error().info();
        EXPECT_TRUE(s.error() == m.code) << s.error().what();
        if (*m.says == '\0') continue;
        EXPECT_EQ(info.pointer, m.pointer) << s.error().what();
        EXPECT_NE(info.message.find(m.says), std::string::npos) << s.error().what();
        const std::string where = "file bad.json, line " + std::to_string(m.line) + ", column ";
        EXPECT_EQ(info.endpoint.substr(0, where.size()), where) << s.error().what();
    }
}

TEST(radio_scenario, the_column_is_that_of_the_value)
{
    auto lines = good();
    lines[5] = R"("routes": [{"name": "r", "points": [], "speed": 5}],)";
    const auto s = radio::parse_scenario(joined(lines), "bad.json");
    ASSERT_FALSE(s);
    EXPECT_EQ(s.error().info().endpoint, "file bad.json, line 6, column 36");
}

TEST(radio_scenario, a_file_that_is_not_there_or_no_file_is_an_error)
{
    EXPECT_TRUE(radio::read_scenario("/nowhere/at all.json").error() == mec::errc::storage_error);
    EXPECT_TRUE(radio::read_scenario("/").error() == mec::errc::storage_error);
    EXPECT_TRUE(radio::parse_scenario("", "x").error() == mec::errc::json_syntax);
}

TEST(radio_scenario, the_examples_are_good)
{
    for (const char* name : {"drive.json", "stadium.json", "nr_handover.json"}) {
        const auto s = radio::read_scenario(std::string(MEC_SCENARIOS) + "/" + name);
        ASSERT_TRUE(s) << s.error().what();
        EXPECT_EQ(s->name + ".json", name);
    }
}

namespace {

using node = std::map<std::string, mec::json::raw>;

node parse(const std::string& text)
{
    auto n = mec::json::parse<node>(text);
    EXPECT_TRUE(n) << text;
    return n ? *n : node();
}

std::vector<std::string> strings(const mec::json::raw& r)
{
    auto all = mec::json::parse<std::vector<std::string>>(r.text);
    std::sort(all->begin(), all->end());
    return *all;
}

const mec::json::type_desc& innermost(const mec::json::type_desc& t)
{
    return t.element ? innermost(*t.element) : t;
}

void compare(const mec::json::type_desc& type, const node& schema, const node& defs,
             std::set<std::string>& compared);

/// One member: its kind, its range, its spellings.
void compare(const mec::json::field_desc& f, node schema, const node& defs,
             std::set<std::string>& compared)
{
    using mec::json::kind;
    if (schema.count("items") != 0) {
        EXPECT_EQ(schema["type"].text, "\"array\"");
        schema = parse(schema["items"].text);
    }
    const mec::json::type_desc& type = innermost(*f.type);
    if (type.k == kind::object) {
        EXPECT_EQ(schema["$ref"].text, "\"#/$defs/" + std::string(type.name) + "\"");
        if (compared.insert(std::string(type.name)).second)
            compare(type, parse(defs.at(std::string(type.name)).text), defs, compared);
        return;
    }
    if (type.k == kind::enumeration) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < type.enumeration->size; ++i)
            names.emplace_back(type.enumeration->values[i].name);
        std::sort(names.begin(), names.end());
        EXPECT_EQ(strings(schema["enum"]), names);
        return;
    }
    const std::map<kind, std::string> types = {
        {kind::string, "string"},  {kind::boolean, "boolean"}, {kind::number, "number"},
        {kind::int32, "integer"},  {kind::uint32, "integer"},  {kind::int64, "integer"},
        {kind::uint64, "integer"},
    };
    EXPECT_EQ(schema["type"].text, '"' + types.at(type.k) + '"');
    if (types.at(type.k) != "integer" || type.k == kind::uint64) return;
    EXPECT_EQ(schema["minimum"].text, std::to_string(f.min));
    EXPECT_EQ(schema["maximum"].text, std::to_string(f.max));
}

void compare(const mec::json::type_desc& type, const node& schema, const node& defs,
             std::set<std::string>& compared)
{
    SCOPED_TRACE(type.name);
    node properties = parse(schema.at("properties").text);
    EXPECT_EQ(schema.at("additionalProperties").text, "false");
    std::vector<std::string> mandatory;
    EXPECT_EQ(properties.size(), type.size);
    for (std::size_t i = 0; i < type.size; ++i) {
        const mec::json::field_desc& f = type.fields[i];
        SCOPED_TRACE(f.name);
        if (f.mandatory && (f.tolerate & mec::json::defaulted) == 0) mandatory.emplace_back(f.name);
        ASSERT_EQ(properties.count(std::string(f.name)), 1u);
        compare(f, parse(properties[std::string(f.name)].text), defs, compared);
    }
    std::sort(mandatory.begin(), mandatory.end());
    const auto required = schema.find("required");
    EXPECT_EQ(required == schema.end() ? std::vector<std::string>() : strings(required->second),
              mandatory);
}

} // namespace

TEST(radio_scenario, the_schema_says_what_the_reader_expects)
{
    const node schema = parse(file_text("scenario.schema.json"));
    const node defs = parse(schema.at("$defs").text);
    std::set<std::string> compared;
    compare(mec::json::type_of<radio::scenario>::value, schema, defs, compared);
    EXPECT_EQ(compared.size(), defs.size()); // nothing in the schema that nobody reads
}
