#include <mec/discovery/discover.hpp>

#include "config_sources.hpp"

MEC_BEGIN_NAMESPACE
namespace discovery {

namespace {

using internal::config_layer;
using internal::config_world;

std::string absent_in_code(const internal::config_key&) { return "code: not set"; }

// Containers and platforms as a service say in PORT where they send requests to. It is not
// addressed to this SDK, so what is explicit comes first and nonsense is no error.
void apply_port(const config_world& world, configuration& config)
{
    const auto port = world.variable("PORT");
    if (config.callback.listen.is_set() || !port || port->empty()) return;
    const source from{source_kind::environment, "PORT", 0, {}};
    std::string text = "[::]:" + *port;
    if (error e = internal::assign(*internal::find_config_key("listen"), config, from, text)) {
        config.callback.listen = {};
        config.warnings.push_back("environment variable PORT is not a port number and is ignored");
    }
}

void warn_of_open_secret(configuration& config)
{
    if (config.oauth2.client_secret.from.kind != source_kind::environment) return;
    config.warnings.emplace_back("MEC_CLIENT_SECRET: child processes and crash reports see the "
                                 "environment; better set MEC_CLIENT_SECRET_FILE");
}

error check_conflicts(const configuration& config)
{
    std::string message;
    for (const auto& s : config.shadowed) {
        if (!s.differs) continue;
        message += "\n  " + s.key + ": " + s.used.to_string() + ", and differently " +
                   s.unused.to_string();
    }
    if (message.empty()) return {};
    return error(errc::config_invalid,
                 "sources contradict each other, and MEC_STRICT is set" + message);
}

// A secret that cannot be read is better found now than at the first request.
error check_secret_file(const config_world& world, const configuration& config)
{
    const auto& file = config.oauth2.client_secret_file;
    if (!file) return {};
    const bool by_variable = file.from.kind == source_kind::environment;
    auto text = world.value_file({source_kind::file, *file, 0, by_variable ? file.from.name : ""});
    if (!text) return text.error();
    configuration scratch;
    return internal::assign(*internal::find_config_key("client-secret"), scratch,
                            {source_kind::file, *file, 0, {}}, *text);
}

} // namespace

result<configuration> discover(const discover_options& options)
{
    const config_world world(options);
    bool strict = false;
    if (error e = world.read_switch("MEC_STRICT", strict)) return e;
    auto environment = internal::read_environment(world);
    if (!environment) return environment.error();
    auto file = internal::read_config_file(world);
    if (!file) return file.error();

    std::vector<config_layer> layers{{options.code, &absent_in_code}, *environment, *file};
    configuration config = internal::merge(layers);
    apply_port(world, config);
    warn_of_open_secret(config);
    if (error e = internal::check_mandatory(config, layers)) return e;
    if (error e = internal::check_rules(config)) return e;
    if (error e = strict ? check_conflicts(config) : error{}) return e;
    if (error e = check_secret_file(world, config)) return e;
    return config;
}

} // namespace discovery
MEC_END_NAMESPACE
