#include "state.hpp"

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

platform_state::platform_state(const platform_options& o) : options(o) {}

const application_instance& platform_state::create_application(std::string name)
{
    application app;
    app.instance.name = std::move(name);
    app.instance.app_instance_id = random_uuid();
    app.instance.client_id = "client-" + unguessable_token(8);
    app.instance.client_secret = secret_string(unguessable_token(24));
    app.conflicts_left = options.ready_conflicts;
    std::string id = app.instance.app_instance_id;
    return applications.emplace(std::move(id), std::move(app)).first->second.instance;
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
    service s;
    info.ser_instance_id = random_uuid();
    info.is_local = true;
    info.links.emplace();
    info.links->self.emplace();
    info.links->self->href = service_url(app_instance_id, *info.ser_instance_id);
    s.app_instance_id = std::move(app_instance_id);
    s.info = std::move(info);
    touch(s);
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

std::string platform_state::service_url(std::string_view app_instance_id,
                                        std::string_view ser_instance_id) const
{
    std::string path = api_root;
    path.append(service_mgmt::api.base);
    std::string_view rest = service_mgmt::operations::get_app_service.path;
    for (std::string_view id : {app_instance_id, ser_instance_id}) {
        path.append(rest.substr(0, rest.find('{'))).append(id);
        rest.remove_prefix(rest.find('}') + 1);
    }
    return path;
}

void platform_state::forget()
{
    services.clear();
    tokens.revoke_all();
    for (auto& entry : applications) {
        entry.second.ready = false;
        entry.second.conflicts_left = options.ready_conflicts;
    }
}

platform::environment environment_of(const platform_state& s, const application_instance& app,
                                     const std::string& ca_file)
{
    platform::environment e{{"MEC_MP1_URL", s.api_root},
                            {"MEC_APP_INSTANCE_ID", app.app_instance_id},
                            {"MEC_TOKEN_URL", s.token_endpoint},
                            {"MEC_CLIENT_ID", app.client_id},
                            {"MEC_CLIENT_SECRET", std::string(app.client_secret.reveal())}};
    if (!ca_file.empty()) e.emplace_back("MEC_CA_FILE", ca_file);
    return e;
}

} // namespace emulator
MEC_END_NAMESPACE
