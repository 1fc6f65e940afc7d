// The SDK's notification receiver: `same` delivers on the loop that receives, `other` on another one.
#include "notification.hpp"

#include <mec/notify/receiver.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <thread>

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    if (a.variant != "same" && a.variant != "other") bench::give_up("variants: same other");
    bench::measurement m(a);
    boost::asio::io_context loop(1);
    boost::asio::io_context handlers(1);
    mec::notify::receiver_options options;
    options.address = "127.0.0.1";
    auto made = mec::notify::receiver::listen(
        loop.get_executor(), a.variant == "same" ? loop.get_executor() : handlers.get_executor(),
        options);
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
    const auto work = boost::asio::make_work_guard(handlers);
    std::thread other([&] { handlers.run(); });
    loop.run();
    handlers.stop();
    other.join();
    m.print();
}
