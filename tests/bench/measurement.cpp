#include "measurement.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <sys/resource.h>

namespace bench {

namespace {

double seconds(const timeval& t)
{
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
}

} // namespace

void give_up(const std::string& why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

arguments parse_arguments(int argc, char** argv)
{
    arguments a;
    if (argc < 2)
        give_up("usage: <variant> [port=N] [ca=FILE] [requests=N] [connections=N] [services=N]");
    a.variant = argv[1];
    for (int i = 2; i < argc; ++i) {
        const std::string_view text = argv[i];
        const auto split = text.find('=');
        const auto name = text.substr(0, split);
        const std::string value(split == text.npos ? "" : text.substr(split + 1));
        const auto number = std::strtoull(value.c_str(), nullptr, 10);
        if (name == "ca") a.ca_file = value;
        else if (name == "path") a.path = value;
        else if (number == 0) give_up("expected name=<positive number>, got " + std::string(text));
        else if (name == "port") a.port = static_cast<std::uint16_t>(number);
        else if (name == "requests") a.requests = number;
        else if (name == "connections") a.connections = number;
        else if (name == "services") a.services = number;
        else give_up("unknown argument " + std::string(text));
    }
    return a;
}

measurement::measurement(const arguments& a) : measurement(a, 0) {}

measurement measurement::of_server(const arguments& a) { return measurement(a, a.connections); }

measurement::measurement(const arguments& a, std::size_t greetings)
    : expected_services_(a.services),
      warm_up_(std::max(a.requests / 10, 2 * a.connections) + greetings),
      total_(warm_up_ + a.requests)
{
    latencies_.reserve(a.requests);
}

auto measurement::now() -> usage
{
    rusage r{};
    getrusage(RUSAGE_SELF, &r);
    return {std::chrono::steady_clock::now(), seconds(r.ru_utime) + seconds(r.ru_stime),
            seconds(r.ru_utime)};
}

auto measurement::start() -> std::optional<time_point>
{
    std::lock_guard lock(mutex_);
    if (started_ == total_) return std::nullopt;
    ++started_;
    return std::chrono::steady_clock::now();
}

void measurement::finish(time_point started, std::size_t services)
{
    if (services != expected_services_)
        give_up("expected a list of " + std::to_string(expected_services_) + " services, got " +
                std::to_string(services));
    const std::chrono::duration<float, std::micro> latency =
        std::chrono::steady_clock::now() - started;
    std::lock_guard lock(mutex_);
    ++finished_;
    if (finished_ > warm_up_) latencies_.push_back(latency.count());
    if (finished_ == warm_up_) begin_ = now();
    if (finished_ == total_) end_ = now();
}

bool measurement::handled()
{
    std::lock_guard lock(mutex_);
    ++finished_;
    if (finished_ == warm_up_) begin_ = now();
    if (finished_ == total_) end_ = now();
    return finished_ == total_;
}

void measurement::print()
{
    std::sort(latencies_.begin(), latencies_.end());
    const auto n = total_ - warm_up_;
    latencies_.resize(n); // a server has none
    const auto per_request = 1e6 / static_cast<double>(n);
    const std::chrono::duration<double> wall = end_.time - begin_.time;
    std::printf("{\"requests\": %zu, \"rate\": %.1f, \"cpu_us\": %.4f, \"user_us\": %.4f, "
                "\"p50_us\": %.2f, \"p99_us\": %.2f}\n",
                n, static_cast<double>(n) / wall.count(), (end_.cpu - begin_.cpu) * per_request,
                (end_.user - begin_.user) * per_request, static_cast<double>(latencies_[n / 2]),
                static_cast<double>(latencies_[n * 99 / 100]));
}

} // namespace bench
