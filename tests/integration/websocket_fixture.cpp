#include "websocket_fixture.hpp"

#include <boost/asio/post.hpp>

#include <future>

namespace websocket_test {

using namespace mec::internal;

hub_server::hub_server(boost::asio::any_io_executor executor, bool tls)
    : executor_(std::move(executor)), tls_(tls)
{
    if (!tls) return;
    authority_ = mec::emulator::certificate_authority::create().value();
    mec::emulator::certificate_request wanted;
    wanted.addresses = {"127.0.0.1"};
    certificate_ = authority_->issue(wanted).value();
}

void hub_server::start()
{
    if (!hub) hub = std::make_shared<mec::emulator::websocket_hub>(executor_, connection, answer);
    server_options o;
    o.port = port_;
    if (tls_) {
        o.tls.emplace();
        o.tls->certificate_pem = certificate_.certificate_pem;
        o.tls->key_pem = certificate_.key_pem;
    }
    auto listening =
        server::listen(executor_, o, [this](const received_request& request, responder answer_to) {
            ++upgrades;
            {
                const std::lock_guard<std::mutex> l(mutex_);
                authorization_ = request.headers.find("Authorization");
            }
            mec::http::fields elsewhere;
            elsewhere.append("Location", "/elsewhere");
            if (status != 0) return answer_to.respond(status, elsewhere);
            if (!hub->accept(request, answer_to)) answer_to.respond(404);
        });
    ASSERT_TRUE(listening) << listening.error();
    server_ = std::move(*listening);
    port_ = server_->port();
    hub->set_root((tls_ ? "wss://127.0.0.1:" : "ws://127.0.0.1:") + std::to_string(port_));
}

void hub_server::kill()
{
    server_.reset();
    if (hub) hub->disconnect();
}

mec::url hub_server::base() const
{
    return mec::url::parse(scheme() + "://127.0.0.1:" + std::to_string(port_) + "/rni/v2").value();
}

std::string hub_server::ca_pem() const { return authority_ ? authority_->ca_pem() : std::string(); }

std::string hub_server::authorization()
{
    const std::lock_guard<std::mutex> l(mutex_);
    return authorization_;
}

void settle(const boost::asio::any_io_executor& executor)
{
    // Twice: what is done meanwhile may queue a last step, the report of a message that was given up.
    for (int i = 0; i < 2; ++i) {
        std::promise<void> done;
        boost::asio::post(executor, [&] { done.set_value(); });
        EXPECT_EQ(done.get_future().wait_for(raw::patience), std::future_status::ready);
    }
}

mec::emulator::websocket_hub::handler outcomes::handler()
{
    return [this](const mec::error& e, int status) {
        entries_.note(e ? e.code().message() : std::to_string(status));
    };
}

std::vector<std::string> outcomes::wait_for(std::size_t count) { return entries_.wait_for(count); }

application::application(boost::asio::any_io_executor io) : executor(std::move(io))
{
    options.reconnect = {5ms, 50ms, 1h};
}

mec::error application::try_open(const mec::url& base, const std::string& link)
{
    if (!channel) channel = open_fed_channel(executor, channel_options, seen.handlers());
    channel->activate();
    client = std::make_unique<websocket_client>(executor, options);
    websocket_subscription what;
    what.base = base;
    what.link = link;
    what.channel = channel;
    what.tokens = tokens;
    what.on_open = [this] { ups.note("up"); };
    what.on_down = [this](const mec::error& e) { ups.note(e.code().message()); };
    auto opened = client->open(std::move(what));
    if (!opened) return opened.error();
    source = std::move(*opened);
    return {};
}

void application::open(const mec::url& base, const std::string& link)
{
    const mec::error e = try_open(base, link);
    ASSERT_FALSE(e) << e;
}

void application::close()
{
    source.reset();
    client.reset();
    if (channel) channel->close();
    settle(executor);
}

fixture::fixture() : platform(io.executor(), GetParam()), app(io.executor()) {}

fixture::~fixture()
{
    app.close();
    platform.kill();
    settle(io.executor());
}

void fixture::start()
{
    platform.start();
    app.options.transport.tls.ca_pem = platform.ca_pem();
}

void fixture::connect()
{
    app.open(platform.base(), platform.hub->open("s").to_string());
    ASSERT_EQ(app.ups.wait_for(1), strings{"up"});
}

} // namespace websocket_test
