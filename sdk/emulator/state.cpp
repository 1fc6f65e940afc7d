#include "state.hpp"

#include "rule_file.hpp"

#include <mec/core/random.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

std::string random_uuid()
{
    std::string hex = unguessable_token(16);
    hex[12] = '4';
    constexpr char variant[] = "89ab";
    hex[16] = variant[hex[16] & 3];
    for (std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, 1, '-');
    return hex;
}

time_stamp to_time_stamp(system_time t)
{
    const auto since = t.time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds);
    return {static_cast<std::uint32_t>(seconds.count()), static_cast<std::uint32_t>(rest.count())};
}

platform_state::platform_state(const platform_options& o) : options(o) {}

application& platform_state::create_application(std::string name)
{
    return add_application({std::move(name), random_uuid(), "client-" + unguessable_token(8),
                            secret_string(unguessable_token(24))});
}

application& platform_state::add_application(application_instance instance)
{
    application app;
    app.instance = std::move(instance);
    app.conflicts_left = options.ready_conflicts;
    set_rules(app, rules_for(app.instance.name));
    std::string id = app.instance.app_instance_id;
    return applications.emplace(std::move(id), std::move(app)).first->second;
}

bool platform_state::may_speak_for(std::string_view caller, const application& app) const
{
    return caller.empty() || caller == app.instance.app_instance_id || caller == app.registered_by;
}

rule_set platform_state::rules_for(const std::string& name) const
{
    const auto own = rules_by_name.find(name);
    return own == rules_by_name.end() ? rules : joined(own->second, rules);
}

void platform_state::set_rules(application& app, rule_set all)
{
    const auto fill = [&](auto& into, const auto& from) {
        into.clear();
        for (const auto& rule : from) into.push_back({rule, next_revision()});
    };
    fill(app.traffic_rules, all.traffic_rules);
    fill(app.dns_rules, all.dns_rules);
    app.configured = std::move(all);
}

application* platform_state::find_application(std::string_view app_instance_id)
{
    const auto it = applications.find(app_instance_id);
    return it == applications.end() ? nullptr : &it->second;
}

application* platform_state::find_client(std::string_view client_id)
{
    for (auto& entry : applications)
        if (entry.second.instance.client_id == client_id) return &entry.second;
    return nullptr;
}

service& platform_state::add_service(std::string app_instance_id, service_mgmt::service_info info)
{
    namespace operations = service_mgmt::operations;
    service s;
    info.ser_instance_id = random_uuid();
    info.is_local = true;
    info.links.emplace();
    // The platform's own services are not below an application.
    info.links->self =
        link{app_instance_id.empty()
                 ? resource_url(service_mgmt::api, operations::get_service, {*info.ser_instance_id})
                 : resource_url(service_mgmt::api, operations::get_app_service,
                                {app_instance_id, *info.ser_instance_id})};
    s.app_instance_id = std::move(app_instance_id);
    s.info = std::move(info);
    s.revision = next_revision();
    services.push_back(std::move(s));
    return services.back();
}

service* platform_state::find_service(std::string_view ser_instance_id)
{
    const auto it = std::find_if(services.begin(), services.end(), [&](const service& s) {
        return *s.info.ser_instance_id == ser_instance_id;
    });
    return it == services.end() ? nullptr : &*it;
}

service* platform_state::find_liveness(std::string_view liveness_id)
{
    const auto it = std::find_if(services.begin(), services.end(), [&](const service& s) {
        return s.liveness && s.liveness->id == liveness_id;
    });
    return it == services.end() ? nullptr : &*it;
}

void platform_state::remove_service(std::string_view ser_instance_id)
{
    const service* s = find_service(ser_instance_id);
    if (s) services.erase(services.begin() + (s - services.data()));
}

std::size_t platform_state::services_of(std::string_view app_instance_id) const
{
    return static_cast<std::size_t>(
        std::count_if(services.begin(), services.end(),
                      [&](const service& s) { return s.app_instance_id == app_instance_id; }));
}

std::string platform_state::resource_url(const http::api& api, const http::operation& o,
                                         std::initializer_list<std::string_view> ids) const
{
    std::string text = api_root;
    text.append(api.base);
    std::string_view rest = o.path;
    for (std::string_view id : ids) {
        text.append(rest.substr(0, rest.find('{'))).append(id);
        rest.remove_prefix(rest.find('}') + 1);
    }
    return text.append(rest);
}

void platform_state::end_websocket(const subscription& one)
{
    if (std::holds_alternative<rni::subscription>(one.content)) gone.push_back(one.id);
}

void platform_state::forget(loss what)
{
    const bool all = what == loss::all;
    const auto lose = [&](auto& from, loss kind) {
        from.erase(std::remove_if(from.begin(), from.end(),
                                  [&](const auto& one) {
                                      const bool lost =
                                          all || what == kind ||
                                          (what == loss::some && options.random->next() % 2 == 0);
                                      if (lost) end_websocket(one);
                                      return lost;
                                  }),
                   from.end());
    };
    lose(services, loss::services);
    lose(subscriptions, loss::subscriptions);
    if (!all) return;
    tokens.revoke_all();
    terminations.clear();
    termination_order.clear();
    for (auto& entry : applications) {
        application& app = entry.second;
        app.ready = false;
        app.conflicts_left = options.ready_conflicts;
        set_rules(app, rule_set(app.configured));
    }
}

platform::environment environment_of(const platform_state& s, const application_instance& app,
                                     const std::string& ca_file)
{
    platform::environment e{{"MEC_MP1_URL", s.api_root},
                            {"MEC_APP_INSTANCE_ID", app.app_instance_id}};
    if (s.options.authorization) {
        e.emplace_back("MEC_TOKEN_URL", s.token_endpoint);
        e.emplace_back("MEC_CLIENT_ID", app.client_id);
        e.emplace_back("MEC_CLIENT_SECRET", std::string(app.client_secret.reveal()));
    }
    if (!ca_file.empty()) e.emplace_back("MEC_CA_FILE", ca_file);
    // A client secret goes to a token endpoint with http:// only where that is allowed.
    if (!s.options.tls) e.emplace_back("MEC_ALLOW_INSECURE_HTTP", "1");
    return e;
}

} // namespace emulator
MEC_END_NAMESPACE
