#include "consumer.hpp"

#include <mec/emulator/platform.hpp>

#include <boost/asio/io_context.hpp>

#include <iostream>
#include <thread>

// One call to a platform in this program.
bool emulator_works()
{
    boost::asio::io_context io{1};
    mec::emulator::platform_options options;
    options.tls = false;
    options.authorization = false;
    mec::emulator::platform platform{io.get_executor(), options};
    if (const auto failure = platform.start()) {
        std::cout << failure << '\n';
        return false;
    }
    const auto app = platform.create_application("consumer");
    std::thread server{[&io] { io.run(); }};
    const auto found = list_services(platform.api_root().to_string(), app.app_instance_id);
    platform.stop();
    io.stop();
    server.join();
    if (!found) std::cout << found.error() << '\n';
    return found.has_value();
}
