// Offers a REST service of its own to other MEC applications: `GET /tally/v1/count` says how often it
// was asked. The SDK registers it with the platform, keeps it alive there, registers it again when the
// platform has lost it, and takes it away before the program ends.
// Exit status: 0 left in good order, 1 failed, 2 wrong usage or configuration.

#include "http_server.hpp"

#include <mec/mec.hpp>

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string_view>

#include <unistd.h>

namespace {

namespace http = boost::beast::http;
using mec::service_mgmt::service_state;
using tcp = boost::asio::ip::tcp;

constexpr std::string_view usage =
    "usage: 02_producer [option]...\n"
    "  --listen ADDRESS      address to serve at (default 127.0.0.1)\n"
    "  --port N              port to serve at; 0, the default, is any free one\n"
    "  --url URL             what others are told, when it is not the address above\n"
    "  --pause-every SECONDS suspend the service for that long, resume it, and so on\n"
    "SIGUSR1 suspends the service, or resumes it. SIGTERM or Ctrl-C: leave in good order.\n"
    "The platform is named by MEC_* variables or the file in MEC_CONFIG_FILE.\n";

struct options {
    tcp::endpoint listen{boost::asio::ip::address_v4::loopback(), 0};
    std::string url;
    std::chrono::milliseconds pause_every{0};
    bool help = false;
};

std::optional<double> number(const char* text, double most)
{
    char* end = nullptr;
    const double value = std::strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= 0) || value > most) return std::nullopt;
    return value;
}

std::optional<options> parse(int argc, char** argv)
{
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--help") {
            o.help = true;
            return o;
        }
        if (++i == argc) return std::nullopt;
        if (name == "--listen") {
            boost::system::error_code ec;
            o.listen.address(boost::asio::ip::make_address(argv[i], ec));
            if (ec) return std::nullopt;
        } else if (name == "--port") {
            const auto port = number(argv[i], 65535);
            if (!port) return std::nullopt;
            o.listen.port(static_cast<std::uint16_t>(*port));
        } else if (name == "--url") {
            o.url = argv[i];
            if (!mec::url::parse(o.url)) return std::nullopt;
        } else if (name == "--pause-every") {
            const auto seconds = number(argv[i], 86400);
            if (!seconds || *seconds < 0.001) return std::nullopt;
            o.pause_every = std::chrono::milliseconds(static_cast<int>(*seconds * 1000));
        } else {
            return std::nullopt;
        }
    }
    if (o.url.empty() && o.listen.address().is_unspecified()) return std::nullopt;
    return o;
}

/// The service itself. What it answers does not depend on the platform.
class tally {
public:
    bool toggle() noexcept { return paused_ = !paused_; }

    http_server::response operator()(const http_server::request& asked)
    {
        http_server::response r;
        if (asked.target() != "/tally/v1/count") {
            r.result(http::status::not_found);
        } else if (asked.method() != http::verb::get) {
            r.result(http::status::method_not_allowed);
            r.set(http::field::allow, "GET");
        } else if (paused_) {
            r.result(http::status::service_unavailable);
            r.set(http::field::retry_after, "1");
        } else {
            r.set(http::field::content_type, "application/json");
            r.body() = "{\"count\":" + std::to_string(++count_) +
                       ",\"pid\":" + std::to_string(::getpid()) + "}";
        }
        return r;
    }

private:
    std::uint64_t count_ = 0;
    bool paused_ = false;
};

/// What the platform, and through it everybody, is told about the service.
mec::service_mgmt::service_info description(const std::string& url)
{
    mec::service_mgmt::service_info service;
    service.ser_name = "tally";
    service.version = "1.0.0";
    auto& transport = service.transport_info.emplace();
    transport.id = "tally-rest";
    transport.name = "REST";
    transport.version = "1.1";
    transport.endpoint.uris = {url};
    return service;
}

int run(const options& o, mec::discovery::configuration config)
{
    boost::asio::io_context io(1);
    tally service;
    http_server server(io, o.listen, [&](const auto& asked) { return service(asked); });
    std::string url = o.url;
    if (url.empty()) {
        const auto at = server.endpoint();
        std::ostringstream text;
        text << "http://" << at << "/tally/v1"; // Asio puts IPv6 addresses into brackets
        url = text.str();
    }
    std::cout << "service   " << url << std::endl;

    mec::application app(io.get_executor(), std::move(config));
    app.stop_on_signals();
    app.on_state_change([](mec::application_state state, const mec::error& why) {
        std::cout << "state     " << to_string(state);
        if (why) std::cout << ": " << why.what();
        std::cout << std::endl;
    });
    mec::provided_service offer = app.provide(description(url));

    const auto toggle = [&] {
        const bool paused = service.toggle();
        offer.set_state(paused ? service_state::inactive : service_state::active);
        std::cout << "service   " << (paused ? "suspended" : "resumed") << std::endl;
    };
    boost::asio::signal_set signals(io, SIGUSR1);
    std::function<void()> wait_for_signal = [&] {
        signals.async_wait([&](boost::system::error_code ec, int) {
            if (ec) return;
            toggle(), wait_for_signal();
        });
    };
    wait_for_signal();
    boost::asio::steady_timer timer(io);
    std::function<void()> wait_for_timer = [&] {
        timer.expires_after(o.pause_every);
        timer.async_wait([&](boost::system::error_code ec) {
            if (ec) return;
            toggle(), wait_for_timer();
        });
    };
    if (o.pause_every.count() != 0) wait_for_timer();

    mec::result<> ended;
    app.async_run([&](mec::result<> r) { // nobody is sent to us any more: now the server may go
        ended = std::move(r);
        server.close();
        signals.cancel();
        timer.cancel();
    });
    io.run();
    ended.value();
    std::cout << "done      left in good order" << std::endl;
    return 0;
}

} // namespace

int main(int argc, char** argv)
try {
    const auto o = parse(argc, argv);
    if (!o || o->help) {
        (o ? std::cout : std::cerr) << usage;
        return o ? 0 : 2;
    }
    return run(*o, mec::discovery::discover().value());
} catch (const std::exception& e) {
    std::cerr << "02_producer: " << e.what() << std::endl;
    const auto* const ours = dynamic_cast<const mec::system_error*>(&e);
    return ours && ours->error() == mec::errc::config_invalid ? 2 : 1;
}
