// cpp-httplib's server with nlohmann-json. It has one thread a connection; with its default of eight it
// serves the first eight connections and lets the others wait.
#include "notification.hpp"

#include <httplib.h>

#include <limits>

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    if (a.variant != "threads") bench::give_up("variants: threads");
    auto m = bench::measurement::of_server(a);
    httplib::Server server;
    server.new_task_queue = [&a] { return new httplib::ThreadPool(a.connections); };
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    server.Post("/notify", [&](const httplib::Request& request, httplib::Response& response) {
        bench::check(bench::decode_notification_with_nlohmann(request.body));
        response.status = 204;
    });
    // Called after the answer has been written.
    server.set_logger([&](const httplib::Request&, const httplib::Response&) {
        if (m.handled()) server.stop();
    });
    const int port = server.bind_to_any_port("127.0.0.1");
    if (port <= 0) bench::give_up("cannot listen");
    bench::announce(static_cast<std::uint16_t>(port), "/notify");
    server.listen_after_bind();
    m.print();
}
