// DNS and traffic rules: the platform's manager has made them, the application switches them on. Lists
// them, then activates one of each: reads it, changes its state, and writes it back if nobody else has
// changed it since.
//
// With --keep the rules are declared instead: active while the program runs, also when the platform has
// forgotten it, and inactive again at its end.
//
// Exit status: 0 done, 1 failed, 2 wrong usage or configuration.

#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>

#include <iostream>
#include <string_view>

namespace {

using mec::app_support::dns_rule;
using mec::app_support::rule_state;
using mec::app_support::traffic_rule;

constexpr std::string_view usage =
    "usage: 04_rules [option]...\n"
    "  --dns ID       DNS rule to activate (default: the first that is inactive)\n"
    "  --traffic ID   traffic rule to activate (likewise)\n"
    "  --keep         keep them active until SIGTERM or Ctrl-C\n"
    "  --help\n"
    "The platform is named by MEC_* variables or the file in MEC_CONFIG_FILE.\n";

struct options {
    std::string dns;
    std::string traffic;
    bool keep = false;
    bool help = false;
};

std::optional<options> parse(int argc, char** argv)
{
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--help") o.help = true;
        else if (name == "--keep") o.keep = true;
        else if (name == "--dns" && i + 1 < argc) o.dns = argv[++i];
        else if (name == "--traffic" && i + 1 < argc) o.traffic = argv[++i];
        else return std::nullopt;
    }
    return o;
}

void print(const dns_rule& r)
{
    std::cout << "dns       " << r.dns_rule_id << ": " << r.domain_name << " is " << r.ip_address
              << ", " << mec::json::to_string(r.state) << std::endl;
}

void print(const traffic_rule& r)
{
    std::cout << "traffic   " << r.traffic_rule_id << ": " << mec::json::to_string(r.action)
              << ", priority " << r.priority << ", " << mec::json::to_string(r.state) << std::endl;
}

/// Prints all; the id of the first that is inactive.
template <class Rule> std::string look_at(const std::vector<Rule>& rules, std::string Rule::*id)
{
    std::string first;
    for (const Rule& rule : rules) {
        print(rule);
        if (first.empty() && rule.state == rule_state::inactive) first = rule.*id;
    }
    return first;
}

/// What is there, and what is chosen when nothing was named.
void look_around(const mec::app_support::client& client, options& o)
{
    const auto dns = mec::sync_wait(client.async_list_dns_rules()).value();
    const auto traffic = mec::sync_wait(client.async_list_traffic_rules()).value();
    const std::string first_dns = look_at(dns, &dns_rule::dns_rule_id);
    const std::string first_traffic = look_at(traffic, &traffic_rule::traffic_rule_id);
    if (o.dns.empty()) o.dns = first_dns;
    if (o.traffic.empty()) o.traffic = first_traffic;
    if (o.dns.empty() && o.traffic.empty()) std::cout << "no rule is inactive" << std::endl;
}

/// Remembers a rule as it was, and switches it on.
template <class Rule> auto switch_on(Rule& before)
{
    return [&before](Rule& rule) {
        before = rule;
        rule.state = rule_state::active;
    };
}

/// The entity tag says which version of the rule it was: it is another one after a change.
template <class Rule> void show_change(const Rule& before, const Rule& now)
{
    print(now);
    std::cout << "          was " << mec::json::to_string(before.state) << "; tag " << before.etag
              << " became " << now.etag << std::endl;
}

/// Reads, changes, writes; again from the start when somebody else was faster.
void activate(const mec::app_support::client& client, const options& o)
{
    if (!o.dns.empty()) {
        dns_rule before;
        const auto call = client.async_modify_dns_rule(o.dns, switch_on(before));
        show_change(before, mec::sync_wait(call).value());
    }
    if (!o.traffic.empty()) {
        traffic_rule before;
        const auto call = client.async_modify_traffic_rule(o.traffic, switch_on(before));
        show_change(before, mec::sync_wait(call).value());
    }
}

/// The declared way.
void keep(boost::asio::io_context& io, mec::application& app, const options& o)
{
    if (!o.dns.empty()) app.activate_dns_rule(o.dns);
    if (!o.traffic.empty()) app.activate_traffic_rule(o.traffic);
    app.stop_on_signals();
    app.on_state_change([](mec::application_state state, const mec::error& why) {
        std::cout << "state     " << to_string(state);
        if (why) std::cout << ": " << why.what();
        std::cout << std::endl;
    });
    mec::result<> ended;
    app.async_run([&](mec::result<> r) { ended = std::move(r); });
    io.run();
    ended.value();
}

} // namespace

int main(int argc, char** argv)
try {
    auto o = parse(argc, argv);
    if (!o || o->help) {
        (o ? std::cout : std::cerr) << usage;
        return o ? 0 : 2;
    }
    boost::asio::io_context io(1);
    mec::application app(io.get_executor(), mec::discovery::discover().value());
    look_around(app.app_support(), *o);
    if (o->keep) keep(io, app, *o);
    else activate(app.app_support(), *o);
    return 0;
} catch (const mec::system_error& e) {
    std::cerr << "04_rules: " << e.what() << std::endl;
    return e.error() == mec::errc::config_invalid ? 2 : 1;
}
