// What an answer says beside its body.

#include "answer_headers.hpp"

#include <mec/app_support/types.hpp>
#include <mec/service_mgmt/types.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using mec::internal::take_headers;

mec::http::response created(std::string_view location)
{
    mec::http::response r;
    r.status = 201;
    if (!location.empty()) r.headers.append("Location", location);
    return r;
}

TEST(take_headers, keeps_the_entity_tag_as_it_came)
{
    for (const char* tag : {"\"1\"", "W/\"1\"", "unquoted", "0123456789abcdef"}) {
        mec::http::response r;
        r.status = 200;
        r.headers.append("etag", tag);
        mec::app_support::dns_rule dns;
        mec::app_support::traffic_rule traffic;
        mec::service_mgmt::service_info service;
        mec::service_mgmt::service_liveness_info liveness;
        take_headers(dns, r);
        take_headers(traffic, r);
        take_headers(service, r);
        take_headers(liveness, r);
        EXPECT_EQ(dns.etag, tag);
        EXPECT_EQ(traffic.etag, tag);
        EXPECT_EQ(service.etag, tag);
        EXPECT_EQ(liveness.etag, tag);
    }
}

TEST(take_headers, drops_an_entity_tag_that_is_too_long_to_be_sent_back)
{
    mec::http::response r;
    r.status = 200;
    r.headers.append("ETag", std::string(256, 'a'));
    mec::app_support::dns_rule rule;
    take_headers(rule, r);
    EXPECT_EQ(rule.etag.size(), 256u);
    r.headers.clear();
    r.headers.append("ETag", std::string(257, 'a'));
    mec::app_support::dns_rule other;
    take_headers(other, r);
    EXPECT_EQ(other.etag, "");
}

TEST(take_headers, finds_a_new_subscription_by_location_when_the_body_has_no_link)
{
    mec::service_mgmt::ser_availability_notification_subscription s;
    take_headers(s, created("/subscriptions/s1"));
    ASSERT_TRUE(s.links && s.links->self);
    EXPECT_EQ(s.links->self->href, "/subscriptions/s1");

    mec::app_support::app_termination_notification_subscription t;
    t.app_instance_id = "app-1";
    t.links.emplace().self = mec::link{}; // a link without href
    take_headers(t, created("/subscriptions/s2"));
    EXPECT_EQ(t.links->self->href, "/subscriptions/s2");
    EXPECT_EQ(t.app_instance_id, "app-1");
}

TEST(take_headers, trusts_the_link_in_the_body_more_than_location)
{
    mec::service_mgmt::ser_availability_notification_subscription s;
    s.links.emplace().self = mec::link{"/subscriptions/right"};
    take_headers(s, created("/subscriptions/wrong"));
    EXPECT_EQ(s.links->self->href, "/subscriptions/right");

    mec::service_mgmt::service_info service;
    service.links.emplace().self = mec::link{"/services/right"};
    take_headers(service, created("/services/wrong"));
    EXPECT_EQ(service.ser_instance_id, "right");
    EXPECT_EQ(service.links->self->href, "/services/right");
}

TEST(take_headers, does_not_believe_a_location_when_the_body_has_an_id)
{
    // NetEdge sends the href of the category; EdgeGallery that of an API which it no longer has.
    mec::service_mgmt::service_info service;
    service.ser_instance_id = "s1";
    take_headers(service, created("/example/catalogue1"));
    EXPECT_EQ(service.ser_instance_id, "s1");
    EXPECT_FALSE(service.links && service.links->self);
}

TEST(take_headers, finds_the_id_of_a_new_resource)
{
    mec::service_mgmt::service_info service;
    take_headers(service, created("https://mep/mec_service_mgmt/v1/applications/a/services/s%201"));
    EXPECT_EQ(service.ser_instance_id, "s 1");
    ASSERT_TRUE(service.links && service.links->self);

    mec::app_support::app_info info;
    take_headers(info, created("/mec_app_support/v1/registrations/app-7"));
    EXPECT_EQ(info.app_instance_id, "app-7");
    take_headers(info, created("/mec_app_support/v1/registrations/app-8"));
    EXPECT_EQ(info.app_instance_id, "app-7");
}

TEST(take_headers, takes_location_only_from_a_creation)
{
    auto answer = created("/services/s1");
    answer.status = 200;
    mec::service_mgmt::service_info service;
    take_headers(service, answer);
    EXPECT_FALSE(service.ser_instance_id);
    EXPECT_FALSE(service.links);
    take_headers(service, created("")); // and only if there is one
    EXPECT_FALSE(service.ser_instance_id);
    EXPECT_FALSE(service.links);
    take_headers(service, created("https://mep.example")); // and only one with an id
    EXPECT_FALSE(service.ser_instance_id);
}

TEST(take_headers, leaves_other_types_alone)
{
    std::vector<mec::service_mgmt::service_info> list(1);
    mec::subscription_link_list links;
    take_headers(list, created("/x"));
    take_headers(links, created("/x"));
    EXPECT_FALSE(list[0].ser_instance_id);
    EXPECT_FALSE(links.links.self);
}

} // namespace
