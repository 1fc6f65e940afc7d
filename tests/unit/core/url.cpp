#include <mec/core/url.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using mec::errc;
using mec::url;

url good(const std::string& text)
{
    auto parsed = url::parse(text);
    EXPECT_TRUE(parsed) << text << ": " << parsed.error();
    return parsed ? *parsed : url{};
}

void expect_refused(const std::string& text)
{
    const auto parsed = url::parse(text);
    ASSERT_FALSE(parsed) << text << " was read as " << parsed->to_string();
    EXPECT_EQ(parsed.error(), errc::config_invalid);
}

TEST(url, splits_what_it_reads)
{
    const url u = good("HTTPS://Mep.Example:8443/mep1/a%2Fb?x=1&y=%20");
    EXPECT_EQ(u.origin().scheme, "https");
    EXPECT_EQ(u.origin().host, "mep.example");
    EXPECT_EQ(u.origin().port, 8443);
    EXPECT_TRUE(u.origin().secure());
    EXPECT_EQ(u.path(), "/mep1/a%2Fb");
    EXPECT_EQ(u.query(), "x=1&y=%20");
    EXPECT_EQ(u.target(), "/mep1/a%2Fb?x=1&y=%20");
    EXPECT_EQ(u.to_string(), "https://mep.example:8443/mep1/a%2Fb?x=1&y=%20");
}

TEST(url, fills_in_port_and_path)
{
    EXPECT_EQ(good("http://h").to_string(), "http://h/");
    EXPECT_EQ(good("http://h:80").origin().authority(), "h");
    EXPECT_EQ(good("https://h").origin().port, 443);
    EXPECT_EQ(good("ws://h").origin().port, 80);
    EXPECT_EQ(good("wss://h:80").origin().authority(), "h:80");
    EXPECT_EQ(good("http://h?").to_string(), "http://h/");
    EXPECT_EQ(good("http://h?a=b?c/d").query(), "a=b?c/d");
}

TEST(url, reads_addresses_in_their_canonical_form)
{
    EXPECT_EQ(good("http://[0:0:0:0:0:0:0:1]:8080/").origin().authority(), "[::1]:8080");
    EXPECT_EQ(good("http://[FD77::A]").to_string(), "http://[fd77::a]/");
    EXPECT_EQ(good("http://10.0.2.15").origin().host, "10.0.2.15");
    EXPECT_TRUE(good("http://[::1]").origin().host_is_address());
    EXPECT_TRUE(good("http://10.0.2.15").origin().host_is_address());
    EXPECT_FALSE(good("http://mep.example").origin().host_is_address());
}

TEST(url, knows_loopback)
{
    for (const char* text :
         {"http://127.0.0.1", "http://127.9.9.9", "http://[::1]", "http://LOCALHOST"}) {
        EXPECT_TRUE(good(text).origin().is_loopback()) << text;
    }
    for (const char* text :
         {"http://128.0.0.1", "http://[::2]", "http://localhost.example", "http://0.0.0.0"}) {
        EXPECT_FALSE(good(text).origin().is_loopback()) << text;
    }
}

TEST(url, accepts_names_of_clusters_and_absolute_names)
{
    EXPECT_EQ(good("http://mep_1.mec-system.svc").origin().host, "mep_1.mec-system.svc");
    EXPECT_EQ(good("http://mep.example./").origin().host, "mep.example.");
    EXPECT_EQ(good("http://xn--bcher-kva.example").origin().host, "xn--bcher-kva.example");
    EXPECT_EQ(good("http://1and1.example").origin().host, "1and1.example");
}

TEST(url, refuses_what_parsers_read_in_different_ways)
{
    const std::vector<std::string> cases{"",
                                         "/",
                                         "h",
                                         "//h/",
                                         "http",
                                         "http:",
                                         "http:/h",
                                         "http:h",
                                         "http:///x",
                                         "htp://h",
                                         "file:///etc",
                                         "http://a@b/",
                                         "http://a:b@c/",
                                         "http://@h/",
                                         "http://h\\@evil/",
                                         "http:\\\\h/",
                                         "http://h/a\\b",
                                         " http://h/",
                                         "http://h/ ",
                                         "http://h/\t",
                                         "ht\ntp://h/",
                                         "http://h\r\n/",
                                         "http://h /",
                                         "http://0x7f.1/",
                                         "http://127.1/",
                                         "http://0177.0.0.1/",
                                         "http://2130706433/",
                                         "http://0x7f000001/",
                                         "http://1.2.3.4.5/",
                                         "http://256.1.1.1/",
                                         "http://1.2.3.4./",
                                         "http://example.0x/",
                                         "http://a.09/",
                                         "http://01.2.3.4/",
                                         "http://h%61/",
                                         "http://%68/",
                                         "http://h\xc3\xbc/",
                                         "http://\xef\xbd\x88/",
                                         "http://[::1/",
                                         "http://::1/",
                                         "http://[::1]x/",
                                         "http://[::1]x:80/",
                                         "http://[::1%25lo]/",
                                         "http://[::1%lo]/",
                                         "http://[]/",
                                         "http://[v1.a]/",
                                         "http://[1.2.3.4]/",
                                         "http://[:]/",
                                         "http://h]/",
                                         "http://h:/",
                                         "http://h:0/",
                                         "http://h:65536/",
                                         "http://h:+80/",
                                         "http://h:-1/",
                                         "http://h:080/",
                                         "http://h: 80/",
                                         "http://h:80:80/",
                                         "http://h:8a/",
                                         "http://h:99999999999999999999/",
                                         "http://.h/",
                                         "http://a..b/",
                                         "http://./",
                                         "http://a,b/",
                                         "http://a~b/",
                                         "http://a*b/",
                                         "http://h/#f",
                                         "http://h#f",
                                         "http://h?#f",
                                         "http://h/<",
                                         "http://h/\"",
                                         "http://h/{x}",
                                         "http://h/a|b",
                                         "http://h/[",
                                         "http://h/%",
                                         "http://h/%4",
                                         "http://h/%zz",
                                         "http://h/?%",
                                         "http://h/?<",
                                         "http://h/%2e%2E/x",
                                         "http://h/.%2e",
                                         "http://h/%2e",
                                         "http://h/\x7f",
                                         "http://h/\x80"};
    for (const auto& text : cases) expect_refused(text);
    expect_refused(std::string("http://h/\0", 10));
    expect_refused("http://" + std::string(64, 'a') + "/");
    std::string long_name = "http://";
    for (int i = 0; i < 127; ++i) long_name += "a.";
    expect_refused(long_name + "com/");
}

TEST(url, limits_the_length)
{
    const std::string head = "http://h/";
    good(head + std::string(8000 - head.size(), 'a'));
    expect_refused(head + std::string(8001 - head.size(), 'a'));
}

TEST(url, removes_dot_segments)
{
    EXPECT_EQ(good("http://h/a/./b/../c").path(), "/a/c");
    EXPECT_EQ(good("http://h/../../x").path(), "/x");
    EXPECT_EQ(good("http://h/a/..").path(), "/");
    EXPECT_EQ(good("http://h/a/b/.").path(), "/a/b/");
    EXPECT_EQ(good("http://h/a//b/").path(), "/a//b/");
    EXPECT_EQ(good("http://h/a/.../b%2e").path(), "/a/.../b%2e");
}

TEST(url, errors_never_repeat_the_input)
{
    const std::string secret = "hunter2";
    for (const std::string& text :
         {"http://user:" + secret + "@h/", secret, "http://" + secret + "!/", "http://h:" + secret,
          "http://h/<" + secret, "http://h/?" + secret + "#"}) {
        const auto parsed = url::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().what().find(secret), std::string::npos) << parsed.error();
    }
}

TEST(url, resolves_references_as_rfc_3986_clause_5_4_does)
{
    const url base = good("http://a/b/c/d;p?q");
    const std::vector<std::pair<std::string, std::string>> cases{
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g/"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q"},
        {"g#s", "http://a/b/c/g"},
        {"g?y#s", "http://a/b/c/g?y"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"https://x/y", "https://x/y"},
        {"./a:b", "http://a/b/c/a:b"}};
    for (const auto& [reference, expected] : cases) {
        const auto got = base.resolve(reference);
        ASSERT_TRUE(got) << reference << ": " << got.error();
        EXPECT_EQ(got->to_string(), expected) << reference;
    }
}

TEST(url, resolving_is_as_strict_as_parsing)
{
    const url base = good("https://mep.example:8443/mep1/x");
    for (const char* reference :
         {"g:h", "http:g", "http:/g", "javascript:x", "\\\\evil", "/\\evil", "//a@b/", "//", "///x",
          " g", "g h", "\tg", "a%2", "%2e%2e/x", "//127.1/", "#\n", "\xc3\xbc"}) {
        const auto got = base.resolve(reference);
        EXPECT_FALSE(got) << reference << " became " << got->to_string();
    }
    EXPECT_EQ(base.resolve("//evil.example/x")->origin().host, "evil.example");
    EXPECT_EQ(base.resolve("/x")->origin(), base.origin());
}

TEST(url, resolving_keeps_to_the_limit_of_length)
{
    const url base = good("http://h/" + std::string(5000, 'a') + "/");
    EXPECT_FALSE(base.resolve(std::string(5000, 'b')));
}

TEST(url, appends_a_suffix_with_one_slash)
{
    EXPECT_EQ(good("http://h").with_path_suffix("/v1").path(), "/v1");
    EXPECT_EQ(good("http://h/mep/").with_path_suffix("/v1").path(), "/mep/v1");
    EXPECT_EQ(good("http://h/mep").with_path_suffix("/v1").path(), "/mep/v1");
}

TEST(query_builder, encodes_names_and_values_once)
{
    std::string target = "/services";
    mec::query_builder(target).add("ser_name", "a&b=c").add("x y", "50%").add("e", "");
    EXPECT_EQ(target, "/services?ser_name=a%26b%3Dc&x%20y=50%25&e=");
}

TEST(is_path_id, takes_only_what_needs_no_encoding)
{
    for (const char* id : {"a", "5abe4782-2c70-4e47-9a4e-0ee3a1a0fd1f", "a.b_c~d", "...", "A9"}) {
        EXPECT_TRUE(mec::is_path_id(id)) << id;
    }
    for (const char* id :
         {"", ".", "..", "../x", "%2e%2e", "a/b", "a?b", "a#b", "a%00", "a b", "a\n", "\xc3\xbc"}) {
        EXPECT_FALSE(mec::is_path_id(id)) << id;
    }
    EXPECT_TRUE(mec::is_path_id(std::string(128, 'a')));
    EXPECT_FALSE(mec::is_path_id(std::string(129, 'a')));
    EXPECT_FALSE(mec::is_path_id(std::string("a\0b", 3)));
}

} // namespace
