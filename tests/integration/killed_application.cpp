// An application that is to be killed: offers a service at a place of its own in every life, and has two
// subscriptions. Runs until then.

#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>

#include <iostream>
#include <string>

#include <unistd.h>

int main()
{
    const auto config = mec::discovery::discover();
    if (!config) return 2;
    boost::asio::io_context io(1);
    mec::application app(io.get_executor(), *config);
    mec::service_mgmt::service_info service;
    service.ser_name = "mortal";
    service.version = "1.0";
    auto& transport = service.transport_info.emplace();
    transport.id = "rest";
    transport.name = "REST";
    transport.endpoint.uris = {"http://127.0.0.1:9/life/" + std::to_string(::getpid())};
    app.provide(service);
    app.subscribe({}, {});
    app.on_termination([](const mec::termination&) {});
    app.stop_on_signals();
    app.on_state_change([](mec::application_state s, const mec::error& why) {
        std::cout << to_string(s) << ' ' << why.what() << std::endl;
    });
    int status = 1;
    app.async_run([&](const mec::result<>& r) { status = r ? 0 : 1; });
    io.run();
    return status;
}
