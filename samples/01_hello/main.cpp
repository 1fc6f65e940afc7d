// A complete MEC application: finds its platform, says that it is ready, offers a service, looks at what
// others offer and at the platform's clock, and leaves in good order on SIGTERM or Ctrl-C.
//
// It reads its configuration from MEC_* variables or from the file that MEC_CONFIG_FILE names.
// With --once it leaves by itself after it has looked around.
//
// Exit status: 0 left in good order, 1 the platform failed us, 2 the configuration is wrong.

#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <ctime>
#include <iostream>
#include <string_view>

namespace {

mec::service_mgmt::service_info hello_service()
{
    mec::service_mgmt::service_info service;
    service.ser_name = "hello";
    service.version = "1.0.0";
    auto& transport = service.transport_info.emplace();
    transport.id = "hello-rest";
    transport.name = "REST";
    transport.endpoint.uris = {"http://hello.example:8080/hello/v1"};
    return service;
}

void print_time(const mec::app_support::current_time& now)
{
    const std::time_t seconds = now.seconds;
    std::tm utc{};
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime_r(&seconds, &utc));
    std::cout << "time      " << text << " UTC by the platform's clock" << std::endl;
}

/// Lists the services, then reads the clock, then calls `done`.
template <class Done> void look_around(mec::application& app, Done done)
{
    app.service_mgmt().async_list_services({}, [&app, done](auto services) {
        if (!services) return done(services.error());
        for (const auto& s : *services)
            std::cout << "service   " << s.ser_name << ' ' << s.version << ' '
                      << mec::json::to_string(s.state) << std::endl;
        app.app_support().async_get_current_time([done](auto now) {
            if (!now) return done(now.error());
            print_time(*now);
            done({});
        });
    });
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view option = argc > 1 ? argv[1] : "";
    const bool once = option == "--once";
    if (!option.empty() && !once) {
        const bool help = option == "--help";
        (help ? std::cout : std::cerr) << "usage: 01_hello [--once]\n"
                                          "  --once  leave after a look around\n"
                                          "The platform is named by MEC_* variables or the file in "
                                          "MEC_CONFIG_FILE.\n";
        return help ? 0 : 2;
    }

    const auto config = mec::discovery::discover();
    if (!config) {
        std::cerr << "01_hello: " << config.error().what() << std::endl;
        return 2;
    }
    std::cout << "platform  " << config->mp1_url->to_string() << " ("
              << config->mp1_url.from.to_string() << ")\n"
              << "instance  " << *config->app_instance_id << std::endl;

    boost::asio::io_context io(1);
    mec::application app(io.get_executor(), *config);
    mec::error failure;

    app.provide(hello_service());
    app.on_state_change([&](mec::application_state state, const mec::error& why) {
        std::cout << "state     " << to_string(state);
        if (why) std::cout << ": " << why.what();
        std::cout << std::endl;
        if (state != mec::application_state::active) return;
        look_around(app, [&, once](const mec::error& e) {
            if (e) std::cerr << "01_hello: " << e.what() << std::endl;
            failure = e;
            if (once) app.stop();
        });
    });

    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](auto ec, int) {
        if (!ec) app.stop();
    });

    app.async_run([&](mec::result<> ended) {
        if (!ended) failure = ended.error();
        signals.cancel();
    });
    io.run();

    if (failure) {
        std::cerr << "01_hello: " << failure.what() << std::endl;
        return failure == mec::errc::config_invalid ? 2 : 1;
    }
    std::cout << "done      left in good order" << std::endl;
    return 0;
}
