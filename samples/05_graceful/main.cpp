// An application with work in flight: jobs come in, a thread works them off. When it is told to end (by
// SIGTERM, by stop(), or by the platform), it takes no more jobs and finishes those it has. What is not
// finished when the time is over is given up; then the SDK withdraws everything and tells the platform.
// Exit status: 0 left in good order with all work done, 1 failed or work was given up, 2 wrong usage or
// configuration.

#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <queue>
#include <string_view>

namespace {

using std::chrono::milliseconds;

constexpr std::string_view usage =
    "usage: 05_graceful [option]...\n"
    "  --jobs N   end by itself after N jobs have come; 0, the default, is never\n"
    "  --size N   how much work a job is: primes are counted up to N (default 200000)\n"
    "Four jobs come at once, every 100 ms. SIGTERM, Ctrl-C, or the platform's notice: finish, "
    "leave.\n"
    "The platform is named by MEC_* variables or the file in MEC_CONFIG_FILE.\n";

struct options {
    std::uint64_t jobs = 0;
    std::uint64_t size = 200'000;
    bool help = false;
};

std::optional<options> parse(int argc, char** argv)
{
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--help") {
            o.help = true;
            continue;
        }
        const char* const text = i + 1 < argc ? argv[++i] : "";
        char* end = nullptr;
        const std::uint64_t n = std::strtoull(text, &end, 10);
        if (*text < '0' || *text > '9' || *end != '\0') return std::nullopt;
        if (name == "--jobs") o.jobs = n;
        else if (name == "--size") o.size = n;
        else return std::nullopt;
    }
    return o;
}

/// A job; false when it was given up.
bool count_primes(std::uint64_t up_to, const std::atomic<bool>& give_up)
{
    std::uint64_t found = 0;
    for (std::uint64_t n = 2; n <= up_to; ++n) {
        if (give_up) return false;
        bool prime = true;
        for (std::uint64_t d = 2; d * d <= n && prime; ++d) prime = n % d != 0;
        if (prime) ++found;
    }
    return found != 0 || up_to < 2;
}

/// The work: a queue, and one thread that works it off. Its functions are called on one thread.
class workshop {
public:
    workshop(mec::application& app, const options& o)
        : app_(app), options_(o), next_jobs_(app.get_executor()), last_moment_(app.get_executor())
    {
    }

    void open()
    {
        for (int i = 0; i < 4 && !draining_; ++i) {
            waiting_.push(++accepted_);
            if (accepted_ == options_.jobs) return app_.stop(); // open() is not called again
        }
        work();
        next_jobs_.expires_after(milliseconds(100));
        next_jobs_.async_wait([this](boost::system::error_code ec) {
            if (!ec && !draining_) open();
        });
    }

    /// May come twice: first a signal, then the platform's notice with less time.
    void drain(mec::termination notice)
    {
        const auto left = std::chrono::duration_cast<milliseconds>(
            notice.deadline() - std::chrono::steady_clock::now());
        std::cout << "ending    by " << name_of(notice.cause()) << ", " << unfinished()
                  << " jobs to finish in " << left.count() << " ms" << std::endl;
        draining_ = true;
        next_jobs_.cancel();
        last_moment_.expires_at(notice.deadline());
        last_moment_.async_wait([this](boost::system::error_code ec) {
            if (!ec) close();
        });
        notice_ = std::move(notice);
        work();
    }

    /// Gives up what is left.
    void close()
    {
        waiting_ = {};
        give_up_ = true;
        draining_ = true;
        next_jobs_.cancel();
        last_moment_.cancel();
        notice_.reset();
    }

    std::uint64_t accepted() const noexcept { return accepted_; }
    std::uint64_t unfinished() const noexcept { return accepted_ - finished_; }

private:
    static std::string_view name_of(mec::termination_cause cause)
    {
        if (cause == mec::termination_cause::platform) return "the platform";
        return cause == mec::termination_cause::signal ? "a signal" : "itself";
    }

    void work()
    {
        if (working_) return;
        if (waiting_.empty()) {
            if (!draining_) return;
            last_moment_.cancel();
            notice_.reset(); // the last copy is gone: the SDK goes on
            return;
        }
        waiting_.pop();
        working_ = true;
        boost::asio::post(thread_, [this, executor = app_.get_executor()] {
            const bool done = count_primes(options_.size, give_up_);
            boost::asio::post(executor, [this, done] {
                working_ = false;
                finished_ += done ? 1 : 0;
                work();
            });
        });
    }

    mec::application& app_;
    const options options_;
    boost::asio::steady_timer next_jobs_;
    boost::asio::steady_timer last_moment_;
    std::queue<std::uint64_t> waiting_;
    std::optional<mec::termination> notice_; ///< kept while there is work to finish
    std::atomic<bool> give_up_{false};
    std::uint64_t accepted_ = 0;
    std::uint64_t finished_ = 0;
    bool working_ = false;
    bool draining_ = false;
    boost::asio::thread_pool thread_{1}; ///< the last member: ends first
};

} // namespace

int main(int argc, char** argv)
try {
    const auto o = parse(argc, argv);
    if (!o || o->help) {
        (o ? std::cout : std::cerr) << usage;
        return o ? 0 : 2;
    }
    boost::asio::io_context io(1);
    mec::application app(io.get_executor(), mec::discovery::discover().value());
    workshop shop(app, *o);
    app.stop_on_signals();
    app.on_termination([&](mec::termination notice) { shop.drain(std::move(notice)); });
    app.on_state_change([&](mec::application_state state, const mec::error& why) {
        std::cout << "state     " << to_string(state);
        if (why) std::cout << ": " << why.what();
        std::cout << std::endl;
        if (state == mec::application_state::active && shop.accepted() == 0) shop.open();
    });
    mec::result<> ended;
    app.async_run([&](mec::result<> r) {
        ended = std::move(r);
        shop.close();
    });
    io.run();
    const auto lost = shop.unfinished();
    std::cout << "done      " << shop.accepted() << " jobs came, " << shop.accepted() - lost
              << " were finished, " << lost << " given up" << std::endl;
    ended.value();
    return lost == 0 ? 0 : 1;
} catch (const mec::system_error& e) {
    std::cerr << "05_graceful: " << e.what() << std::endl;
    return e.error() == mec::errc::config_invalid ? 2 : 1;
}
