// RFC 8259 and the limits.

#include "json_test.hpp"
#include "small_stack.hpp"

namespace {

using json_test::contains;
using json_test::read;
using json_test::refused;
using mec::errc;
namespace json = mec::json;

std::string repeated(std::string_view part, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += part;
    return out;
}
std::string nested(std::size_t depth) { return repeated("[", depth) + repeated("]", depth); }

TEST(json_syntax, says_where_and_what_was_expected)
{
    const struct {
        std::string_view text;
        std::string_view message;
    } cases[] = {
        {"", "byte 0: expected a JSON value, got the end"},
        {"  ", "byte 2: expected a JSON value"},
        {"{\"a\" 1}", "byte 5: expected ':'"},
        {"{\"a\":1 \"b\":2}", "byte 7: expected ',' or '}'"},
        {"{\"a\":1,}", "byte 7: expected a member name"},
        {"[1 2]", "byte 3: expected ',' or ']'"},
        {"[1,]", "byte 3: expected a JSON value"},
        {"[1] x", "byte 4: expected the end of the document"},
        {"\"abc", "byte 4: expected '\"'"},
        {"\"a\\x\"", "byte 3: expected an escape sequence"},
        {"\"\\u12g4\"", "byte 5: expected four hexadecimal digits"},
        {"nul", "byte 0: expected a JSON value"},
        {"1.", "byte 2: expected a digit"},
        {"-", "byte 1: expected a digit"},
        {"1e+", "byte 3: expected a digit"},
        {"\xef\xbb\xbf{}", "byte 0: expected no byte order mark"},
        {"\"\n\"", "byte 1: expected no control character"},
        {"\"\xc0\x80\"", "byte 1: expected valid UTF-8"},
    };
    for (const auto& c : cases) {
        const auto info = refused<json::raw>(c.text, errc::json_syntax);
        EXPECT_TRUE(contains(info.message, c.message)) << c.text;
    }
}

TEST(json_syntax, syntax_errors_win_over_type_errors)
{
    refused<std::string>("[1,}", errc::json_syntax);
    refused<std::int32_t>("nule", errc::json_syntax);
    refused<std::int32_t>("\"\xff\"", errc::json_syntax);
    refused<std::int32_t>("01", errc::json_syntax);
}

TEST(json_syntax, reads_escapes)
{
    EXPECT_EQ(read<std::string>(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\ude00")"),
              "\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    EXPECT_EQ(read<std::string>("\"plain\\u0020then plain again, longer than sixteen bytes\""),
              "plain then plain again, longer than sixteen bytes");
}

TEST(json_syntax, refuses_lone_surrogates)
{
    for (const auto* text :
         {R"("\ud800")", R"("\ud800x")", R"("\ud800\n")", R"("\ud800\u0041")", R"("\ud800\ud800")",
          R"("\udc00")", R"("\udc00\ud800")", R"({"\udc00":1})", "\"\xed\xa0\x80\""}) {
        refused<json::raw>(text, errc::json_syntax);
    }
}

TEST(json_syntax, refuses_nul_bytes_everywhere)
{
    using namespace std::string_view_literals;
    for (const auto text : {"[1]\0"sv, "\0"sv, "[\0]"sv, "\"a\0b\""sv, "1\0"sv, "{\"a\":\0}"sv}) {
        refused<json::raw>(text, errc::json_syntax);
    }
}

TEST(json_syntax, finds_the_end_of_strings_of_every_length)
{
    for (std::size_t n = 0; n < 70; ++n) {
        const std::string text(n, 'x');
        EXPECT_EQ(read<std::string>('"' + text + '"'), text);
        EXPECT_EQ(read<std::vector<std::string>>("[\"" + text + "\",\"y\"]"),
                  (std::vector<std::string>{text, "y"}));
        refused<std::string>('"' + text, errc::json_syntax);
        refused<std::string>('"' + text + "\x1f" + text + '"', errc::json_syntax);
        refused<std::string>('"' + text + "\xc3\"", errc::json_syntax);
    }
}

TEST(json_limits, bytes_of_the_document)
{
    json::decode_options options;
    options.limits.size = 5;
    read<json::raw>("[1,2]", options);
    refused<json::raw>("[1,2] ", errc::limit_exceeded, options);
    const json::limits defaults;
    read<json::raw>(std::string(defaults.size - 1, ' ') + "1");
    refused<json::raw>(std::string(defaults.size, ' ') + "1", errc::limit_exceeded);
}

TEST(json_limits, depth)
{
    json_test::on_small_stack([] {
        const json::limits defaults;
        read<json::raw>(nested(defaults.depth));
        const auto info = refused<json::raw>(nested(defaults.depth + 1), errc::limit_exceeded);
        EXPECT_TRUE(contains(info.message, "byte 64: expected at most 64 nested")) << info.message;
        refused<json::raw>(repeated("[", 1'000'000), errc::limit_exceeded);
        refused<json::raw>(repeated("{\"a\":", 600'000), errc::limit_exceeded);
    });
}

// Constant tables cannot refer to themselves; one made at run time can.
struct tree {
    std::vector<tree> branches;
};
extern const json::type_desc tree_type;
const json::type_desc branches_type = [] {
    static const json::array_ops ops{
        [](void* p) -> void* { return &static_cast<std::vector<tree>*>(p)->emplace_back(); },
        [](void* p) { static_cast<std::vector<tree>*>(p)->clear(); }, nullptr, nullptr};
    json::type_desc d{};
    d.k = json::kind::array;
    d.element = &tree_type;
    d.array = &ops;
    return d;
}();
const json::field_desc branches_field = [] {
    json::field_desc f;
    f.name = "b";
    f.type = &branches_type;
    f.get = [](void* p) -> void* { return &static_cast<tree*>(p)->branches; };
    f.mandatory = false;
    return f;
}();
const json::type_desc tree_type = [] {
    json::type_desc d{};
    d.k = json::kind::object;
    d.fields = &branches_field;
    d.size = 1;
    return d;
}();

TEST(json_limits, depth_of_recursive_types)
{
    const auto read_tree = [](const std::string& text) {
        tree value;
        return json::decode(text, &value, tree_type);
    };
    // A tree of depth n is n objects and n - 1 arrays deep.
    const auto of_depth = [](std::size_t n) {
        return repeated("{\"b\":[", n - 1) + "{}" + repeated("]}", n - 1);
    };
    json_test::on_small_stack([&] {
        EXPECT_FALSE(read_tree(of_depth(32))) << read_tree(of_depth(32));
        EXPECT_EQ(read_tree(of_depth(33)), errc::limit_exceeded);
        EXPECT_EQ(read_tree(repeated("{\"b\":[", 400'000)), errc::limit_exceeded);
    });
}

TEST(json_limits, a_depth_beyond_the_hard_limit_is_not_honoured)
{
    json::decode_options options;
    options.limits.depth = 1'000'000;
    json_test::on_small_stack([&] {
        read<json::raw>(nested(256), options);
        refused<json::raw>(nested(257), errc::limit_exceeded, options);
    });
}

TEST(json_limits, bytes_of_a_string_after_decoding)
{
    json::decode_options options;
    options.limits.string = 20;
    const std::string full(20, 'x');
    for (const std::string& text :
         {full, repeated("\\n", 20), repeated("\xc3\xa9", 10), repeated("\\u00e9", 10)}) {
        read<std::string>('"' + text + '"', options);
        read<json::raw>("{\"" + text + "\":\"" + text + "\"}", options);
        refused<std::string>('"' + text + "x\"", errc::limit_exceeded, options);
        refused<json::raw>('"' + text + "x\"", errc::limit_exceeded, options);
        refused<json::raw>("{\"" + text + "x\":1}", errc::limit_exceeded, options);
    }
    options.limits.string = 4;
    read<specimen::inner>(R"({"lab\u0065l":""})", json::decode_options());
    refused<specimen::inner>(R"({"label":""})", errc::limit_exceeded, options);
}

TEST(json_limits, values_of_the_document)
{
    json::decode_options options;
    options.limits.elements = 4;
    for (const auto* text : {"[1,2,3]", "[[],[2]]", R"({"a":1,"b":[1]})"}) {
        read<json::raw>(text, options);
        options.limits.elements = 3;
        refused<json::raw>(text, errc::limit_exceeded, options);
        options.limits.elements = 4;
    }
    read<std::vector<std::int32_t>>("[1,2,3]", options);
    refused<std::vector<std::int32_t>>("[1,2,3,4]", errc::limit_exceeded, options);
    const json::limits defaults;
    read<json::raw>("[1" + repeated(",1", defaults.elements - 2) + "]");
    refused<json::raw>("[1" + repeated(",1", defaults.elements - 1) + "]", errc::limit_exceeded);
}

TEST(json_limits, looking_ahead_counts_once)
{
    json::decode_options options;
    options.limits.elements = 3;
    read<specimen::pet>(R"({"lives":9,"kind":"Cat"})", options);
    options.limits.elements = 4;
    read<specimen::inner>(R"({"Inner":{"label":"","weight":1}})", options);
    options.limits.elements = 3;
    refused<specimen::inner>(R"({"Inner":{"label":"","weight":1}})", errc::limit_exceeded, options);
}

TEST(json_limits, members_of_one_object)
{
    json::decode_options options;
    options.limits.keys = 2;
    read<json::raw>(R"([{"a":1,"b":2},{"a":1,"b":2}])", options);
    refused<json::raw>(R"({"a":1,"b":2,"c":3})", errc::limit_exceeded, options);
    using map = std::map<std::string, std::int32_t>;
    read<map>(R"({"a":1,"b":2})", options);
    refused<map>(R"({"a":1,"b":2,"c":3})", errc::limit_exceeded, options);
    read<specimen::inner>(R"({"label":"","x":2})", options);
    refused<specimen::inner>(R"({"label":"","x":2,"y":3})", errc::limit_exceeded, options);
}

TEST(json_limits, characters_of_a_number)
{
    const std::size_t digits = json::limits().digits;
    read<json::raw>(repeated("1", digits));
    refused<json::raw>(repeated("1", digits + 1), errc::limit_exceeded);
    refused<double>("0." + repeated("1", digits), errc::limit_exceeded);
    refused<std::int64_t>(repeated("1", digits + 1), errc::limit_exceeded);
}

} // namespace
