#include "handlers.hpp"

#include <mec/app_support/operations.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using availability = service_mgmt::ser_availability_notification_subscription;
using termination_notice = app_support::app_termination_notification_subscription;

/// Of one application and one kind.
constexpr std::size_t most_subscriptions = 1000;

/// Where the two kinds of subscriptions differ.
template <class Content> struct content_traits;

template <> struct content_traits<termination_notice> {
    static constexpr const http::api& api = app_support::api;
    static constexpr const http::operation& list = app_support::operations::list_subscriptions;
    static constexpr const http::operation& get = app_support::operations::get_subscription;

    static std::optional<answer> refuse(const termination_notice& content, const call& c)
    {
        if (content.app_instance_id == c["appInstanceId"]) return std::nullopt;
        return problem(400, "/appInstanceId: must be the application instance of the path");
    }
};

template <> struct content_traits<availability> {
    static constexpr const http::api& api = service_mgmt::api;
    static constexpr const http::operation& list = service_mgmt::operations::list_subscriptions;
    static constexpr const http::operation& get = service_mgmt::operations::get_subscription;

    static std::optional<answer> refuse(const availability& content, const call&)
    {
        if (!content.filtering_criteria) return std::nullopt;
        const auto& f = *content.filtering_criteria;
        const int kinds = int{!f.ser_instance_ids.empty()} + int{!f.ser_names.empty()} +
                          int{!f.ser_categories.empty()};
        if (kinds < 2) return std::nullopt;
        return problem(400, "/filteringCriteria: only one of serInstanceIds, serNames and "
                            "serCategories may be used");
    }
};

template <class Content> bool is_own(const subscription& one, const call& c)
{
    return std::holds_alternative<Content>(one.content) &&
           one.app_instance_id == c["appInstanceId"];
}

template <class Content> std::vector<subscription>::iterator find(platform_state& s, const call& c)
{
    return std::find_if(s.subscriptions.begin(), s.subscriptions.end(),
                        [&](const subscription& one) {
                            return one.id == c["subscriptionId"] && is_own<Content>(one, c);
                        });
}

answer no_subscription() { return problem(404, "there is no subscription of that id"); }

} // namespace

std::optional<answer> refuse_callback(const std::string& text, url& out)
{
    auto parsed = url::parse(text);
    if (!parsed) return problem(400, "/callbackReference: " + parsed.error().info().message);
    if (parsed->origin().scheme != "http" && parsed->origin().scheme != "https")
        return problem(400, "/callbackReference: must be an http or https URL");
    out = std::move(*parsed);
    return std::nullopt;
}

template <class Content> answer list_subscriptions(platform_state& s, call& c)
{
    using traits = content_traits<Content>;
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    subscription_link_list all;
    all.links.self = link{s.resource_url(traits::api, traits::list, {c["appInstanceId"]})};
    for (const subscription& one : s.subscriptions) {
        if (!is_own<Content>(one, c)) continue;
        const Content& content = std::get<Content>(one.content);
        all.links.subscriptions.push_back(
            {content.links->self->href, std::string(json::to_string(content.subscription_type))});
    }
    return described_answer(200, all);
}

template <class Content> answer create_subscription(platform_state& s, call& c)
{
    using traits = content_traits<Content>;
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    Content content;
    if (error e = json::decode(c.request.body, content, decoding(s))) return bad_body(e);
    subscription made;
    if (auto refused = refuse_callback(content.callback_reference, made.callback))
        return std::move(*refused);
    if (auto refused = traits::refuse(content, c)) return std::move(*refused);
    const auto own =
        std::count_if(s.subscriptions.begin(), s.subscriptions.end(),
                      [&](const subscription& one) { return is_own<Content>(one, c); });
    if (static_cast<std::size_t>(own) >= most_subscriptions)
        return problem(403, "the application instance has too many subscriptions");

    made.id = random_uuid();
    made.app_instance_id = c["appInstanceId"];
    content.links.emplace();
    content.links->self =
        link{s.resource_url(traits::api, traits::get, {made.app_instance_id, made.id})};
    answer a = described_answer(201, content);
    a.headers.append("Location", content.links->self->href);
    made.content = std::move(content);
    s.subscriptions.push_back(std::move(made));
    return a;
}

template <class Content> answer get_subscription(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    const auto found = find<Content>(s, c);
    if (found == s.subscriptions.end()) return no_subscription();
    return described_answer(200, std::get<Content>(found->content));
}

template <class Content> answer delete_subscription(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    const auto found = find<Content>(s, c);
    if (found == s.subscriptions.end()) return no_subscription();
    s.gone.push_back(found->id);
    s.subscriptions.erase(found);
    return empty_answer(204);
}

template answer list_subscriptions<termination_notice>(platform_state&, call&);
template answer list_subscriptions<availability>(platform_state&, call&);
template answer create_subscription<termination_notice>(platform_state&, call&);
template answer create_subscription<availability>(platform_state&, call&);
template answer get_subscription<termination_notice>(platform_state&, call&);
template answer get_subscription<availability>(platform_state&, call&);
template answer delete_subscription<termination_notice>(platform_state&, call&);
template answer delete_subscription<availability>(platform_state&, call&);

} // namespace emulator
MEC_END_NAMESPACE
