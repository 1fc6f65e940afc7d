// What a user compiles: one call, one callback, an event loop.

#include <mec/service_mgmt/client.hpp>

#include <boost/asio/io_context.hpp>

#include <iostream>

void list_services(boost::asio::io_context& io,
                   std::shared_ptr<mec::service_mgmt::connection> connection)
{
    mec::service_mgmt::client client{std::move(connection)};
    client.async_list_services(
        {}, [](const mec::result<std::vector<mec::service_mgmt::service_info>>& found) {
            if (!found) {
                std::cerr << found.error() << '\n';
                return;
            }
            for (const auto& service : *found) std::cout << service.ser_name << '\n';
        });
    io.run();
}
