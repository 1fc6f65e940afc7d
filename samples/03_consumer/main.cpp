// Uses a service that another MEC application offers (02_producer): waits until it is there, calls it
// every now and then, and goes on when it comes back: after a pause, a restart, or the platform's loss.
// Exit status: 0 left in good order, 1 failed, 2 wrong usage or configuration.

#include "event.hpp"

#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdlib>
#include <string_view>

namespace {

using steady = std::chrono::steady_clock;
using seconds = std::chrono::duration<double>;

constexpr std::string_view usage =
    "usage: 03_consumer [option]...\n"
    "  --calls N         leave after N good answers; 0, the default, is never\n"
    "  --every SECONDS   between two calls, 0.001 to 86400 (default 1)\n"
    "  --json            print lines of JSON\n"
    "SIGTERM or Ctrl-C: leave in good order.\n"
    "The platform is named by MEC_* variables or the file in MEC_CONFIG_FILE.\n";

struct options {
    std::uint64_t calls = 0;
    seconds every{1};
    bool json = false;
    bool help = false;
};

std::optional<double> number(const char* text, double least, double most)
{
    char* end = nullptr;
    const double value = std::strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= least && value <= most)) return std::nullopt;
    return value;
}

std::optional<options> parse(int argc, char** argv)
{
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const char* const value = i + 1 < argc ? argv[i + 1] : "";
        if (name == "--help") {
            o.help = true;
        } else if (name == "--json") {
            o.json = true;
        } else if (const auto n = number(value, 0, 1e9); name == "--calls" && n) {
            o.calls = static_cast<std::uint64_t>(*n);
            ++i;
        } else if (const auto s = number(value, 0.001, 86400); name == "--every" && s) {
            o.every = seconds(*s);
            ++i;
        } else {
            return std::nullopt;
        }
    }
    return o;
}

/// Calls the service while there is one. Everything runs on the application's executor.
class consumer {
public:
    consumer(mec::application& app, std::shared_ptr<mec::http::transport> transport,
             const options& o)
        : app_(app), transport_(std::move(transport)), options_(o), timer_(app.get_executor()),
          watch_(app.watch_services({{"tally"}, {}, {}, {}, {}},
                                    [this](const mec::service_change& c) { on_change(c); }))
    {
    }

    void close()
    {
        closed_ = true;
        timer_.cancel();
        transport_->close();
    }

private:
    void on_change(const mec::service_change& c)
    {
        using kind = mec::service_change::kind;
        event e{c.what == kind::found ? "found" : c.what == kind::gone ? "gone" : "changed"};
        e.state = mec::json::to_string(c.service.state);
        if (const auto url = mec::endpoint_of(c.service)) e.url = url->to_string();
        print(e, options_.json);
        call();
    }

    /// Of several services the first that can be used; looked up anew for every call.
    std::optional<mec::url> target() const
    {
        for (const auto& s : watch_.services())
            if (s.state == mec::service_mgmt::service_state::active)
                if (const auto base = mec::endpoint_of(s)) return base->with_path_suffix("/count");
        return std::nullopt;
    }

    void call()
    {
        const auto to = target();
        if (closed_ || calling_ || !to) return;
        calling_ = true;
        timer_.cancel();
        request_.origin = to->origin();
        request_.target = to->target();
        request_.accept = "application/json";
        request_.idempotent = true;
        request_.deadline = steady::now() + std::chrono::seconds(2);
        transport_->async_send(request_, response_, [this](const mec::error& failure) {
            calling_ = false;
            if (closed_) return;
            on_answer(failure ? failure : answer_of(response_));
            timer_.expires_after(std::chrono::duration_cast<steady::duration>(options_.every));
            timer_.async_wait([this](boost::system::error_code ec) {
                if (!ec) call();
            });
        });
    }

    void on_answer(const mec::result<tally>& answer)
    {
        if (!answer) {
            if (std::exchange(failing_, true)) return; // one line, not one for every call
            event e{"failed"};
            e.error = answer.error().what();
            return print(e, options_.json);
        }
        failing_ = false;
        const auto now = steady::now();
        const seconds silence = now - std::exchange(last_, now);
        if (answers_ != 0 && silence > options_.every * 2 + seconds(0.1)) {
            event gap{"gap"};
            gap.seconds = silence.count();
            print(gap, options_.json);
        }
        event e{"answer"};
        e.count = answer->count;
        e.pid = answer->pid;
        print(e, options_.json);
        if (++answers_ == options_.calls) app_.stop();
    }

    mec::application& app_;
    const std::shared_ptr<mec::http::transport> transport_;
    const options options_;
    boost::asio::steady_timer timer_;
    mec::service_watch watch_;
    mec::http::request request_; // these two stay untouched while a call is under way
    mec::http::response response_;
    steady::time_point last_{};
    std::uint64_t answers_ = 0;
    bool calling_ = false;
    bool failing_ = false;
    bool closed_ = false;
};

} // namespace

int main(int argc, char** argv)
try {
    const auto o = parse(argc, argv);
    if (!o || o->help) {
        (o ? std::cout : std::cerr) << usage;
        return o ? 0 : 2;
    }
    const auto config = mec::discovery::discover().value();
    boost::asio::io_context io(1);
    // For calls to services: trusts whom the application trusts, and shows no credentials.
    mec::http::transport_options trust;
    trust.tls.ca_file = config.tls.ca_file.value.value_or("");
    trust.allow_plain_http = config.allow_insecure_http.value.value_or(false);
    const auto transport = mec::http::make_transport(io.get_executor(), trust).value();

    mec::application app(io.get_executor(), config);
    app.stop_on_signals();
    app.on_state_change([&](mec::application_state state, const mec::error& why) {
        event e{"state"};
        e.state = to_string(state);
        if (why) e.error = why.what();
        print(e, o->json);
    });
    consumer calls(app, transport, *o);
    mec::result<> ended;
    app.async_run([&](mec::result<> r) {
        ended = std::move(r);
        calls.close();
    });
    io.run();
    ended.value();
    return 0;
} catch (const mec::system_error& e) {
    std::cerr << "03_consumer: " << e.what() << std::endl;
    return e.error() == mec::errc::config_invalid ? 2 : 1;
}
