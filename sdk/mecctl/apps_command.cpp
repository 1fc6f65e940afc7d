#include "control_command.hpp"
#include "text.hpp"

namespace mecctl {

namespace {

using mec::emulator::application_snapshot;

struct app_arguments : control_options {
    std::string app;
};

int list_apps(const control_options& a, control_client& emulator)
{
    const auto all =
        emulator.call<std::vector<application_snapshot>>(operations::list_applications);
    if (a.json) return show_json(all);
    table rows({"NAME", "STATE", "ORIGIN", "ID"});
    for (const application_snapshot& app : all)
        rows.add({app.name,
                  app.ready ? cell("ready", colour::green) : cell("not ready", colour::yellow),
                  app.registered ? "registered itself" : "created here", app.app_instance_id});
    return show_table(rows,
                      "No applications. Make one with `mecctl apps create NAME`, or start the "
                      "emulator with --app NAME.");
}

int create_app(const app_arguments& a, control_client& emulator)
{
    auto made = emulator.send<control::made_application>(operations::create_application,
                                                         control::new_application{a.app});
    const std::string& ca = emulator.where().applications_ca;
    if (!ca.empty() && emulator.where().base.origin().secure())
        made.environment["MEC_CA_FILE"] = ca;
    if (a.json) return show_json(made);
    std::string out;
    for (const auto& [name, value] : made.environment)
        out += "export " + name + '=' + shell_quoted(value) + '\n';
    return show(out);
}

int delete_app(const app_arguments& a, control_client& emulator)
{
    const application_names names(emulator);
    const application_snapshot& app = names.find(a.app);
    emulator.call(operations::delete_application, app.app_instance_id);
    if (a.json) return show_json(app);
    return show("Deleted " + mec::internal::printable(app.name) +
                " with its services, subscriptions and tokens; it was not told.\n");
}

} // namespace

void add_apps(CLI::App& app, action& chosen)
{
    auto [apps, ignored] = add_control_command<control_options>(
        app, "apps", "List application instances, or make and delete them", chosen, &list_apps);
    apps->require_subcommand(0, 1);
    auto [create, created] = add_control_command<app_arguments>(
        *apps, "create", "Make an application instance and print its environment", chosen,
        &create_app);
    create->add_option("NAME", created->app, "Its name")->required();
    create->footer("For example:  eval \"$(mecctl apps create camera)\" && ./my_app");
    auto [remove, removed] = add_control_command<app_arguments>(
        *apps, "delete", "Delete one without telling it, with all that it has made", chosen,
        &delete_app);
    remove->add_option("APP", removed->app, "Name or id")->required();
    remove->footer("To end an application in good order use `mecctl terminate`.");
}

} // namespace mecctl
