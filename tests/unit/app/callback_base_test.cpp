#include "callback_base.hpp"

#include <gtest/gtest.h>

namespace {

using mec::internal::leads_to;

const std::string mine(32, 'a');
const std::string other(32, 'b');
const std::string channel = "/" + std::string(32, 'c');

std::optional<mec::url> url(const std::string& text)
{
    const auto u = mec::url::parse(text);
    EXPECT_TRUE(u);
    return u ? std::optional(*u) : std::nullopt;
}

TEST(callback_base, knows_the_callbacks_of_an_earlier_life_wherever_it_was)
{
    const auto here = url("http://10.0.0.1:4000/mec/" + mine);
    for (const std::string& base :
         {std::string("http://10.0.0.1:4000/mec/"), std::string("http://10.0.0.9:5000/mec/"),
          std::string("https://ingress.example/prefix/mec/")})
        for (const bool exclusive : {true, false})
            EXPECT_TRUE(leads_to(base + mine + channel, here, exclusive, mine, true)) << base;
}

TEST(callback_base, knows_them_before_its_own_address_is_known)
{
    EXPECT_TRUE(
        leads_to("http://10.0.0.1:4000/mec/" + mine + channel, std::nullopt, true, mine, true));
    EXPECT_FALSE(
        leads_to("http://10.0.0.1:4000/mec/" + other + channel, std::nullopt, true, mine, true));
}

TEST(callback_base, without_a_memory_only_the_port_that_it_holds_counts)
{
    const auto here = url("http://10.0.0.1:4000/mec/" + mine);
    const std::string same_port = "http://10.0.0.1:4000/mec/" + other + channel;
    EXPECT_TRUE(leads_to(same_port, here, true, mine, false));
    EXPECT_FALSE(leads_to(same_port, here, false, mine, false)) << "an ingress serves others, too";
    EXPECT_FALSE(leads_to("http://10.0.0.1:4001/mec/" + mine + channel, here, true, mine, false));
    EXPECT_FALSE(leads_to("http://10.0.0.1:4000/other" + channel, here, true, mine, false));
}

TEST(callback_base, leaves_another_instance_alone)
{
    const auto here = url("http://10.0.0.1:4000/mec/" + mine);
    EXPECT_FALSE(leads_to("http://10.0.0.2:4000/mec/" + other + channel, here, true, mine, true));
    EXPECT_FALSE(leads_to("http://10.0.0.1:4001/mec/" + other + channel, here, true, mine, true));
    EXPECT_FALSE(leads_to("https://10.0.0.1:4000/mec/" + other + channel, here, true, mine, true));
}

TEST(callback_base, is_not_impressed_by_what_is_no_callback)
{
    const auto here = url("http://10.0.0.1:4000/mec/" + mine);
    for (const std::string& text :
         {std::string(), std::string("/mec/") + mine + channel,
          "http://10.0.0.1:4000/mec/" + mine + "x/y", "http://h/?/mec/" + mine + "/",
          "mailto:" + mine, std::string("http://[/mec/")})
        EXPECT_FALSE(leads_to(text, here, false, mine, true)) << text;
}

} // namespace
