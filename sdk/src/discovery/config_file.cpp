#include "config_sources.hpp"

#include "json_cursor.hpp"
#include "text.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using discovery::configuration;
using discovery::source;
using discovery::source_kind;

constexpr std::string_view version_pointer = "/version";

/// Number of single characters to add, take away or replace to make `b` of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced =
                diagonal + (to_lower(a[i - 1]) == to_lower(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// The known member that `pointer` was perhaps meant to be, or nothing.
std::string_view nearest(std::string_view pointer)
{
    constexpr std::size_t farthest = 3;
    std::string_view best;
    std::size_t least = farthest + 1;
    if (pointer.size() > 64) return best;
    for (const auto& key : config_keys) {
        const std::size_t distance = edit_distance(pointer, key.pointer);
        if (key.pointer.empty() || distance >= least) continue;
        least = distance;
        best = key.pointer;
    }
    return best;
}

bool begins_with(std::string_view text, std::string_view head)
{
    return text.substr(0, head.size()) == head;
}

/// Walks the document once; `config_keys` says what every member means.
class config_reader {
public:
    config_reader(std::string_view text, const std::string& path, configuration& out)
        : text_(text), path_(path), out_(out), cursor_(text, options())
    {
    }

    error read()
    {
        if (!cursor_.begin()) return syntax();
        if (cursor_.peek() != '{') return refuse("", "expected an object");
        if (error e = read_object("")) return e;
        return cursor_.finish() ? error{} : syntax();
    }

private:
    static const json::decode_options& options()
    {
        static const json::decode_options strict{true, {}}; // a key that stands twice is an error
        return strict;
    }

    error read_object(const std::string& pointer)
    {
        json_scope scope;
        if (!cursor_.open(scope)) return syntax();
        while (true) {
            std::string_view name;
            const json_step step = cursor_.next_member(scope, name);
            if (step == json_step::failed) return syntax();
            if (step == json_step::end) return {};
            if (error e = read_member(pointer + '/' + std::string(name))) return e;
        }
    }

    error read_member(const std::string& pointer)
    {
        const char first = cursor_.peek();
        line_ = line();
        if (first == 'n') return cursor_.literal("null") ? error{} : syntax(); // stands for absent
        if (pointer == version_pointer) return read_version();
        for (const auto& key : config_keys) {
            if (key.pointer.empty()) continue;
            if (key.pointer == pointer) return read_value(key);
            if (!begins_with(key.pointer, pointer + '/')) continue;
            return first == '{' ? read_object(pointer) : refuse(pointer, "expected an object");
        }
        return skip_unknown(pointer);
    }

    error read_version()
    {
        std::string_view version;
        if (!cursor_.skip(version)) return syntax();
        return version == "1" ? error{} : refuse(version_pointer, "expected 1");
    }

    error read_value(const config_key& key)
    {
        configuration scratch;
        const bool is_number =
            std::holds_alternative<discovery::setting<std::chrono::seconds>*>(key.get(scratch));
        const char first = cursor_.peek();
        const bool good = is_number ? is_digit(first) || first == '-' : first == '"';
        if (!good) return refuse(key.pointer, is_number ? "expected a number" : "expected a text");
        std::string_view value;
        if (!(is_number ? cursor_.number(value) : cursor_.text(value))) return syntax();

        if (value.empty()) {
            assign_nothing(key, out_, here());
            return {};
        }
        std::string text(value);
        return assign(key, out_, here(), text);
    }

    error skip_unknown(const std::string& pointer)
    {
        if (!cursor_.skip()) return syntax();
        std::string warning =
            here().to_string() + ": unknown member " + printable(pointer, 64) + " is ignored";
        const auto meant = nearest(pointer);
        if (!meant.empty()) warning.append("; perhaps ").append(meant).append(" was meant");
        constexpr std::size_t most_warnings = 32;
        if (out_.warnings.size() < most_warnings) out_.warnings.push_back(std::move(warning));
        return {};
    }

    std::size_t line() const
    {
        const auto end = text_.begin() + (cursor_.mark().at - text_.data());
        return 1 + static_cast<std::size_t>(std::count(text_.begin(), end, '\n'));
    }
    source here() const { return {source_kind::file, path_, line_, {}}; }

    error syntax()
    {
        line_ = line();
        const error failure = cursor_.failure();
        return refuse(failure.info().pointer, failure.info().message);
    }
    error refuse(std::string_view pointer, std::string message) const
    {
        error_info info;
        info.endpoint = here().to_string();
        info.message = std::move(message);
        info.pointer = pointer;
        return error(errc::config_invalid, std::move(info));
    }

    std::string_view text_;
    const std::string& path_;
    configuration& out_;
    json_cursor cursor_;
    std::size_t line_ = 1;
};

std::string absent_without_file(const config_key&)
{
    return "configuration file: MEC_CONFIG_FILE is not set";
}

} // namespace

error read_config_text(std::string& text, const std::string& path, configuration& out)
{
    error e = config_reader(text, path, out).read();
    wipe(text);
    return e;
}

result<config_layer> read_config_file(const config_world& world)
{
    constexpr const char* variable = "MEC_CONFIG_FILE";
    const auto path = world.variable(variable);
    config_layer layer{{}, &absent_without_file};
    if (!path || path->empty()) return layer;
    auto text = world.file({source_kind::file, *path, 0, variable});
    if (!text) return text.error();
    layer.absent = [path](const config_key& key) {
        return "configuration file: " + *path + " has no member " + std::string(key.pointer);
    };
    if (error e = read_config_text(*text, *path, layer.values)) return e;
    return layer;
}

} // namespace internal
MEC_END_NAMESPACE
