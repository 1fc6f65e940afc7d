#include "conditional.hpp"
#include "handlers.hpp"

#include <mec/app_support/describe.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using app_support::dns_rule;
using app_support::traffic_action;
using app_support::traffic_rule;

/// Where the two kinds of rules differ.
template <class Rule> struct rule_traits;

template <> struct rule_traits<traffic_rule> {
    static constexpr auto rules = &application::traffic_rules;
    static constexpr auto id = &traffic_rule::traffic_rule_id;
    static constexpr const char* id_name = "trafficRuleId";
    static std::optional<answer> refuse_change(const traffic_rule& was, const traffic_rule& is);
};

template <> struct rule_traits<dns_rule> {
    static constexpr auto rules = &application::dns_rules;
    static constexpr auto id = &dns_rule::dns_rule_id;
    static constexpr const char* id_name = "dnsRuleId";
    static std::optional<answer> refuse_change(const dns_rule& was, const dns_rule& is)
    {
        if (same_but_for("state", was, is)) return std::nullopt;
        return problem(400, "only the state of a DNS rule can be changed");
    }
};

/// How many interfaces an action needs (clause 7.1.2.2); nothing for actions that nobody knows.
std::optional<std::size_t> interfaces_of(const open_enum<traffic_action>& action)
{
    if (!action.known()) return std::nullopt;
    switch (*action.get()) {
    case traffic_action::drop: return 0;
    case traffic_action::duplicate_decapsulated:
    case traffic_action::duplicate_encapsulated: return 2;
    case traffic_action::forward_decapsulated:
    case traffic_action::forward_encapsulated:
    case traffic_action::passthrough: break;
    }
    return 1;
}

std::optional<answer> rule_traits<traffic_rule>::refuse_change(const traffic_rule& was,
                                                               const traffic_rule& is)
{
    // A rule that the manager has configured otherwise may still be switched on and off.
    if (same_but_for("state", was, is)) return std::nullopt;
    const auto wanted = interfaces_of(is.action);
    if (!wanted || *wanted == is.dst_interface.size()) return std::nullopt;
    return problem(400, "/dstInterface: the action needs " + std::to_string(*wanted) +
                            " of them, there are " + std::to_string(is.dst_interface.size()));
}

template <class Rule> versioned<Rule>* find_rule(platform_state& s, const call& c)
{
    using traits = rule_traits<Rule>;
    auto& rules = s.find_application(c["appInstanceId"])->*traits::rules;
    const auto it = std::find_if(rules.begin(), rules.end(), [&](const versioned<Rule>& one) {
        return one.value.*traits::id == c[traits::id_name];
    });
    return it == rules.end() ? nullptr : &*it;
}

answer no_rule() { return problem(404, "there is no rule of that id"); }

} // namespace

template <class Rule> answer list_rules(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    std::vector<Rule> all;
    for (const auto& one : s.find_application(c["appInstanceId"])->*rule_traits<Rule>::rules)
        all.push_back(one.value);
    return described_answer(200, all);
}

template <class Rule> answer get_rule(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    const auto* found = find_rule<Rule>(s, c);
    return found ? tagged_answer(200, found->value, found->revision) : no_rule();
}

template <class Rule> answer update_rule(platform_state& s, call& c)
{
    using traits = rule_traits<Rule>;
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    auto* found = find_rule<Rule>(s, c);
    if (!found) return no_rule();
    if (auto refused = refuse_stale(c, found->revision)) return std::move(*refused);
    Rule merged;
    if (error e = merge(found->value, c.request.body, decoding(s), merged)) return bad_body(e);
    if (merged.*traits::id != found->value.*traits::id)
        return problem(400, std::string("/") + traits::id_name + ": cannot be changed");
    if (s.options.strict)
        if (auto refused = traits::refuse_change(found->value, merged)) return std::move(*refused);
    found->value = std::move(merged);
    found->revision = s.next_revision();
    return tagged_answer(200, found->value, found->revision);
}

template answer list_rules<traffic_rule>(platform_state&, call&);
template answer list_rules<dns_rule>(platform_state&, call&);
template answer get_rule<traffic_rule>(platform_state&, call&);
template answer get_rule<dns_rule>(platform_state&, call&);
template answer update_rule<traffic_rule>(platform_state&, call&);
template answer update_rule<dns_rule>(platform_state&, call&);

} // namespace emulator
MEC_END_NAMESPACE
