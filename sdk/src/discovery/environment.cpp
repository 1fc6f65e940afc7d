#include "config_sources.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using discovery::source;
using discovery::source_kind;

std::string file_variable(const config_key& key) { return std::string(key.variable) + "_FILE"; }

error read_key(const config_world& world, const config_key& key, discovery::configuration& out)
{
    source here{source_kind::environment, std::string(key.variable), 0, {}};
    auto text = world.variable(key.variable);
    const auto path =
        key.form == key_form::text ? world.variable(file_variable(key)) : std::nullopt;
    if (text && path) {
        return invalid_config(here, key, file_variable(key) + " is set, too; set one of the two");
    }
    if (text && text->empty()) assign_nothing(key, out, here);
    else if (text) return assign(key, out, here, *text);
    if (!path) return {};

    here.name = file_variable(key);
    if (path->empty()) {
        assign_nothing(key, out, here);
        return {};
    }
    const source from{source_kind::file, *path, 0, here.name};
    auto content = world.value_file(from);
    return content ? assign(key, out, from, *content) : content.error();
}

std::string absent(const config_key& key)
{
    const std::string variable(key.variable);
    return key.form == key_form::text
               ? "environment: neither " + variable + " nor " + file_variable(key) + " is set"
               : "environment: " + variable + " is not set";
}

} // namespace

result<config_layer> read_environment(const config_world& world)
{
    config_layer layer{{}, &absent};
    for (const auto& key : config_keys) {
        if (error e = read_key(world, key, layer.values)) return e;
    }
    return layer;
}

} // namespace internal
MEC_END_NAMESPACE
