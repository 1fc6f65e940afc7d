#include "control_command.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <csignal>
#include <optional>

#include <poll.h>
#include <unistd.h>

namespace mecctl {

namespace {

using control::request_entry;

constexpr std::chrono::milliseconds pause_between_looks{200};

struct log_arguments : control_options {
    std::string app;
    bool follow = false;
    bool failed = false;
};

/// Writes requests as rows, or each as a line of JSON.
class log_printer {
public:
    log_printer(const log_arguments& a, control_client& emulator)
        : arguments_(a), names_(emulator), style_(standard_output())
    {
    }

    /// Decides which application is meant: one that runs, or one that is gone and left its traces.
    void choose(const std::vector<request_entry>& seen)
    {
        if (arguments_.app.empty()) return;
        const bool gone = std::any_of(seen.begin(), seen.end(), [&](const request_entry& r) {
            return r.app_instance_id == arguments_.app;
        });
        id_ = gone ? arguments_.app : names_.find(arguments_.app).app_instance_id;
    }

    bool wants(const request_entry& r) const
    {
        return (!arguments_.failed || r.status == 0 || r.status >= 400) &&
               (id_.empty() || r.app_instance_id == id_);
    }

    std::vector<request_entry> wanted(const std::vector<request_entry>& all) const
    {
        std::vector<request_entry> out;
        std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                     [&](const request_entry& r) { return wants(r); });
        return out;
    }

    /// Lines for new entries.
    std::string lines(control_client& emulator, const std::vector<request_entry>& fresh)
    {
        std::string json;
        for (const request_entry& r : wanted(fresh)) {
            if (arguments_.json) {
                mec::json::encode(json, r);
                json += '\n';
                continue;
            }
            learn(emulator, r.app_instance_id);
            rows_.add(row(r));
        }
        return arguments_.json ? json : rows_.take(style_);
    }

private:
    /// Applications come and go while the log is followed.
    void learn(control_client& emulator, const std::string& id)
    {
        if (id.empty() || names_.knows(id) || std::exchange(unknown_, id) == id) return;
        try {
            names_ = application_names(emulator);
        } catch (const refusal&) {
            // The id does instead; that the emulator has gone away is seen when it is next looked at.
        }
    }

    std::vector<cell> row(const request_entry& r) const
    {
        const colour paint = r.status == 0 || r.status >= 500 ? colour::red
                             : r.status >= 400                ? colour::yellow
                                                              : colour::green;
        return {readable_time(r.time.to_time_point()),
                {r.status == 0 ? "dropped" : std::to_string(r.status), paint},
                readable_duration(std::chrono::microseconds{r.duration_us}),
                names_.of(r.app_instance_id),
                r.method,
                r.target};
    }

    const log_arguments& arguments_;
    application_names names_;
    output_style style_;
    std::string id_;      ///< of the only application that is wanted; empty: all
    std::string unknown_; ///< the last id that nobody knew
    table rows_{{"TIME", "STATUS", "TOOK", "APPLICATION", "METHOD", "TARGET"}};
};

/// Ctrl-C. Everything that was printed is flushed, and nothing else is left to do.
extern "C" void end_well(int) { ::_exit(success); }

/// False when nobody reads standard output any more.
bool rest()
{
    pollfd out{STDOUT_FILENO, 0, 0};
    ::poll(&out, 1, static_cast<int>(pause_between_looks.count()));
    return (out.revents & (POLLERR | POLLNVAL)) == 0;
}

/// Follows one log through restarts of the emulator.
class follower {
public:
    follower(const log_arguments& a, control_client& first)
        : arguments_(a), current_(&first), printer_(a, first)
    {
    }

    int run()
    {
        auto seen = look();
        if (!seen) current_->refuse(seen.error());
        printer_.choose(*seen);
        for (;;) {
            if (seen) {
                const int shown = take(*seen);
                if (shown != success) return shown;
            } else {
                outage(seen.error());
            }
            if (!rest()) return success;
            seen = look();
        }
    }

private:
    mec::result<std::vector<request_entry>> look()
    {
        return current_->after<request_entry>(operations::list_requests, last_);
    }

    int take(const std::vector<request_entry>& fresh)
    {
        waiting_ = false;
        if (fresh.empty()) return success;
        last_ = fresh.back().sequence;
        const std::string text = printer_.lines(*current_, fresh);
        return text.empty() ? success : show(text);
    }

    /// One line for each time that the emulator goes away.
    void outage(const mec::error& e)
    {
        if (!current_->where().found && e == mec::errc::auth_failed)
            throw refusal(failure, "another emulator has taken the place of this one, and has "
                                   "another control token: " +
                                       e.what());
        if (!std::exchange(waiting_, true))
            complain("the emulator has gone away (" + e.code().message() +
                     "); waiting for it to come back");
        reconnect();
    }

    /// Where it is now: another process has another token, perhaps another port, and a log of its own.
    void reconnect()
    {
        try {
            auto next = find_emulator(arguments_);
            if (next.token != current_->where().token) last_ = 0;
            replacement_ = std::make_unique<control_client>(std::move(next));
            current_ = replacement_.get();
        } catch (const refusal&) {
            // There is none yet, or more than one.
        }
    }

    const log_arguments& arguments_;
    control_client* current_;
    std::unique_ptr<control_client> replacement_;
    log_printer printer_;
    std::uint64_t last_ = 0;
    bool waiting_ = false;
};

int show_log(const log_arguments& a, control_client& emulator)
{
    if (a.follow) {
        std::signal(SIGINT, &end_well);
        std::signal(SIGTERM, &end_well);
        return follower(a, emulator).run();
    }
    const auto all = emulator.call<std::vector<request_entry>>(operations::list_requests);
    log_printer printer(a, emulator);
    printer.choose(all);
    if (a.json) return show_json(printer.wanted(all));
    const std::string text = printer.lines(emulator, all);
    return show(text.empty() ? "No requests were made that are asked for.\n" : text);
}

} // namespace

void add_log(CLI::App& app, action& chosen)
{
    auto [command, a] = add_control_command<log_arguments>(
        app, "log", "Show the requests that the emulator has served", chosen, &show_log);
    command->add_flag("--follow", a->follow,
                      "Go on with the requests to come, until Ctrl-C; with --json a line for each");
    command->add_option("--app", a->app, "Only of this application: name or id")->type_name("APP");
    command->add_flag("--failed", a->failed, "Only those answered with 400 or above, or dropped");
}

} // namespace mecctl
