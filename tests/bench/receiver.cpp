// The SDK's notification receiver, with its handler on the loop that receives.
#include "notification.hpp"

#include <mec/notify/receiver.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <boost/asio/io_context.hpp>

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    if (a.variant != "loop") bench::give_up("variants: loop");
    auto m = bench::measurement::of_server(a);
    boost::asio::io_context loop(1);
    mec::notify::receiver_options options;
    options.address = "127.0.0.1";
    auto made = mec::notify::receiver::listen(loop.get_executor(), loop.get_executor(), options);
    if (!made) bench::give_up(made.error().what());
    const auto receiver = std::move(*made);
    mec::notify::handlers<bench::notification> h;
    h.on_notification = [&](const bench::notification& n) {
        bench::check(n);
        if (m.handled()) loop.stop();
    };
    h.on_gap = [](const mec::notify::gap&) { bench::give_up("a notification was refused"); };
    const auto channel = receiver->open(std::move(h));
    channel->activate();
    bench::announce(receiver->port(), "/mec/" + channel->id());
    loop.run();
    m.print();
}
