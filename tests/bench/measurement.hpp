#ifndef MEC_BENCH_MEASUREMENT_HPP
#define MEC_BENCH_MEASUREMENT_HPP

/// @file
/// What the contenders share: their command line, the closed loop and what is measured of it.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace bench {

struct arguments {
    std::string variant;    ///< the first argument; what it may be is the program's affair
    std::uint16_t port = 0; ///< of the peer, on 127.0.0.1
    std::string ca_file;    ///< not empty: TLS, verified against this CA
    std::string path;       ///< where to post to (the load of servers only)
    std::size_t requests = 1000;
    std::size_t connections = 1;
    std::size_t services = 2; ///< length of the list (codec only; the peer's is always 2)

    bool tls() const noexcept { return !ca_file.empty(); }
};

/// Reads `<variant> name=value...`; says what is wrong and ends the program when it cannot.
arguments parse_arguments(int argc, char** argv);

/// Says why and ends the program: a benchmark whose calls fail has no result.
[[noreturn]] void give_up(const std::string& why);

/// A closed loop of a fixed number of requests, from any number of threads. The first tenth warms up
/// (connections, handshakes, caches, lazily made things) and is not measured.
class measurement {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit measurement(const arguments& a);
    /// For a server: its clients send one request each before they begin.
    static measurement of_server(const arguments& a);

    /// The time at which another request starts; nothing when enough have started.
    std::optional<time_point> start();
    /// A request is done; `services` is how long the list was.
    void finish(time_point started, std::size_t services);
    /// A server has handled a request; how long its client waited is the client's to say.
    /// @return whether it was the last.
    bool handled();
    /// Calls `call()`, which returns the length of the list, until enough have started.
    template <class Call> void loop(Call call)
    {
        while (auto started = start()) finish(*started, call());
    }
    /// Prints the result as one line of JSON.
    void print();

private:
    measurement(const arguments& a, std::size_t greetings);
    struct usage {
        time_point time;
        double cpu; ///< seconds of this process, user and system
        double user;
    };
    static usage now();

    std::mutex mutex_; // one core and short sections: never contended
    std::size_t expected_services_;
    std::size_t warm_up_;
    std::size_t total_;
    std::size_t started_ = 0;
    std::size_t finished_ = 0;
    usage begin_{};
    usage end_{};
    std::vector<float> latencies_; ///< microseconds
};

/// Runs the loop in one thread a connection; `make_call()` makes each thread's own client.
template <class MakeCall> void run_threads(const arguments& a, MakeCall make_call)
{
    measurement m(a);
    if (a.connections == 1) {
        m.loop(make_call());
    } else {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < a.connections; ++i)
            threads.emplace_back([&] { m.loop(make_call()); });
        for (auto& t : threads) t.join();
    }
    m.print();
}

} // namespace bench

#endif
