#include "rule_file.hpp"

#include "regular_file.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/json/codec.hpp>

#include <set>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::size_t largest_file = 4 * 1024 * 1024;

struct rule_document {
    std::vector<app_support::traffic_rule> traffic_rules;
    std::vector<app_support::dns_rule> dns_rules;
    std::map<std::string, rule_set> applications;
};

} // namespace

} // namespace emulator

namespace json {

template <> struct describe<emulator::rule_set> {
    using type = emulator::rule_set;
    static constexpr auto value = object("Rules", field<&type::traffic_rules>("trafficRules"),
                                         field<&type::dns_rules>("dnsRules"));
};

template <> struct describe<emulator::rule_document> {
    using type = emulator::rule_document;
    static constexpr auto value =
        object("RulesFile", field<&type::traffic_rules>("trafficRules"),
               field<&type::dns_rules>("dnsRules"), field<&type::applications>("applications"));
};

} // namespace json

namespace emulator {

namespace {

error invalid(std::string pointer, std::string text)
{
    error_info info;
    info.pointer = std::move(pointer);
    info.message = std::move(text);
    return {errc::config_invalid, std::move(info)};
}

template <class Rule> error check_ids(const std::vector<Rule>& rules, std::string Rule::*id,
                                      const std::string& list, const char* name)
{
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::string& text = rules[i].*id;
        const std::string at = list + '/' + std::to_string(i) + '/' + name;
        if (!is_path_id(text))
            return invalid(at,
                           "the id of a rule must be 1 to 128 letters, digits, '.', '_', '~' or "
                           "'-'");
        if (!seen.insert(text).second) return invalid(at, "two rules have the same id");
    }
    return {};
}

error check_rules_at(const std::string& at, const rule_set& rules)
{
    if (error e = check_ids(rules.traffic_rules, &app_support::traffic_rule::traffic_rule_id,
                            at + "/trafficRules", "trafficRuleId"))
        return e;
    return check_ids(rules.dns_rules, &app_support::dns_rule::dns_rule_id, at + "/dnsRules",
                     "dnsRuleId");
}

/// A member name as a token of a JSON pointer (RFC 6901).
std::string pointer_token(const std::string& name)
{
    std::string out;
    for (char c : name) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

error read_document(std::string_view text, rule_set& common, std::map<std::string, rule_set>& named)
{
    rule_document all;
    if (error e = json::decode(text, all)) return e;
    common = {std::move(all.traffic_rules), std::move(all.dns_rules)};
    if (error e = check_rules(common)) return e;
    for (auto& [name, own] : all.applications) {
        // In front, so that the pointer of what is wrong with the own rules stays right.
        const rule_set together = joined(own, common);
        if (error e = check_rules_at("/applications/" + pointer_token(name), together)) return e;
    }
    named = std::move(all.applications);
    return {};
}

} // namespace

rule_set joined(rule_set first, const rule_set& then)
{
    const auto append = [](auto& to, const auto& from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    append(first.traffic_rules, then.traffic_rules);
    append(first.dns_rules, then.dns_rules);
    return first;
}

error check_rules(const rule_set& rules) { return check_rules_at("", rules); }

error read_rules(const std::string& path, platform_state& s)
{
    auto text = internal::read_regular_file(path, largest_file);
    if (!text) return text.error();
    if (error e = read_document(*text, s.rules, s.rules_by_name)) {
        error_info info = e.info();
        info.endpoint = "file " + path;
        return e.with(std::move(info));
    }
    for (auto& entry : s.applications)
        s.set_rules(entry.second, s.rules_for(entry.second.instance.name));
    return {};
}

} // namespace emulator
MEC_END_NAMESPACE
