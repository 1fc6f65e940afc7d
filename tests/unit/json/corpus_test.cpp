// Third-party suites, through the SDK's own reader.

#include "json_test.hpp"
#include "small_stack.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace {

namespace fs = std::filesystem;
using mec::errc;
namespace json = mec::json;

const fs::path corpora = fs::path(MEC_SHARED_DATA) / "corpora";

std::string content(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

mec::error read_raw(std::string_view text)
{
    json::raw value;
    mec::error e = json::decode(text, value);
    EXPECT_TRUE(e || !value.empty());
    return e;
}

// Either verdict is right for these; ours are not to change unnoticed. What is not named is refused.
const char* const accepted_though_optional[] = {
    "i_number_double_huge_neg_exp.json",   "i_number_neg_int_huge_exp.json",
    "i_number_pos_double_huge_exp.json",   "i_number_real_neg_overflow.json",
    "i_number_real_pos_overflow.json",     "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",       "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
};

bool expected_verdict(const std::string& name)
{
    if (name[0] == 'i') {
        const auto& list = accepted_though_optional;
        return std::find(std::begin(list), std::end(list), name) != std::end(list);
    }
    return name[0] == 'y';
}

TEST(json_corpus, gives_the_verdicts_of_the_json_test_suite)
{
    const fs::path folder = corpora / "json/JSONTestSuite/test_parsing";
    if (!fs::exists(folder)) GTEST_SKIP() << "no third-party test data at " << folder;
    std::map<char, int> seen;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const std::string text = content(entry.path());
        mec::error e;
        json_test::on_small_stack([&] { e = read_raw(text); });
        EXPECT_EQ(!e, expected_verdict(name)) << name << ": " << e;
        ++seen[name[0]];
    }
    EXPECT_EQ(seen, (std::map<char, int>{{'i', 35}, {'n', 188}, {'y', 95}}));
}

// Lines `number:valid:bytes` and `number:invalid:bytes`; the bytes may be anything but a line feed.
struct utf8_case {
    std::string name;
    bool valid;
    std::string bytes;
};
std::vector<utf8_case> utf8_cases(const std::string& text)
{
    std::vector<utf8_case> cases;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t stop = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, stop - at);
        at = stop + 1;
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (first == line.npos || second == line.npos) continue;
        cases.push_back({line.substr(0, first),
                         line.substr(first + 1, second - first - 1) == "valid",
                         line.substr(second + 1)});
    }
    return cases;
}

// The suite is about UTF-8; JSON has its own opinion on controls, quotes and backslashes.
std::string quoted(const std::string& bytes)
{
    static constexpr char hex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) out += std::string("\\u00") + hex[byte >> 4] + hex[byte & 15];
        else if (c == '"' || c == '\\') out += std::string("\\") + c;
        else out += c;
    }
    return out + '"';
}

TEST(json_corpus, tells_valid_utf8_from_invalid)
{
    const fs::path file = corpora / "utf8/utf8tests.bin";
    if (!fs::exists(file)) GTEST_SKIP() << "no third-party test data at " << file;
    int valid = 0;
    int invalid = 0;
    for (const auto& c : utf8_cases(content(file))) {
        // At the end of the text, and where the reader looks at 16 bytes at a time.
        for (const std::string& padding : {std::string(), std::string(40, '.')}) {
            mec::error e;
            json_test::on_small_stack([&] { e = read_raw(quoted(padding + c.bytes + padding)); });
            EXPECT_EQ(!e, c.valid) << c.name << ": " << e;
            EXPECT_TRUE(!e || e == errc::json_syntax) << c.name << ": " << e;
        }
        ++(c.valid ? valid : invalid);
    }
    EXPECT_EQ(valid, 77);
    EXPECT_EQ(invalid, 145);
}

TEST(json_corpus, strings_survive_reading_and_writing)
{
    const fs::path file = corpora / "naughty/blns.json";
    if (!fs::exists(file)) GTEST_SKIP() << "no third-party test data at " << file;
    const auto strings = json_test::read<std::vector<std::string>>(content(file));
    EXPECT_EQ(strings.size(), 515u);
    EXPECT_EQ(json_test::read<std::vector<std::string>>(json::serialize(strings)), strings);
}

} // namespace
