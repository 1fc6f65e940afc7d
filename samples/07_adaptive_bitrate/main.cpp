// A streaming server at the edge that picks the bit rate of a live stream by what the radio network says
// about its viewer: guaranteed and greatest bit rates of the bearers, RSRP and RSRQ. Beside it the same
// stream with a fixed bit rate. Two players take them over real connections, each through a simulated radio
// link of its own, and count how often they stall. Meant for the scenario `drive` of the emulator.
// Exit status: 0 left in good order, 1 failed, 2 wrong usage or configuration.

#include "player.hpp"
#include "radio.hpp"

#include "../02_producer/http_server.hpp"

#include <mec/mec.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string_view>

namespace rni = mec::rni;

namespace {

constexpr std::string_view usage =
    "usage: 07_adaptive_bitrate [option]...\n"
    "  --ue ADDRESS   IPv4 address of the viewer (default 10.45.0.7)\n"
    "  --speed N      how many times as fast as in reality the emulator plays (default 1)\n"
    "  --seconds N    how long to play, in the scenario's time (default 115)\n"
    "  --fixed N      the fixed bit rate in Mbit/s (default 2.5)\n"
    "N is 1 to 1000. SIGTERM or Ctrl-C: leave in good order.\n"
    "The platform is named by MEC_* variables or the file in MEC_CONFIG_FILE.\n";

struct options {
    std::string ue = "10.45.0.7";
    double speed = 1;
    double seconds = 115;
    double fixed = 2.5;
    bool help = false;
};

std::optional<options> parse(int argc, char** argv)
{
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        double* const number = name == "--speed"     ? &o.speed
                               : name == "--seconds" ? &o.seconds
                               : name == "--fixed"   ? &o.fixed
                                                     : nullptr;
        if (name == "--help") o.help = true;
        else if (++i == argc) return std::nullopt;
        else if (name == "--ue") o.ue = argv[i];
        else if (!number) return std::nullopt;
        else {
            char* end = nullptr;
            *number = std::strtod(argv[i], &end);
            if (*end != '\0' || !(*number >= 1 && *number <= 1000)) return std::nullopt;
        }
    }
    return o;
}

/// The highest of the bit rates in which the video exists that leaves a fifth of what is expected.
double pick(const radio& known)
{
    constexpr double ladder[] = {0.6e6, 1.0e6, 1.5e6, 2.5e6, 3.5e6};
    const double room = known.expected().value_or(0) * 0.8;
    double best = ladder[0];
    for (const double rate : ladder)
        if (rate <= room) best = rate;
    return best;
}

/// Keeps `radio` up to date. Everything runs on the application's executor.
class observer {
public:
    observer(mec::application& app, const std::string& ue, radio& known,
             std::function<void()> first)
        : app_(app), viewer_{rni::associate_id_type::ue_ipv4_address, ue}, known_(known),
          on_first_(std::move(first))
    {
        rni::meas_rep_ue_subscription measured;
        measured.filter_criteria.associate_id = {viewer_};
        follow(measured, [this](const rni::meas_rep_ue_notification& n) {
            known_.set(n);
            if (const auto first_time = std::exchange(on_first_, nullptr)) first_time();
        });
        mec::radio_options o;
        o.on_delivery = [this](mec::radio_delivery way, const mec::error&) {
            if (way == mec::radio_delivery::http || way == mec::radio_delivery::websocket) ask();
        };
        for (const std::int32_t qci : {2, 4, 7}) { // classes for video
            rni::rab_est_subscription made;
            made.filter_criteria.qci = qci;
            follow(
                made, [this](const auto& n) { set(n.erab_id, n.erab_qos_parameters); }, o);
        }
    }

private:
    /// Subscribes; calls `use` for what concerns the viewer.
    template <class Subscription, class Use>
    void follow(Subscription what, Use use, mec::radio_options o = {})
    {
        using notification = typename Subscription::notification_type;
        const std::function<void(const notification&)> handler = [this,
                                                                  use](const notification& n) {
            const auto& ids = n.associate_id;
            if (std::find(ids.begin(), ids.end(), viewer_) != ids.end()) use(n);
        };
        app_.subscribe(std::move(what), handler, std::move(o));
    }

    /// Which bearers there are already.
    void ask()
    {
        rni::rab_info_query q;
        q.ue_ipv4_address = {viewer_.value};
        app_.rni().async_get_rab_info(q, [this](mec::result<rni::rab_info> all) {
            if (!all) return;
            for (const auto& cell : all->cell_user_info)
                for (const auto& ue : cell.ue_info)
                    for (const auto& e : ue.erab_info) set(e.erab_id, e.erab_qos_parameters);
        });
    }

    void set(std::int32_t id, const std::optional<rni::erab_qos_parameters>& qos)
    {
        known_.set(id, qos);
        if (!qos || followed_.size() == 16 || !followed_.emplace(id, qos->qci).second) return;
        rni::rab_mod_subscription changed;
        rni::rab_rel_subscription ended;
        changed.filter_criteria.erab_id = ended.filter_criteria.erab_id = id;
        changed.filter_criteria.qci = ended.filter_criteria.qci = qos->qci;
        follow(changed, [this](const auto& n) { known_.set(n.erab_id, n.erab_qos_parameters); });
        follow(ended, [this](const auto& n) { known_.bearers.erase(n.erab_release_info.erab_id); });
    }

    mec::application& app_;
    const rni::associate_id viewer_;
    radio& known_;
    std::function<void()> on_first_;
    std::set<std::pair<std::int32_t, std::int32_t>> followed_;
};

void print(const char* name, const player& p)
{
    std::printf("%-9s %d stalls, %.1f s standing still; played %.1f s at %.2f Mbit/s\n", name,
                p.stalls, p.stalled, p.played, p.rate() / 1e6);
}

int run(const options& o, mec::discovery::configuration config)
{
    boost::asio::io_context io(1);
    radio known;
    http_server server(io, {boost::asio::ip::address_v4::loopback(), 0}, [&](const auto& asked) {
        const double rate = asked.target() == "/adaptive" ? pick(known) : o.fixed * 1e6;
        http_server::response r;
        r.body().assign(static_cast<std::size_t>(rate / 8 * segment_length), 'v');
        return r;
    });
    const auto link = [&] { return known.throughput(); };
    player fixed(io, "/fixed", link, o.speed);
    player adaptive(io, "/adaptive", link, o.speed);

    mec::application app(io.get_executor(), std::move(config));
    app.stop_on_signals();
    boost::asio::steady_timer end(io);
    observer eyes(app, o.ue, known, [&] {
        std::cout << "playing   " << o.seconds << " s of the scenario" << std::endl;
        fixed.start(server.endpoint());
        adaptive.start(server.endpoint());
        end.expires_after(std::chrono::milliseconds(static_cast<int>(o.seconds * 1000 / o.speed)));
        end.async_wait([&](boost::system::error_code ec) {
            if (!ec) app.stop();
        });
    });
    app.on_state_change([&](mec::application_state state, const mec::error& why) {
        std::cout << "state     " << to_string(state) << (why ? ": " + why.what() : "")
                  << std::endl;
        if (state == mec::application_state::stopping) fixed.close(), adaptive.close();
    });
    mec::result<> ended;
    app.async_run([&](mec::result<> r) {
        ended = std::move(r);
        end.cancel();
        fixed.close();
        adaptive.close();
        server.close();
    });
    io.run();
    ended.value();
    print("fixed", fixed);
    print("adaptive", adaptive);
    return 0;
}

} // namespace

int main(int argc, char** argv)
try {
    const auto o = parse(argc, argv);
    if (!o || o->help) {
        (o ? std::cout : std::cerr) << usage;
        return o ? 0 : 2;
    }
    return run(*o, mec::discovery::discover().value());
} catch (const std::exception& e) {
    std::cerr << "07_adaptive_bitrate: " << e.what() << std::endl;
    const auto* const ours = dynamic_cast<const mec::system_error*>(&e);
    return ours && ours->error() == mec::errc::config_invalid ? 2 : 1;
}
