// Links that a platform sends: the ids in them, and where the few that are followed may lead.

#include "url_policy.hpp"

#include <mec/common/types.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using mec::errc;
using mec::id_of;
using mec::internal::target_of_link;

TEST(id_of, is_the_last_segment_of_whatever_form_the_link_has)
{
    EXPECT_EQ(id_of("https://mep.example/mec_service_mgmt/v1/services/s1"), "s1");
    EXPECT_EQ(id_of("http://[2001:db8::1]:8080/services/s1"), "s1");
    EXPECT_EQ(id_of("//mep.example/services/s1"), "s1");
    EXPECT_EQ(id_of("/services/s1"), "s1");
    EXPECT_EQ(id_of("services/s1"), "s1");
    EXPECT_EQ(id_of("s1"), "s1");
    EXPECT_EQ(id_of("urn:uuid:s1"), "uuid:s1");
}

TEST(id_of, ignores_query_fragment_and_trailing_slashes)
{
    EXPECT_EQ(id_of("/services/s1/"), "s1");
    EXPECT_EQ(id_of("/services/s1//"), "s1");
    EXPECT_EQ(id_of("/services/s1?next=/a/b"), "s1");
    EXPECT_EQ(id_of("/services/s1#/a/b"), "s1");
    EXPECT_EQ(id_of("/services/s1/?a#b"), "s1");
}

TEST(id_of, decodes_once)
{
    EXPECT_EQ(id_of("/services/a%2Fb"), "a/b");
    EXPECT_EQ(id_of("/services/a%252Fb"), "a%2Fb");
    EXPECT_EQ(id_of("/services/%c3%A9"), "\xc3\xa9");
    EXPECT_EQ(id_of("/services/100%"), "100%");
    EXPECT_EQ(id_of("/services/%4"), "%4");
    EXPECT_EQ(id_of("/services/%zz"), "%zz");
}

TEST(id_of, is_empty_when_there_is_none)
{
    for (const char* href :
         {"", "/", "///", "?a=/b", "#/b", "https://mep.example", "https://mep.example/",
          "https://mep.example?a=b/c", "//mep.example", "//mep.example/"})
        EXPECT_EQ(id_of(href), "") << href;
}

TEST(id_of, takes_a_colon_in_a_relative_path_for_no_scheme)
{
    EXPECT_EQ(id_of("/services/a:b"), "a:b");
    EXPECT_EQ(id_of("services/a://b"), "b");
}

class target_of_link_behind_a_gateway : public testing::Test {
protected:
    const mec::url base =
        mec::url::parse("https://gw.example:8443/mep/mec_service_mgmt/v1").value();
    const std::string liveness = "/mep/mec_service_mgmt/v1/liveness/s1";

    std::string target(std::string_view href) const
    {
        const auto t = target_of_link(base, href);
        return t ? *t : "refused: " + std::string(t.error().code().message());
    }
    void expect_refused(std::string_view href) const
    {
        const auto t = target_of_link(base, href);
        ASSERT_FALSE(t) << href << " leads to " << *t;
        EXPECT_EQ(t.error(), errc::unexpected_content) << href;
        EXPECT_FALSE(t.error().info().message.empty()) << href;
    }
};

TEST_F(target_of_link_behind_a_gateway, follows_what_the_platform_itself_names)
{
    EXPECT_EQ(target("https://gw.example:8443/mep/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("//gw.example:8443/mep/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("/mep/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("liveness/s1"), liveness);
    EXPECT_EQ(target("./liveness/s1"), liveness);
    EXPECT_EQ(target("liveness/s1?x=1#part"), liveness + "?x=1");
    // The standard gives the URI no shape.
    EXPECT_EQ(target("/alive?service=s1"), "/alive?service=s1");
}

TEST_F(target_of_link_behind_a_gateway, puts_back_the_prefix_that_the_platform_does_not_know_of)
{
    EXPECT_EQ(target("/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("http://10.0.0.7:8088/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("/mec_service_mgmt/v1/liveness/s1?x=1"), liveness + "?x=1");
}

TEST_F(target_of_link_behind_a_gateway, takes_only_the_path_from_a_link_with_an_inner_address)
{
    EXPECT_EQ(target("http://mep.internal/mep/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("https://evil.example/mep/mec_service_mgmt/v1/liveness/s1"), liveness)
        << "it must go to the API's own host";
}

TEST_F(target_of_link_behind_a_gateway, refuses_what_leads_away)
{
    for (const char* href :
         {"https://evil.example/", "https://evil.example/liveness/s1", "//evil.example/alive",
          "http://gw.example:8443/alive", "https://gw.example/alive",
          "https://gw.example:8443.evil.example/alive", "https://evil.example:8443/alive",
          "https://evil.example/mep/mec_service_mgmt/v10/liveness/s1",
          "https://evil.example/mep/mec_service_mgmt/v1",
          "https://evil.example/other/mep/mec_service_mgmt/v1/s1",
          "https://evil.example/mep/mec_service_mgmt/v1/../../../admin"})
        expect_refused(href);
}

TEST_F(target_of_link_behind_a_gateway, refuses_what_is_no_link)
{
    const std::string_view with_nul("/liveness/s1\0x", 14);
    for (const std::string_view href :
         {std::string_view(""), std::string_view("#liveness"),
          std::string_view("javascript:alert(1)"), std::string_view("file:///etc/passwd"),
          std::string_view("ftp://gw.example:8443/alive"), std::string_view("https://"),
          std::string_view("https://gw.example:99999/alive"), with_nul})
        expect_refused(href);
}

TEST_F(target_of_link_behind_a_gateway, refuses_credentials_in_a_link)
{
    expect_refused("https://user:secret@gw.example:8443/mep/mec_service_mgmt/v1/liveness/s1");
    expect_refused("https://gw.example:8443@evil.example/alive");
    const auto t = target_of_link(base, "https://user:secret@gw.example:8443/alive");
    EXPECT_EQ(t.error().info().message.find("secret"), std::string::npos);
}

TEST_F(target_of_link_behind_a_gateway, lets_nothing_into_the_request_line)
{
    for (const char* href :
         {"/liveness/s1\r\nX-Injected: 1", "/liveness/s1 HTTP/1.1\r\nHost: evil", "/liveness/s1\n",
          "/liveness/\ts1", "/liveness/s1 ", " /liveness/s1", "/a\x7f", "/liveness/s1?a\r\nb",
          "https://gw.example:8443/a\r\nb", "/caf\xc3\xa9"})
        expect_refused(href);
    EXPECT_EQ(target("/liveness/s1%0d%0aX:1"), "/liveness/s1%0d%0aX:1") << "harmless when encoded";
}

TEST_F(target_of_link_behind_a_gateway, resolves_dot_segments_before_it_decides)
{
    EXPECT_EQ(target("/mep/mec_service_mgmt/v1/a/../liveness/s1"), liveness);
    EXPECT_EQ(target("https://evil.example/x/../mep/mec_service_mgmt/v1/liveness/s1"), liveness);
    EXPECT_EQ(target("../../../../../alive"), "/alive");
    EXPECT_EQ(target("../alive"), "/mep/mec_service_mgmt/alive");
    expect_refused("https://evil.example/mep/mec_service_mgmt/v1/../../admin");
}

TEST_F(target_of_link_behind_a_gateway, has_a_limit)
{
    expect_refused('/' + std::string(100'000, 'a'));
}

TEST(target_of_link, works_without_a_gateway)
{
    const auto base = mec::url::parse("http://127.0.0.1:8080/mec_service_mgmt/v1").value();
    EXPECT_EQ(target_of_link(base, "/mec_service_mgmt/v1/liveness/s1").value(),
              "/mec_service_mgmt/v1/liveness/s1");
    EXPECT_EQ(target_of_link(base, "http://mep/mec_service_mgmt/v1/liveness/s1").value(),
              "/mec_service_mgmt/v1/liveness/s1");
    EXPECT_EQ(target_of_link(base, "/liveness/s1").value(), "/liveness/s1");
    EXPECT_FALSE(target_of_link(base, "http://mep/liveness/s1"));
}

TEST(target_of_link, keeps_a_prefix_of_several_segments)
{
    const auto base = mec::url::parse("https://gw/sandbox/mep1/mec_service_mgmt/v1/").value();
    for (const char* href :
         {"/mec_service_mgmt/v1/alive/1", "alive/1", "/sandbox/mep1/mec_service_mgmt/v1/alive/1"})
        EXPECT_EQ(target_of_link(base, href).value(), "/sandbox/mep1/mec_service_mgmt/v1/alive/1")
            << href;
}

TEST(target_of_link, works_with_a_base_that_has_no_version)
{
    const auto base = mec::url::parse("https://gw/services").value();
    EXPECT_EQ(target_of_link(base, "/services/alive").value(), "/services/alive");
    EXPECT_EQ(target_of_link(base, "alive").value(), "/services/alive");
    EXPECT_FALSE(target_of_link(base, "https://other/alive"));
    const auto bare = mec::url::parse("https://gw").value();
    EXPECT_EQ(target_of_link(bare, "/alive").value(), "/alive");
}

} // namespace
