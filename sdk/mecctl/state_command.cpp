// Commands that take something away from applications: state and tokens.

#include "control_command.hpp"
#include "text.hpp"

namespace mecctl {

namespace {

using mec::emulator::loss;

struct lose_arguments : control_options {
    std::string what;
};

struct token_arguments : control_options {
    std::string app;
};

int lose(const lose_arguments& a, control_client& emulator)
{
    static const std::map<std::string, std::pair<loss, const char*>> kinds{
        {"services", {loss::services, "all services"}},
        {"subscriptions", {loss::subscriptions, "all subscriptions"}},
        {"some", {loss::some, "about half of the services and subscriptions"}},
        {"all",
         {loss::all, "services, subscriptions, readiness, tokens, and what was changed in rules"}}};
    const auto& [what, words] = kinds.at(a.what);
    const control::loss_order order{what};
    emulator.send(operations::lose_state, order);
    if (a.json) return show_json(order);
    return show("The platform has forgotten " + std::string(words) + "; nobody was told.\n");
}

template <control::token_action Action>
int change_tokens(const token_arguments& a, control_client& emulator)
{
    control::token_order order{Action, std::nullopt};
    std::string whose = "All tokens";
    if (!a.app.empty()) {
        const application_names names(emulator);
        order.app_instance_id = names.find(a.app).app_instance_id;
        whose = "The tokens of " + mec::internal::printable(a.app);
    }
    emulator.send(operations::change_tokens, order);
    if (a.json) return show_json(order);
    return show(whose + (Action == control::token_action::expire
                             ? " have expired.\n"
                             : " are revoked: the platform does not know them.\n"));
}

} // namespace

void add_state(CLI::App& app, action& chosen)
{
    auto [command, a] = add_control_command<lose_arguments>(
        app, "lose", "Let the platform forget, as one does that restarts", chosen, &lose);
    command->add_option("WHAT", a->what, "services, subscriptions, some or all")
        ->required()
        ->check(CLI::IsMember({"services", "subscriptions", "some", "all"}));

    CLI::App* const tokens = app.add_subcommand("tokens", "Take access tokens out of force");
    tokens->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, auto run) {
        auto [one, arguments] =
            add_control_command<token_arguments>(*tokens, name, what, chosen, run);
        one->add_option("--app", arguments->app, "Only of this application: name or id")
            ->type_name("APP");
    };
    add("expire", "Refuse every token so far as too old",
        &change_tokens<control::token_action::expire>);
    add("revoke", "Refuse every token so far as unknown",
        &change_tokens<control::token_action::revoke>);
}

} // namespace mecctl
