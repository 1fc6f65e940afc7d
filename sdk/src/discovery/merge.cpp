#include "config_sources.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using discovery::configuration;
using discovery::source;
using discovery::source_kind;

class merger {
public:
    explicit merger(std::vector<config_layer>& layers) : layers_(layers) {}

    configuration merge()
    {
        for (auto& layer : layers_) {
            auto& warnings = layer.values.warnings;
            out_.warnings.insert(out_.warnings.end(), warnings.begin(), warnings.end());
        }
        for (const auto& key : config_keys) merge_key(key);
        report_split();
        return std::move(out_);
    }

private:
    any_setting at(const config_key& key, std::size_t layer) const
    {
        return key.get(layers_[layer].values);
    }
    bool is_set(const config_key& key, std::size_t layer) const
    {
        return source_of(at(key, layer)).kind != source_kind::unset;
    }

    /// The first layer that has a word on the key, or on any of its group, and the key that it is.
    struct winner {
        std::size_t layer;
        const config_key* key;
    };
    winner find_winner(const config_key& key) const
    {
        for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
            if (is_set(key, layer)) return {layer, &key};
            if (key.group == key_group::alone) continue;
            for (const auto& other : config_keys) {
                if (other.group == key.group && is_set(other, layer)) return {layer, &other};
            }
        }
        return {layers_.size(), nullptr};
    }

    void merge_key(const config_key& key)
    {
        winner best = find_winner(key);
        if (!key.not_after.empty()) {
            const winner limit = find_winner(*find_config_key(key.not_after));
            if (limit.layer < best.layer) best = limit;
        }
        if (!best.key) return;
        const bool used = is_set(key, best.layer);
        if (used) copy_setting(at(key, best.layer), key.get(out_));
        for (std::size_t layer = best.layer + 1; layer < layers_.size(); ++layer) {
            if (!is_set(key, layer)) continue;
            const bool differs = !same_value(key.get(out_), at(key, layer));
            out_.shadowed.push_back({std::string(key.name), source_of(at(*best.key, best.layer)),
                                     source_of(at(key, layer)), differs});
        }
    }

    // Allowed, but rarely meant: the id is that of one platform, the address that of another.
    void report_split()
    {
        const winner id = find_winner(*find_config_key("app-instance-id"));
        const winner address = find_winner(*find_config_key("mp1-url"));
        if (!id.key || !address.key || id.layer == address.layer) return;
        out_.warnings.push_back("app-instance-id comes from " +
                                out_.app_instance_id.from.to_string() + ", but mp1-url from " +
                                out_.mp1_url.from.to_string());
    }

    std::vector<config_layer>& layers_;
    configuration out_;
};

} // namespace

configuration merge(std::vector<config_layer>& layers) { return merger(layers).merge(); }

} // namespace internal
MEC_END_NAMESPACE
