// Good and bad input for every described type, made from the tables that the reader uses: a table
// and its type cannot disagree unnoticed, and no member can be left unchecked.

#include "described_types.hpp"
#include "json_test.hpp"
#include "table_walk.hpp"

namespace {

using json_test::all_described_types;
using json_test::described_type;
using json_test::each_member;
using json_test::sample;
using json_test::spoiled;
using json_test::strict;
using json_test::without_optional;
using mec::errc;
namespace json = mec::json;
using json::field_desc;
using json::kind;

void expect_accepted(const described_type& t, const std::string& text,
                     const json::decode_options& options)
{
    std::string once;
    std::string twice;
    const mec::error e = t.rewrite(text, options, once);
    ASSERT_FALSE(e) << t.type->name << " " << text << ": " << e;
    const mec::error again = t.rewrite(once, options, twice);
    ASSERT_FALSE(again) << t.type->name << " " << once << ": " << again;
    EXPECT_EQ(once, twice);
}

void expect_refused(const described_type& t, const spoiled& change)
{
    const std::string text = sample(change).of(*t.type);
    std::string ignored;
    const mec::error e = t.rewrite(text, strict(), ignored);
    EXPECT_EQ(e, errc::json_schema) << t.type->name << " " << text << ": " << e;
    EXPECT_EQ(e.info().pointer, change.pointer) << text;
}

TEST(json_generated, full_documents_survive_reading_and_writing)
{
    for (const auto& t : all_described_types()) {
        const std::string text = sample().of(*t.type);
        std::string again;
        ASSERT_FALSE(t.rewrite(text, strict(), again)) << text;
        EXPECT_EQ(again, text);
        expect_accepted(t, text, {});
    }
}

TEST(json_generated, mandatory_members_are_enough)
{
    for (const auto& t : all_described_types()) {
        const std::string text = sample({}, true).of(*t.type);
        expect_accepted(t, text, strict());
        expect_accepted(t, text, {});
    }
}

TEST(json_generated, each_missing_mandatory_member_is_found)
{
    int checked = 0;
    for (const auto& t : all_described_types()) {
        each_member(*t.type, {}, [&](const std::string& pointer, const field_desc& field) {
            const spoiled change{pointer, {}, true};
            if (!field.mandatory) return expect_accepted(t, sample(change).of(*t.type), strict());
            expect_refused(t, change);
            std::string ignored;
            const mec::error lenient = t.rewrite(sample(change).of(*t.type), {}, ignored);
            EXPECT_EQ(!lenient, (field.tolerate & json::defaulted) != 0) << pointer;
            ++checked;
        });
    }
    EXPECT_GT(checked, 80);
}

std::vector<std::string> wrong_values(const json::type_desc& type)
{
    const bool integers = type.enumeration && type.enumeration->form == json::enum_form::integer;
    switch (type.k) {
    case kind::boolean: return {"1", "\"true\"", "null", "[]", "{}"};
    case kind::int32:
    case kind::uint32:
    case kind::int64:
    case kind::uint64:
    case kind::seconds: return {"true", "\"1\"", "1.5", "1.0", "1e2", "1e400", "null", "[]", "{}"};
    case kind::number: return {"true", "\"1\"", "1e400", "null", "[]", "{}"};
    case kind::string: return {"true", "1", "null", "[]", "{}"};
    case kind::fixed: return {"true", "1", "null", "[]", "{}", "\"NOT ONE OF THEM\"", "\"\""};
    case kind::enumeration:
        if (!integers) return {"true", "1", "null", "[]", "{}", "\"NOT ONE OF THEM\"", "\"\""};
        return {"true", "1.0", "null", "[]", "{}", "\"NOT ONE OF THEM\"", "4711"};
    case kind::open_enumeration:
        if (!integers) return {"true", "1", "null", "[]", "{}"};
        return {"true", "1.0", "null", "[]", "{}", "\"UNKNOWN\""};
    case kind::array: return {"true", "1", "\"x\"", "null", "{}"};
    case kind::map:
    case kind::object:
    case kind::one_of: return {"true", "1", "\"x\"", "null", "[]"};
    default: return {};
    }
}

TEST(json_generated, values_of_the_wrong_type_are_found)
{
    for (const auto& t : all_described_types()) {
        each_member(*t.type, {}, [&](const std::string& pointer, const field_desc& field) {
            for (const auto& wrong : wrong_values(without_optional(*field.type))) {
                expect_refused(t, {pointer, wrong});
            }
        });
        for (const auto& wrong : wrong_values(*t.type)) expect_refused(t, {"", wrong});
    }
}

// The two integers next to the range of a member, or beyond what its type holds.
std::vector<std::string> beyond(kind k, const field_desc& field)
{
    std::vector<std::string> out{"99999999999999999999999", "-99999999999999999999999"};
    std::int64_t least = field.min;
    std::int64_t most = field.max;
    switch (k) {
    case kind::int32:
        least = std::max<std::int64_t>(least, INT32_MIN);
        most = std::min<std::int64_t>(most, INT32_MAX);
        break;
    case kind::uint32:
        least = std::max<std::int64_t>(least, 0);
        most = std::min<std::int64_t>(most, UINT32_MAX);
        break;
    case kind::uint64: least = std::max<std::int64_t>(least, 0); break;
    default: break;
    }
    if (least != INT64_MIN) out.push_back(std::to_string(least - 1));
    else out.emplace_back("-9223372036854775809");
    if (most != INT64_MAX) out.push_back(std::to_string(most + 1));
    else out.emplace_back(k == kind::uint64 ? "18446744073709551616" : "9223372036854775808");
    return out;
}

TEST(json_generated, integers_out_of_range_are_found)
{
    int checked = 0;
    for (const auto& t : all_described_types()) {
        each_member(*t.type, {}, [&](const std::string& pointer, const field_desc& field) {
            const kind k = without_optional(*field.type).k;
            const bool integer = k == kind::int32 || k == kind::uint32 || k == kind::int64 ||
                                 k == kind::uint64 || k == kind::seconds;
            if (!integer) return;
            for (const auto& wrong : beyond(k, field)) expect_refused(t, {pointer, wrong});
            ++checked;
        });
    }
    EXPECT_GT(checked, 20);
}

TEST(json_generated, members_that_stand_twice_are_found)
{
    for (const auto& t : all_described_types()) {
        const std::string text = sample().of(*t.type);
        if (t.type->k != kind::object) continue;
        const field_desc& first = t.type->fields[0];
        const std::string name(first.name);
        const std::string twice =
            "{\"" + name + "\":" + sample().of(*first.type, &first) + "," + text.substr(1);
        std::string ignored;
        for (const auto& options : {strict(), json::decode_options{}}) {
            const mec::error e = t.rewrite(twice, options, ignored);
            EXPECT_EQ(e, errc::json_schema) << twice << e;
            EXPECT_EQ(e.info().pointer, "/" + name);
        }
    }
}

TEST(json_generated, every_truncation_is_a_syntax_error)
{
    for (const auto& t : all_described_types()) {
        const std::string text = sample().of(*t.type);
        for (std::size_t n = 0; n < text.size(); ++n) {
            std::string ignored;
            const mec::error e = t.rewrite(text.substr(0, n), {}, ignored);
            EXPECT_EQ(e, errc::json_syntax) << text.substr(0, n) << ": " << e;
        }
    }
}

TEST(json_generated, unknown_members_are_kept_or_skipped_everywhere)
{
    for (const auto& t : all_described_types()) {
        if (t.type->k != kind::object) continue;
        const std::string unknown = R"("unknownToAll":{"a":[1,"x",null]})";
        const std::string text = "{" + unknown + "," + sample().of(*t.type).substr(1);
        std::string again;
        ASSERT_FALSE(t.rewrite(text, strict(), again)) << text;
        EXPECT_EQ(again.find(unknown) != again.npos, t.type->rest != nullptr) << again;
    }
}

} // namespace
