#ifndef MEC_TESTS_INTEGRATION_WEBSOCKET_FIXTURE_HPP
#define MEC_TESTS_INTEGRATION_WEBSOCKET_FIXTURE_HPP

/// @file
/// Both ends of notifications over websockets: an application with a source and a channel, and the
/// emulator's hub behind a server of the SDK; or, in place of one of them, a program that sends bytes.

#include "fed_channel.hpp"
#include "receiver_fixture.hpp"
#include "server.hpp"
#include "websocket_hub.hpp"
#include "websocket_source.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <atomic>

namespace websocket_test {

using receiver_test::body_of;
using receiver_test::diary;
using receiver_test::eventually;
using receiver_test::report;
using strings = std::vector<std::string>;
using namespace std::chrono_literals;

/// The platform: a server with a hub. Can be killed and started again on the same port.
class hub_server {
public:
    explicit hub_server(boost::asio::any_io_executor executor, bool tls = false);
    ~hub_server() { kill(); }

    /// Options are read by it.
    void start();
    /// All connections break; the hub keeps what it knows.
    void kill();
    std::string scheme() const { return tls_ ? "https" : "http"; }
    mec::url base() const;
    std::string ca_pem() const;

    mec::internal::websocket_options connection;
    std::chrono::milliseconds answer{5000};
    std::shared_ptr<mec::emulator::websocket_hub> hub;
    /// Connections that asked for a websocket.
    std::atomic<int> upgrades{0};
    std::atomic<int> status{0}; ///< not 0: answered to every request instead

    std::string authorization();

private:
    const boost::asio::any_io_executor executor_;
    const bool tls_;
    std::optional<mec::emulator::certificate_authority> authority_;
    mec::emulator::issued_certificate certificate_;
    std::uint16_t port_ = 0;
    std::unique_ptr<mec::internal::server> server_;
    std::mutex mutex_;
    std::string authorization_; ///< of the last request
};

/// Until all that is queued, or running, on a loop with one thread is done.
void settle(const boost::asio::any_io_executor& executor);

/// What became of the messages of a hub.
class outcomes {
public:
    /// Appends `status` or the name of the error.
    mec::emulator::websocket_hub::handler handler();
    std::vector<std::string> wait_for(std::size_t count);

private:
    diary entries_;
};

/// The application.
struct application {
    explicit application(boost::asio::any_io_executor io);
    ~application() { close(); }

    /// Options are read by it.
    void open(const mec::url& base, const std::string& link);
    mec::error try_open(const mec::url& base, const std::string& link);
    void close();
    mec::internal::websocket_source_counters counters() const { return source->counters(); }

    const boost::asio::any_io_executor executor;
    mec::internal::websocket_client_options options;
    mec::notify::receiver_options channel_options;
    std::shared_ptr<mec::auth::token_source> tokens;
    diary seen; ///< notifications and gaps
    diary ups;  ///< `up`, and codes of errors
    std::shared_ptr<mec::internal::fed_channel> channel;
    std::unique_ptr<mec::internal::websocket_client> client;
    std::unique_ptr<mec::internal::websocket_source> source;
};

/// Platform and application on one loop.
struct fixture : testing::TestWithParam<bool> {
    fixture();
    ~fixture() override;

    void start();
    void connect();
    void send(const std::string& name)
    {
        platform.hub->send("s", body_of(name), false, sent.handler());
    }

    raw::background_io io;
    hub_server platform;
    application app;
    outcomes sent;
};

} // namespace websocket_test

#endif
