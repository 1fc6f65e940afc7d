#ifndef MEC_TESTS_APP_MODEL_PLATFORM_HPP
#define MEC_TESTS_APP_MODEL_PLATFORM_HPP

#include "machines.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <queue>
#include <random>

namespace app_test {

using std::chrono::milliseconds;

/// Virtual time, and the random numbers of one run.
class world {
public:
    explicit world(std::uint64_t seed) : numbers_(seed) {}

    steady_time now() const noexcept { return now_; }
    void at(steady_time when, std::function<void()> what)
    {
        events_.push({std::max(when, now_), ++count_, std::move(what)});
    }
    void in(steady_time::duration span, std::function<void()> what)
    {
        at(now_ + span, std::move(what));
    }
    /// @return whether `until` has come true before the time was over.
    bool run(steady_time end, const std::function<bool()>& until)
    {
        for (int still = 0; !until();) {
            if (events_.empty() || events_.top().when > end) {
                now_ = std::max(now_, end);
                return until();
            }
            event e = events_.top();
            events_.pop();
            still = e.when == now_ ? still + 1 : 0;
            if (still > 100'000) {
                ADD_FAILURE() << "time does not pass any more";
                return false;
            }
            now_ = e.when;
            e.what();
        }
        return true;
    }
    void run(steady_time end)
    {
        run(end, [] { return false; });
    }

    double uniform() { return std::uniform_real_distribution<double>(0.0, 1.0)(numbers_); }
    bool chance(double p) { return p > 0 && uniform() < p; }
    milliseconds between(milliseconds a, milliseconds b)
    {
        return milliseconds(
            std::uniform_int_distribution<std::int64_t>(a.count(), b.count())(numbers_));
    }
    int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(numbers_); }

private:
    struct event {
        steady_time when;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(const event& other) const
        {
            return std::tie(when, order) > std::tie(other.when, other.order);
        }
    };
    steady_time now_ = t0;
    std::uint64_t count_ = 0;
    std::priority_queue<event> events_;
    std::mt19937_64 numbers_;
};

/// What a platform has, and how it answers. Times and losses are the network's.
struct model_platform {
    using all = std::map<std::string, std::string>; ///< identity by id

    error confirm_ready()
    {
        if (!known) return errc::not_found;
        if (conflicts > 0 && conflicts--) return errc::conflict;
        ready = true;
        return {};
    }
    /// What every other request is told before anything else.
    error refusal() const
    {
        if (!known) return errc::not_found;
        return ready ? refuses : error(errc::forbidden);
    }
    std::string create(collection c, const std::string& identity)
    {
        const std::string id = std::to_string(++last_id);
        has(c)[id] = identity;
        return id;
    }
    all& has(collection c) { return resources[static_cast<std::size_t>(c)]; }
    void lose_everything()
    {
        for (auto& c : resources) c.clear();
        last_id = 0; // ids are given anew
    }
    /// How often a resource is there.
    int count(collection c, const std::string& identity)
    {
        int n = 0;
        for (const auto& one : has(c)) n += one.second == identity;
        return n;
    }
    std::size_t size() const
    {
        std::size_t n = 0;
        for (const auto& c : resources) n += c.size();
        return n;
    }

    std::array<all, mec::internal::collection_count> resources;
    int last_id = 0;
    int conflicts = 0; ///< ready is refused so often
    bool known = true;
    bool ready = false;
    bool up = true;
    bool silent = false; ///< takes requests and answers none
    int life = 0;        ///< answers of an earlier one are lost
    error refuses;       ///< everything but ready
    double fails = 0;    ///< part of the requests that are answered with 503
    double loses_request = 0;
    double loses_answer = 0;
    milliseconds latency{50};   ///< there and back, at most
    milliseconds patience{500}; ///< of a client without an answer, at most
    std::chrono::seconds heartbeat{0};
    int failing_confirmations = 0;
    std::vector<steady_time> confirmed; ///< when terminations were confirmed
};

} // namespace app_test

#endif
