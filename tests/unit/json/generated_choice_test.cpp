// Bad input for every described type, read with tolerance as clients do: what is accepted is what the
// tables say, and what is refused is refused at its place. And choices between types.

#include "described_types.hpp"
#include "json_test.hpp"
#include "table_walk.hpp"

namespace {

using json_test::all_described_types;
using json_test::contains;
using json_test::described_type;
using json_test::each_member;
using json_test::sample;
using json_test::spoiled;
using json_test::strict;
using mec::errc;
namespace json = mec::json;
using json::field_desc;
using json::kind;
using json::type_desc;

/// One value of each JSON type, and some that are nearly right.
const std::vector<std::string> values = {"true",        "null",     "[]",    "{}",       "[[]]",
                                         "1.5",         "-1e400",   "4711",  "\"4711\"", "\"\"",
                                         "\"no such\"", "\"true\"", "[null]"};

bool is_integer(kind k)
{
    return k == kind::int32 || k == kind::uint32 || k == kind::int64 || k == kind::uint64 ||
           k == kind::seconds;
}
bool is_text(const std::string& text) { return text[0] == '"'; }
bool is_number(const std::string& text)
{
    return text[0] == '-' || (text[0] > '0' && text[0] <= '9');
}

/// What the tables promise, said once more and independently of the reader.
bool acceptable(const type_desc& type, const std::string& text, const field_desc& field)
{
    const auto tolerates = [&](unsigned bit) { return (field.tolerate & bit) != 0; };
    const bool in_range = field.min <= 4711 && field.max >= 4711;
    switch (type.k) {
    case kind::raw: return true;
    case kind::optional: return text == "null" || acceptable(*type.element, text, field);
    case kind::boolean:
        return text == "true" || (tolerates(json::text_as_boolean) && text == "\"true\"");
    case kind::number: return text == "1.5" || text == "4711";
    case kind::string: return is_text(text) || (tolerates(json::number_as_text) && is_number(text));
    case kind::fixed: return text == "\"\"" && tolerates(json::defaulted);
    case kind::enumeration:
    case kind::open_enumeration:
        return type.k == kind::open_enumeration &&
               (is_text(text) ||
                (type.enumeration->form == json::enum_form::integer && text == "4711"));
    case kind::array: {
        if (text == "[]") return !field.mandatory;
        if (text == "[[]]") return acceptable(*type.element, "[]", field);
        if (text == "[null]") return acceptable(*type.element, "null", field);
        return tolerates(json::one_or_many) && acceptable(*type.element, text, field);
    }
    case kind::map: return text == "{}";
    case kind::object: {
        if (tolerates(json::text_as_object) && is_text(text)) return true;
        bool all_optional = true;
        for (std::size_t i = 0; i < type.size; ++i) {
            const field_desc& member = type.fields[i];
            all_optional =
                all_optional && (!member.mandatory || (member.tolerate & json::defaulted) != 0);
        }
        return text == "{}" && all_optional;
    }
    case kind::one_of: return false;
    default: break;
    }
    EXPECT_TRUE(is_integer(type.k));
    return in_range && (text == "4711" || (tolerates(json::text_as_number) && text == "\"4711\""));
}

bool acceptable_member(const std::string& text, const field_desc& field)
{
    const bool null_is_fine =
        !field.mandatory || (field.tolerate & json::defaulted) != 0 ||
        ((field.tolerate & json::null_as_empty) != 0 && acceptable(*field.type, "{}", field));
    return (text == "null" && null_is_fine) || acceptable(*field.type, text, field);
}

TEST(json_generated_tolerance, is_what_the_tables_say_and_nothing_else)
{
    int accepted = 0;
    int refused = 0;
    for (const auto& t : all_described_types()) {
        each_member(*t.type, {}, [&](const std::string& pointer, const field_desc& field) {
            if (field.name == "kind") return; // of a specimen: a text that decides what the rest is
            for (const auto& wrong : values) {
                const std::string text = sample(spoiled{pointer, wrong}).of(*t.type);
                std::string again;
                const mec::error e = t.rewrite(text, {}, again);
                if (acceptable_member(wrong, field)) {
                    EXPECT_FALSE(e) << t.type->name << pointer << " " << wrong << ": " << e;
                    ++accepted;
                } else {
                    EXPECT_EQ(e, errc::json_schema) << t.type->name << pointer << " " << wrong;
                    EXPECT_EQ(e.info().pointer.rfind(pointer, 0), 0u)
                        << t.type->name << " " << e.info().pointer << " instead of " << pointer;
                    EXPECT_FALSE(e.info().message.empty());
                    ++refused;
                }
            }
        });
    }
    EXPECT_GT(accepted, 1000);
    EXPECT_GT(refused, 10'000);
}

TEST(json_generated_choice, has_all_alternatives_and_no_other)
{
    int choices = 0;
    for (const auto& t : all_described_types()) {
        if (t.type->k != kind::one_of) continue;
        ++choices;
        const json::one_of_desc& choice = *t.type->one_of;
        const std::string discriminator(choice.discriminator);
        std::string again;
        for (std::size_t i = 0; i < choice.size; ++i) {
            const auto& alternative = choice.alternatives[i];
            std::string text = sample().of(*alternative.type);
            if (text.find('"' + discriminator + '"') == text.npos) {
                text = "{\"" + discriminator + "\":\"" + std::string(alternative.tag) + "\"," +
                       text.substr(1);
            } else if (text.find('"' + std::string(alternative.tag) + '"') == text.npos) {
                continue; // its own member decides, and the sample has another text there
            }
            ASSERT_FALSE(t.rewrite(text, strict(), again)) << text;
            EXPECT_EQ(again, text);
        }
        for (const char* tag : {"NoSuchType", "", "cellchange"}) {
            const mec::error e =
                t.rewrite("{\"" + discriminator + "\":\"" + tag + "\"}", {}, again);
            EXPECT_EQ(e, errc::json_schema) << tag;
            EXPECT_EQ(e.info().pointer, "/" + discriminator);
            for (std::size_t i = 0; i < choice.size; ++i) {
                EXPECT_TRUE(contains(e.info().message, choice.alternatives[i].tag));
            }
        }
        const mec::error e = t.rewrite("{}", {}, again);
        EXPECT_EQ(e.info().pointer, "/" + discriminator);
    }
    EXPECT_EQ(choices, 3);
}

} // namespace
