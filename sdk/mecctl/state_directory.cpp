#include "state_directory.hpp"

#include "file.hpp"

#include <mec/json/codec.hpp>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

namespace mecctl {

namespace {

struct kept_application {
    std::string name;
    std::string app_instance_id;
    std::string client_id;
    std::string client_secret;
};

struct kept_platform {
    std::uint32_t port = 0;
    std::optional<std::string> ca;
    std::optional<std::string> ca_key;
    std::vector<kept_application> applications;
};

} // namespace

} // namespace mecctl

template <> struct mec::json::describe<mecctl::kept_application> {
    using type = mecctl::kept_application;
    static constexpr auto value = object(
        "Application", field<&type::name>("name"), field<&type::app_instance_id>("appInstanceId"),
        field<&type::client_id>("clientId"), field<&type::client_secret>("clientSecret"));
};

template <> struct mec::json::describe<mecctl::kept_platform> {
    using type = mecctl::kept_platform;
    static constexpr auto value =
        object("Platform", field<&type::port>("port"), field<&type::ca>("ca"),
               field<&type::ca_key>("caKey"), field<&type::applications>("applications"));
};

namespace mecctl {

namespace {

constexpr std::size_t largest_file = 1024 * 1024;

mec::error about(const std::string& path, const mec::error& cause)
{
    mec::error_info info = cause.info();
    info.endpoint = path;
    return cause.with(std::move(info));
}

} // namespace

mec::error state_directory::open(const std::string& path)
{
    std::error_code failure;
    path_ = std::filesystem::absolute(path, failure).string();
    if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST)
        return storage_error("create the state directory", path_, errno);
    std::ifstream in(file(), std::ios::binary);
    if (!in) return {}; // the first time
    std::string text(largest_file + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const auto kept = text.size() <= largest_file
                          ? mec::json::parse<kept_platform>(text)
                          : mec::result<kept_platform>(mec::errc::limit_exceeded);
    mec::wipe(text);
    if (!kept) return about(file(), kept.error());
    if (kept->port > 65535)
        return about(file(), {mec::errc::config_invalid, "expected a port up to 65535"});
    port_ = static_cast<std::uint16_t>(kept->port);
    if (kept->ca && kept->ca_key) {
        auto ca = mec::emulator::certificate_authority::load(*kept->ca,
                                                             mec::secret_string(*kept->ca_key));
        if (!ca) return about(file(), ca.error());
        authority_ = std::move(*ca);
    }
    for (const auto& a : kept->applications)
        apps_.push_back(
            {a.name, a.app_instance_id, a.client_id, mec::secret_string(a.client_secret)});
    return {};
}

mec::error state_directory::save(const mec::emulator::platform& emulator,
                                 const std::vector<mec::emulator::application_instance>& apps) const
{
    kept_platform kept;
    kept.port = emulator.api_root().origin().port;
    if (const auto ca = emulator.authority()) {
        kept.ca = ca->ca_pem();
        kept.ca_key = std::string(ca->key_pem().reveal());
    }
    for (const auto* list : {&apps, &apps_}) // also those that were not wanted this time
        for (const auto& a : *list)
            kept.applications.push_back(
                {a.name, a.app_instance_id, a.client_id, std::string(a.client_secret.reveal())});
    const std::string written = file() + ".new";
    if (mec::error e = write_file(written, mec::json::serialize(kept) + '\n', 0600)) return e;
    std::error_code failure;
    std::filesystem::rename(written, file(), failure);
    return failure ? storage_error("replace the state", file(), failure.value()) : mec::error();
}

void state_directory::put_into(mec::emulator::platform_options& options) const
{
    if (options.port == 0) options.port = port_;
    if (!options.authority) options.authority = authority_;
}

std::optional<mec::emulator::application_instance> state_directory::take(const std::string& name)
{
    const auto found =
        std::find_if(apps_.begin(), apps_.end(), [&](const auto& a) { return a.name == name; });
    if (found == apps_.end()) return std::nullopt;
    auto app = std::move(*found);
    apps_.erase(found);
    return app;
}

} // namespace mecctl
