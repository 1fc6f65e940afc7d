// cpp-httplib with nlohmann-json: one blocking client in one thread a connection.
#include "measurement.hpp"
#include "service_list.hpp"

#include <httplib.h>

#include <memory>

namespace {

std::unique_ptr<httplib::Client> make_client(const bench::arguments& a)
{
    auto client = std::make_unique<httplib::Client>(
        (a.tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(a.port));
    client->set_keep_alive(true);
    client->set_tcp_nodelay(true);
    if (a.tls()) {
        client->set_ca_cert_path(a.ca_file.c_str());
        client->enable_server_certificate_verification(true);
    }
    return client;
}

} // namespace

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    if (a.variant != "blocking") bench::give_up("variants: blocking");
    const httplib::Headers headers{{"Accept", "application/json"}};
    bench::run_threads(a, [&] {
        return [&headers, client = make_client(a)] {
            const auto response = client->Get("/mec_service_mgmt/v1/services", headers);
            if (!response || response->status != 200) bench::give_up(to_string(response.error()));
            return bench::decode_with_nlohmann(response->body).size();
        };
    });
}
