#include "conditional.hpp"
#include "rni_delivery.hpp"
#include "rni_expiry.hpp"
#include "rni_handlers.hpp"
#include "rni_notices.hpp"

#include <mec/rni/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

namespace operations = rni::operations;

/// Of one application.
constexpr std::size_t most_subscriptions = 1000;

bool is_own(const subscription& one, const call& c)
{
    return std::holds_alternative<rni::subscription>(one.content) &&
           (c.caller.empty() || one.app_instance_id == c.caller);
}

std::vector<subscription>::iterator find_own(platform_state& s, const call& c)
{
    return std::find_if(
        s.subscriptions.begin(), s.subscriptions.end(),
        [&](const subscription& one) { return one.id == c["subscriptionId"] && is_own(one, c); });
}

answer no_subscription() { return problem(404, "there is no subscription of that id"); }

rni::subscription& content_of(subscription& one)
{
    return std::get<rni::subscription>(one.content);
}

template <class T> constexpr bool has_application = !std::is_same_v<T, rni::s1_bearer_subscription>;

/// The instance that the criteria name; empty when they name none.
std::string application_in(const rni::subscription& content)
{
    return std::visit(
        [](const auto& one) -> std::string {
            if constexpr (has_application<std::decay_t<decltype(one)>>)
                return one.filter_criteria.app_instance_id.value_or("");
            else return {};
        },
        content);
}

template <class E>
std::optional<answer> refuse_unknown(const std::vector<open_enum<E>>& list, const char* pointer)
{
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!list[i].known())
            return problem(422, pointer + std::to_string(i) + ": the standard has no such value");
    return std::nullopt;
}

std::optional<answer> refuse_values(const rni::cell_change_subscription& one)
{
    return refuse_unknown(one.filter_criteria.ho_status, "/filterCriteriaAssocHo/hoStatus/");
}
std::optional<answer> refuse_values(const rni::meas_rep_ue_subscription& one)
{
    return refuse_unknown(one.filter_criteria.trigger, "/filterCriteriaAssocTri/trigger/");
}
std::optional<answer> refuse_values(const rni::nr_meas_rep_ue_subscription& one)
{
    return refuse_unknown(one.filter_criteria.trigger_nr, "/filterCriteriaNrMrs/triggerNr/");
}
std::optional<answer> refuse_values(const rni::s1_bearer_subscription& one)
{
    return refuse_unknown(one.event_type, "/eventType/");
}
template <class Other> std::optional<answer> refuse_values(const Other&) { return std::nullopt; }

bool is_rarely_there(rni::subscription_type type)
{
    using t = rni::subscription_type;
    return type == t::rab_mod || type == t::meas_ta || type == t::ca_reconf || type == t::s1_bearer;
}

/// 400 for what is no subscription, 422 for what is one and means nothing.
std::optional<answer> refuse_content(platform_state& s, const call& c,
                                     const rni::subscription& content)
{
    if (s.quirks.few_radio_operations && is_rarely_there(rni::type_of(content)))
        return problem(400, "the platform has no such subscriptions");
    if (auto refused = std::visit([](const auto& one) { return refuse_values(one); }, content))
        return refused;
    const std::string app = application_in(content);
    if (app.empty() || !s.options.strict) return std::nullopt;
    const application* named = s.find_application(app);
    if (!named) return problem(422, "appInstanceId of the criteria: there is no such instance");
    if (!s.may_speak_for(c.caller, *named))
        return problem(403, "appInstanceId of the criteria: belongs to another application");
    return std::nullopt;
}

/// What the standard says for what the application left out.
void fill_in_defaults(rni::subscription& content)
{
    if (auto* one = std::get_if<rni::cell_change_subscription>(&content))
        if (one->filter_criteria.ho_status.empty())
            one->filter_criteria.ho_status.emplace_back(rni::ho_status::completed);
}

/// Makes `wanted` the content of the subscription, as far as the platform agrees.
std::optional<answer> settle(platform_state& s, const call& c, subscription& one,
                             rni::subscription wanted)
{
    if (auto refused = refuse_content(s, c, wanted)) return refused;
    rni::subscription_base& common = rni::common(wanted);
    if (auto refused = agree_on_end(s, common)) return refused;
    if (auto refused = choose_delivery(s, one, common)) return refused;
    fill_in_defaults(wanted);
    common.links.emplace();
    common.links->self = link{s.resource_url(rni::api, operations::get_subscription, {one.id})};
    one.content = std::move(wanted);
    one.revision = s.next_revision();
    one.expiry_told = false;
    begin_test(s, one);
    return std::nullopt;
}

std::optional<answer> read_type(const platform_state& s, const call& c,
                                std::optional<rni::subscription_type>& out)
{
    for (const parameter& p : c.query) {
        if (p.name != "subscription_type") {
            if (!refuses_unknown_queries(s)) continue;
            return problem(400, "unknown query parameter " + p.name);
        }
        if (out) return problem(400, "subscription_type may be given once");
        for (std::size_t i = 0; i < std::variant_size_v<rni::subscription>; ++i) {
            const auto type = static_cast<rni::subscription_type>(i);
            if (rni::query_name(type) == p.value ||
                (!s.options.strict && json::to_string(type) == p.value))
                out = type;
        }
        if (!out) return problem(400, "subscription_type: there is no such type");
    }
    return std::nullopt;
}

} // namespace

answer list_radio_subscriptions(platform_state& s, call& c)
{
    std::optional<rni::subscription_type> wanted;
    if (auto refused = read_type(s, c, wanted)) return std::move(*refused);
    rni::subscription_link_list all;
    all.links.self = link{s.resource_url(rni::api, operations::list_subscriptions, {})};
    for (subscription& one : s.subscriptions) {
        if (!is_own(one, c)) continue;
        const auto type = rni::type_of(content_of(one));
        if (wanted && type != *wanted) continue;
        all.links.subscription.push_back({radio_content(one)->links->self->href, {type}});
    }
    return described_answer(200, all);
}

answer create_radio_subscription(platform_state& s, call& c)
{
    rni::subscription wanted;
    if (error e = json::decode(c.request.body, wanted, decoding(s))) return bad_body(e);
    const auto own = std::count_if(s.subscriptions.begin(), s.subscriptions.end(),
                                   [&](const subscription& one) { return is_own(one, c); });
    if (static_cast<std::size_t>(own) >= most_subscriptions)
        return problem(403, "the application instance has too many subscriptions");
    subscription made;
    made.id = random_uuid();
    // Without authorization the criteria are the only ones who say whose it is.
    made.app_instance_id = c.caller.empty() ? application_in(wanted) : c.caller;
    if (auto refused = settle(s, c, made, std::move(wanted))) return std::move(*refused);
    answer a = tagged_answer(201, content_of(made), made.revision);
    if (!s.quirks.no_radio_location)
        a.headers.append("Location", radio_content(made)->links->self->href);
    s.subscriptions.push_back(std::move(made));
    return a;
}

answer get_radio_subscription(platform_state& s, call& c)
{
    const auto found = find_own(s, c);
    if (found == s.subscriptions.end()) return no_subscription();
    return tagged_answer(200, content_of(*found), found->revision);
}

answer update_radio_subscription(platform_state& s, call& c)
{
    const auto found = find_own(s, c);
    if (found == s.subscriptions.end()) return no_subscription();
    if (auto refused = refuse_stale(c, found->revision)) return std::move(*refused);
    rni::subscription wanted;
    if (error e = json::decode(c.request.body, wanted, decoding(s))) return bad_body(e);
    const auto& links = rni::common(wanted).links;
    if (!links || !links->self || id_of(links->self->href) != found->id)
        return problem(400, "/_links/self: must be there and lead to the subscription");
    if (wanted.index() != content_of(*found).index())
        return problem(422, "/subscriptionType: cannot be changed");
    if (auto refused = settle(s, c, *found, std::move(wanted))) return std::move(*refused);
    return tagged_answer(200, content_of(*found), found->revision);
}

answer delete_radio_subscription(platform_state& s, call& c)
{
    const auto found = find_own(s, c);
    if (found == s.subscriptions.end()) return no_subscription();
    s.gone.push_back(found->id);
    s.subscriptions.erase(found);
    return empty_answer(204);
}

} // namespace emulator
MEC_END_NAMESPACE
