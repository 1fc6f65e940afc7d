// Watches the radio network through notifications (GS MEC 012): which UE is in which cell, how well it is
// heard, how far away it is, which bearers it has. On a terminal a table that is drawn again and again,
// otherwise a line for everything that happens. It goes on when the platform comes back after a loss.
// Exit status: 0 left in good order, 1 failed, 2 wrong usage or configuration.

#include "screen.hpp"

#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string_view>

namespace rni = mec::rni;

namespace {

constexpr std::string_view usage =
    "usage: 06_rni_monitor [option]...\n"
    "  --qci LIST      classes of bearers to be told of, 0 to 255 (default 1,2,5,9)\n"
    "  --for SECONDS   leave after that time, 0.1 to 86400\n"
    "  --lines         print lines on a terminal, too\n"
    "  --json          print lines of JSON\n"
    "SIGTERM or Ctrl-C: leave in good order.\n"
    "The platform is named by MEC_* variables or the file in MEC_CONFIG_FILE.\n";

struct options {
    std::set<std::int32_t> qci{1, 2, 5, 9};
    std::optional<std::chrono::milliseconds> duration;
    bool lines = false;
    bool json = false;
    bool help = false;
};

std::optional<double> number(const std::string& text, double least, double most)
{
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || *end != '\0' || !(value >= least && value <= most))
        return std::nullopt;
    return value;
}

bool parse_list(const std::string& text, std::set<std::int32_t>& out)
{
    out.clear();
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');) {
        const auto n = number(one, 0, 255);
        if (!n || *n != static_cast<std::int32_t>(*n)) return false;
        out.insert(static_cast<std::int32_t>(*n));
    }
    return !out.empty();
}

std::optional<options> parse(int argc, char** argv)
{
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (name == "--help") {
            o.help = true;
        } else if (name == "--lines") {
            o.lines = true;
        } else if (name == "--json") {
            o.json = true;
        } else if (name == "--qci" && parse_list(value, o.qci)) {
            ++i;
        } else if (const auto s = number(value, 0.1, 86400); name == "--for" && s) {
            o.duration = std::chrono::milliseconds(static_cast<std::int64_t>(*s * 1000));
            ++i;
        } else {
            return std::nullopt;
        }
    }
    return o;
}

/// One line of output. What is not set is not printed.
struct event {
    explicit event(std::string name = {}) : what(std::move(name)) {}

    std::string what;
    std::optional<std::string> type, ue, text, subscription, way, state, error, cell;
    std::optional<double> rsrp, rsrq, distance;
    std::optional<std::int64_t> received, missed, duplicated, again;
};

} // namespace

template <> struct mec::json::describe<event> {
    static constexpr auto value = object(
        "Event", field<&event::what>("event"), field<&event::type>("type"), field<&event::ue>("ue"),
        field<&event::cell>("cell"), field<&event::rsrp>("rsrpDbm"), field<&event::rsrq>("rsrqDb"),
        field<&event::distance>("distanceMetres"), field<&event::text>("what"),
        field<&event::subscription>("subscription"), field<&event::way>("delivery"),
        field<&event::state>("state"), field<&event::error>("error"),
        field<&event::received>("received"), field<&event::missed>("missed"),
        field<&event::duplicated>("duplicated"), field<&event::again>("subscribedAgain"));
};

namespace {

/// Subscribes, and shows what comes. Everything runs on the application's executor.
class monitor {
public:
    monitor(mec::application& app, const options& o)
        : app_(app), options_(o), drawing_(!o.json && !o.lines && is_drawable()),
          redraw_(app.get_executor()), end_(app.get_executor())
    {
        subscribe("hand-overs", rni::cell_change_subscription{});
        subscribe("LTE measurements", rni::meas_rep_ue_subscription{});
        subscribe("NR measurements", rni::nr_meas_rep_ue_subscription{});
        subscribe("timing advance", rni::meas_ta_subscription{});
        subscribe("secondary cells", rni::ca_reconf_subscription{});
        for (const std::int32_t qci : o.qci) {
            rni::rab_est_subscription s;
            s.filter_criteria.qci = qci;
            subscribe("new bearers, QCI " + std::to_string(qci), std::move(s));
        }
        if (o.duration) {
            end_.expires_after(*o.duration);
            end_.async_wait([this](boost::system::error_code ec) {
                if (!ec) app_.stop();
            });
        }
        draw_again();
    }

    void on_state(mec::application_state state, const mec::error& why)
    {
        state_ = to_string(state);
        event e{"state"};
        e.state = state_;
        if (why) e.error = why.what();
        print(e, state_ + (why ? ": " + std::string(why.what()) : ""));
    }

    void close()
    {
        closed_ = true;
        redraw_.cancel();
        end_.cancel();
        draw();
        event e{"summary"};
        e.received = counts_.received();
        e.missed = counts_.missed();
        e.duplicated = counts_.duplicated();
        e.again = counts_.again();
        write(e, counts_.text());
    }

private:
    void subscribe(const std::string& name, rni::subscription what)
    {
        mec::radio_options o;
        o.on_delivery = [this, name](mec::radio_delivery way, const mec::error& why) {
            delivery_[name] = way;
            event e{"delivery"};
            e.subscription = name;
            e.way = to_string(way);
            if (why) e.error = why.what();
            const bool worth_a_reason = why && way != mec::radio_delivery::waiting;
            print(e, name + ": " + *e.way + (worth_a_reason ? ", because " + *e.error : ""));
            if (way == mec::radio_delivery::http || way == mec::radio_delivery::websocket)
                look_at_bearers();
        };
        mec::notify::handlers<rni::notification> h;
        h.on_notification = [this](const rni::notification& n) { on_notification(n); };
        h.on_gap = [this, name](const mec::notify::gap& g) { on_gap(name, g); };
        app_.subscribe(std::move(what), std::move(h), std::move(o));
    }

    void on_notification(const rni::notification& n)
    {
        counts_.count(n);
        const change c = network_.apply(n);
        if (c.erab_id && c.qci) follow_bearer(*c.erab_id, *c.qci);
        event e{"notification"};
        e.type = c.type;
        e.ue = c.ue;
        e.text = c.what;
        const auto ue = network_.ues().find(c.ue);
        if (ue != network_.ues().end()) {
            e.cell = ue->second.cell;
            e.rsrp = ue->second.rsrp;
            e.rsrq = ue->second.rsrq;
            e.distance = ue->second.distance;
        }
        print(e, c.ue + ' ' + c.what);
    }

    /// Changes and ends of bearers can only be subscribed to by number and class.
    void follow_bearer(std::int32_t erab_id, std::int32_t qci)
    {
        constexpr std::size_t most = 32; // whatever the platform tells
        if (followed_.size() == most || !followed_.emplace(erab_id, qci).second) return;
        const std::string name =
            "bearer " + std::to_string(erab_id) + ", QCI " + std::to_string(qci);
        rni::rab_mod_subscription mod;
        mod.filter_criteria.erab_id = erab_id;
        mod.filter_criteria.qci = qci;
        subscribe(name + ", changes", std::move(mod));
        rni::rab_rel_subscription rel;
        rel.filter_criteria.erab_id = erab_id;
        rel.filter_criteria.qci = qci;
        subscribe(name + ", end", std::move(rel));
    }

    /// Lost ones are told of by number. Without one the subscription had to be made again: what happened
    /// meanwhile was not sent to anybody.
    void on_gap(const std::string& name, const mec::notify::gap& g)
    {
        event e{"gap"};
        e.subscription = name;
        if (g.refused != 0) {
            counts_.missed(g.refused);
            e.missed = static_cast<std::int64_t>(g.refused);
            print(e, name + ": missed " + std::to_string(g.refused));
        } else {
            counts_.subscribed_again();
            e.again = 1;
            print(e, name + ": subscribed again");
        }
        look_at_bearers();
    }

    /// Which bearers there are already is asked once; afterwards the notifications tell. Once more
    /// when it was wanted meanwhile.
    void look_at_bearers()
    {
        look_again_ = asking_;
        if (asking_ || closed_) return;
        asking_ = true;
        app_.rni().async_get_rab_info({}, [this](mec::result<rni::rab_info> all) {
            asking_ = false;
            if (closed_) return;
            if (all) {
                network_.learn(*all);
                for (const auto& [name, ue] : network_.ues())
                    for (const auto& [id, b] : ue.bearers) follow_bearer(id, b.qci);
            } else if (!(all.error() == mec::errc::not_found)) {
                event e{"failed"};
                e.error = all.error().what();
                print(e, *e.error);
            }
            if (look_again_) look_at_bearers();
        });
    }

    /// A line, unless the table is drawn.
    void print(const event& e, const std::string& text)
    {
        if (!drawing_) write(e, text);
    }
    void write(const event& e, const std::string& text) const
    {
        if (options_.json) std::cout << mec::json::serialize(e) << std::endl;
        else
            std::cout << e.what << std::string(e.what.size() < 13 ? 13 - e.what.size() : 1, ' ')
                      << text << std::endl;
    }

    void draw()
    {
        if (drawing_) screen_.draw({network_, counts_, delivery_, state_});
    }
    void draw_again()
    {
        if (!drawing_) return;
        draw();
        redraw_.expires_after(std::chrono::milliseconds(200));
        redraw_.async_wait([this](boost::system::error_code ec) {
            if (!ec && !closed_) draw_again();
        });
    }

    mec::application& app_;
    const options options_;
    const bool drawing_;
    boost::asio::steady_timer redraw_;
    boost::asio::steady_timer end_;
    screen screen_;
    view network_;
    tally counts_;
    std::map<std::string, mec::radio_delivery> delivery_;
    std::set<std::pair<std::int32_t, std::int32_t>> followed_; ///< E-RAB id, QCI
    std::string state_ = "starting";
    bool asking_ = false;
    bool look_again_ = false;
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
    boost::asio::io_context io(1);
    mec::application app(io.get_executor(), mec::discovery::discover().value());
    app.stop_on_signals();
    monitor shown(app, *o);
    app.on_state_change([&](auto state, const mec::error& why) { shown.on_state(state, why); });
    mec::result<> ended;
    app.async_run([&](mec::result<> r) {
        ended = std::move(r);
        shown.close();
    });
    io.run();
    ended.value();
    return 0;
} catch (const mec::system_error& e) {
    std::cerr << "06_rni_monitor: " << e.what() << std::endl;
    return e.error() == mec::errc::config_invalid ? 2 : 1;
}
