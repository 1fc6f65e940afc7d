// The SDK: `blocking` is sync_wait in one thread a connection, `async` one event loop in one thread.
#include "measurement.hpp"

#include <mec/http/transport.hpp>
#include <mec/service_mgmt/client.hpp>
#include <mec/sync_wait.hpp>

#include <boost/asio/io_context.hpp>

#include <string>
#include <utility>

namespace {

using service_list = std::vector<mec::service_mgmt::service_info>;

mec::service_mgmt::client make_client(const bench::arguments& a, boost::asio::io_context& loop)
{
    mec::http::transport_options options;
    options.tls.ca_file = a.ca_file;
    options.pool.connections = a.connections;
    auto transport = mec::http::make_transport(loop.get_executor(), options);
    if (!transport) bench::give_up(transport.error().what());
    mec::http::endpoint endpoint;
    endpoint.base = mec::url::parse((a.tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") +
                                    std::to_string(a.port) + "/mec_service_mgmt/v1")
                        .value();
    endpoint.app_instance_id = "5abe4782-2c70-4e47-9a4e-0ee3a1a0fd1f";
    endpoint.transport = std::move(*transport);
    return mec::service_mgmt::client(mec::service_mgmt::make_connection(endpoint));
}

std::size_t count(const mec::result<service_list>& list)
{
    if (!list) bench::give_up(list.error().what());
    return list->size();
}

/// Calls one after the other, as callbacks do it: each starts the next.
class call_chain {
public:
    call_chain(const mec::service_mgmt::client& client, bench::measurement& m)
        : client_(client), measurement_(m)
    {
    }
    void next()
    {
        const auto started = measurement_.start();
        if (!started) return;
        client_.async_list_services({}, [this, started](mec::result<service_list> list) {
            measurement_.finish(*started, count(list));
            next();
        });
    }

private:
    const mec::service_mgmt::client& client_;
    bench::measurement& measurement_;
};

} // namespace

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    boost::asio::io_context loop(1);
    const auto client = make_client(a, loop);
    if (a.variant == "blocking") {
        bench::run_threads(a, [&client] {
            return [&client] { return count(mec::sync_wait(client.async_list_services())); };
        });
    } else if (a.variant == "async") {
        bench::measurement m(a);
        std::vector<call_chain> chains(a.connections, call_chain(client, m));
        for (auto& c : chains) c.next();
        loop.run();
        m.print();
    } else {
        bench::give_up("variants: blocking async");
    }
}
