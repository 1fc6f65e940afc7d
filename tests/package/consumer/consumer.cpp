// Uses something of every layer that needs the compiled library, and ends with 0 when all of it works.

#include "consumer.hpp"

#include <mec/http/transport.hpp>
#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>
#include <mec/sync_wait.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <iostream>

services list_services(const std::string& api_root, const std::string& app_instance_id)
{
    boost::asio::io_context io;
    auto base = mec::url::parse(api_root + "/mec_service_mgmt/v1");
    auto transport = mec::http::make_transport(io.get_executor());
    if (!base) return base.error();
    if (!transport) return transport.error();
    mec::http::endpoint where;
    where.base = *base;
    where.app_instance_id = app_instance_id;
    where.transport = *transport;
    where.options.retry.attempts = 1;
    mec::service_mgmt::client client{mec::service_mgmt::make_connection(where)};
    return mec::sync_wait(client.async_list_services());
}

namespace {

bool json_works()
{
    mec::service_mgmt::service_info service;
    service.ser_name = "parking";
    const auto text = mec::json::serialize(service);
    const auto bad = mec::json::parse<mec::service_mgmt::service_info>("{\"serName\": 1");
    return text.find("\"serName\":\"parking\"") != std::string::npos && !bad;
}

bool refusal_is_reported()
{
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket bound{
        io}; // a port that nobody else gets, and that nobody listens at
    bound.open(boost::asio::ip::tcp::v4());
    bound.bind({boost::asio::ip::address_v4::loopback(), 0});
    const auto port = std::to_string(bound.local_endpoint().port());
    const auto found = list_services("http://127.0.0.1:" + port, "consumer");
    if (!found) std::cout << found.error() << '\n';
    return !found && found.error() == mec::errc::connect_refused;
}

} // namespace

int main()
{
    const bool json = json_works();
    const bool refusal = refusal_is_reported();
    std::cout << "json " << json << ", refusal " << refusal << '\n';
#ifdef WITH_EMULATOR
    const bool emulator = emulator_works();
    std::cout << "emulator " << emulator << '\n';
    return json && refusal && emulator ? 0 : 1;
#else
    return json && refusal ? 0 : 1;
#endif
}
