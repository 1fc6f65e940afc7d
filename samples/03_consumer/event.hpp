#ifndef SAMPLES_CONSUMER_EVENT_HPP
#define SAMPLES_CONSUMER_EVENT_HPP

#include <mec/http/message.hpp>
#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>

#include <cstdint>
#include <iomanip>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

/// One thing that was seen. What is not set is not printed.
struct event {
    explicit event(std::string name = {}) : what(std::move(name)) {}

    std::string what;
    std::optional<std::string> state;
    std::optional<std::string> url;
    std::optional<std::uint32_t> count;
    std::optional<std::uint32_t> pid;
    std::optional<double> seconds;
    std::optional<std::string> error;
};

/// What the service answers.
struct tally {
    std::uint32_t count = 0;
    std::uint32_t pid = 0;
};

// The SDK reads and writes as JSON what is described like this.
template <> struct mec::json::describe<event> {
    static constexpr auto value =
        object("Event", field<&event::what>("event"), field<&event::state>("state"),
               field<&event::url>("url"), field<&event::count>("count"), field<&event::pid>("pid"),
               field<&event::seconds>("seconds"), field<&event::error>("error"));
};
template <> struct mec::json::describe<tally> {
    static constexpr auto value =
        object("Tally", field<&tally::count>("count"), field<&tally::pid>("pid"));
};

/// What another program sends may be anything.
inline mec::result<tally> answer_of(const mec::http::response& r)
{
    if (r.status == 200) return mec::json::parse<tally>(r.body);
    return mec::error(mec::errc::http_status,
                      "expected status 200, got " + std::to_string(r.status));
}

inline void print(const event& e, bool json)
{
    if (json) {
        std::cout << mec::json::serialize(e) << std::endl;
        return;
    }
    std::cout << std::left << std::setw(9) << e.what;
    if (e.state) std::cout << ' ' << *e.state;
    if (e.url) std::cout << ' ' << *e.url;
    if (e.count) std::cout << ' ' << *e.count;
    if (e.pid) std::cout << " of process " << *e.pid;
    if (e.seconds) std::cout << ' ' << *e.seconds << " s without answers";
    if (e.error) std::cout << ' ' << *e.error;
    std::cout << std::endl;
}

#endif
