#include "rni_watch.hpp"

#include "radio_access.hpp"
#include "refusal.hpp"

#include <mec/rni/conversions.hpp>
#include <mec/rni/describe.hpp>

#include <boost/asio/steady_timer.hpp>

#include <cmath>
#include <utility>

namespace mecctl {

namespace {

namespace rni = mec::rni;

std::string rounded(const rni::interval& i, const char* unit)
{
    return i ? std::to_string(std::lround(i->middle())) + unit : "-";
}

std::string bearer_text(std::int32_t erab_id, const std::optional<rni::erab_qos_parameters>& qos)
{
    std::string out = "E-RAB " + std::to_string(erab_id);
    if (!qos) return out;
    out += ", QCI " + std::to_string(qos->qci);
    if (const auto& q = qos->qos_information)
        out += ", guaranteed " + readable_rate(q->erab_gbr_dl) + " of " +
               readable_rate(q->erab_mbr_dl) + " down";
    return out;
}

std::string levels(const rni::interval& rsrp, const rni::interval& rsrq)
{
    return rounded(rsrp, " dBm, ") + rounded(rsrq, " dB");
}

struct happening {
    const char* what;
    std::string ue;
    std::string cell;
    std::string details;
};

/// What a notification tells people.
struct telling {
    happening operator()(const rni::cell_change_notification& n) const
    {
        constexpr const char* names[] = {"",     "in preparation", "in execution",
                                         "done", "rejected",       "cancelled"};
        const auto status = n.ho_status.known() ? static_cast<std::size_t>(*n.ho_status.get()) : 0;
        return {"hand-over", ue_of(n.associate_id),
                n.trg_ecgi.empty() ? "-" : n.trg_ecgi.front().cell_id,
                "from " + n.src_ecgi.cell_id + ", " +
                    (status == 0 ? n.ho_status.text() : std::string(names[status]))};
    }
    happening operator()(const rni::rab_est_notification& n) const
    {
        return {"bearer established", ue_of(n.associate_id), n.ecgi.cell_id,
                bearer_text(n.erab_id, n.erab_qos_parameters)};
    }
    happening operator()(const rni::rab_mod_notification& n) const
    {
        return {"bearer modified", ue_of(n.associate_id), n.ecgi.cell_id,
                bearer_text(n.erab_id, n.erab_qos_parameters)};
    }
    happening operator()(const rni::rab_rel_notification& n) const
    {
        return {"bearer released", ue_of(n.associate_id), n.ecgi.cell_id,
                bearer_text(n.erab_release_info.erab_id, {})};
    }
    happening operator()(const rni::meas_rep_ue_notification& n) const
    {
        return {"measurement", ue_of(n.associate_id), n.ecgi.cell_id,
                levels(rni::extended_or_plain(rni::lte_rsrp_dbm, n.rsrp, n.rsrp_ex),
                       rni::extended_or_plain(rni::lte_rsrq_db, n.rsrq, n.rsrq_ex))};
    }
    happening operator()(const rni::nr_meas_rep_ue_notification& n) const
    {
        happening h{"NR measurement", ue_of(n.associate_id), "-", "-"};
        if (n.serv_cell_meas_info.empty()) return h;
        const auto& serving = n.serv_cell_meas_info.front();
        h.cell = serving.nrcgi.nr_cell_id;
        if (const auto& l = serving.s_cell.meas_quantity_results_ssb_cell)
            h.details = levels(l->rsrp ? rni::nr_rsrp_dbm(*l->rsrp) : std::nullopt,
                               l->rsrq ? rni::nr_rsrq_db(*l->rsrq) : std::nullopt);
        return h;
    }
    happening operator()(const rni::meas_ta_notification& n) const
    {
        return {"timing advance", ue_of(n.associate_id), n.ecgi.cell_id,
                rounded(rni::timing_advance_metres(n.timing_advance), " m")};
    }
    happening operator()(const rni::ca_reconf_notification& n) const
    {
        std::string cells;
        for (const auto& c : n.secondary_cell_add) cells += '+' + c.ecgi.cell_id + ' ';
        for (const auto& c : n.secondary_cell_remove) cells += '-' + c.ecgi.cell_id + ' ';
        return {"secondary cells", ue_of(n.associate_id), n.ecgi.cell_id, cells};
    }
    happening operator()(const rni::s1_bearer_notification& n) const
    {
        std::string bearers;
        for (const auto& b : n.s1_ue_info.s1_bearer_info)
            bearers += "E-RAB " + std::to_string(b.erab_id) + ' ';
        return {"S1 bearers", ue_of(n.s1_ue_info.associate_id),
                n.s1_ue_info.ecgi.empty() ? "-" : n.s1_ue_info.ecgi.front().cell_id, bearers};
    }
    /// The SDK takes care of the others.
    template <class Other> happening operator()(const Other&) const { return {"-", "-", "-", ""}; }
};

/// Subscribes to everything that needs no more than a class of bearers to be subscribed to.
class watcher {
public:
    watcher(const watch_arguments& a, radio_access& access)
        : arguments_(a), app_(access.application()), style_(standard_output()),
          patience_(access.context())
    {
        follow("hand-overs", rni::cell_change_subscription{});
        follow("measurements", rni::meas_rep_ue_subscription{});
        follow("NR measurements", rni::nr_meas_rep_ue_subscription{});
        follow("timing advance", rni::meas_ta_subscription{});
        follow("secondary cells", rni::ca_reconf_subscription{});
        rni::s1_bearer_subscription s1;
        s1.event_type = {rni::s1_event::s1_bearer_establish, rni::s1_event::s1_bearer_modify,
                         rni::s1_event::s1_bearer_release};
        follow("S1 bearers", std::move(s1));
        for (const std::int32_t qci : a.qci) {
            rni::rab_est_subscription s;
            s.filter_criteria.qci = qci;
            follow("bearers of QCI " + std::to_string(qci), std::move(s));
        }
    }

    int status() const noexcept { return status_; }
    /// Nothing is left to do.
    void close() { patience_.cancel(); }

private:
    void follow(const std::string& name, rni::subscription what)
    {
        mec::radio_options o;
        o.on_delivery = [this, name](mec::radio_delivery way, const mec::error& why) {
            if (way == mec::radio_delivery::waiting) return wait();
            patience_.cancel();
            waiting_ = false;
            if (way == mec::radio_delivery::http || way == mec::radio_delivery::websocket) return;
            complain(name + ": " + std::string(to_string(way)) +
                     (why ? ": " + why.what() : std::string()));
        };
        mec::notify::handlers<rni::notification> h;
        h.on_notification = [this](const rni::notification& n) { print(n); };
        h.on_gap = [name](const mec::notify::gap& g) {
            complain(name + (g.refused == 0 ? std::string(": something may have been missed")
                                            : ": missed at least " + std::to_string(g.refused)));
        };
        app_.subscribe(std::move(what), std::move(h), std::move(o));
    }

    /// At the beginning the service has yet to be found. Said once, not for every subscription.
    void wait()
    {
        if (std::exchange(waiting_, true)) return;
        patience_.expires_after(std::chrono::seconds(2));
        patience_.async_wait([](boost::system::error_code ec) {
            if (!ec)
                complain(
                    "the platform offers no radio network information for now; waiting for it");
        });
    }

    void print(const rni::notification& n)
    {
        std::string text;
        if (arguments_.json) {
            text = std::visit([](const auto& one) { return mec::json::serialize(one); }, n) + '\n';
        } else {
            happening h = std::visit(telling(), n);
            rows_.add({readable_time(std::chrono::system_clock::now()), h.what, std::move(h.ue),
                       std::move(h.cell), std::move(h.details)});
            text = rows_.take(style_);
        }
        if (mecctl::print(text) || stopping_) return;
        stopping_ = true;
        status_ = show(text); // decides whether a reader that has gone away is a failure
        app_.stop();
    }

    const watch_arguments& arguments_;
    mec::application& app_;
    output_style style_;
    table rows_{{"TIME", "WHAT", "UE", "CELL", "DETAILS"}};
    boost::asio::steady_timer patience_;
    bool waiting_ = false;
    bool stopping_ = false;
    int status_ = success;
};

} // namespace

std::string ue_of(const std::vector<rni::associate_id>& ids)
{
    for (const auto& id : ids)
        if (id.type == rni::associate_id_type::ue_ipv4_address) return id.value;
    return ids.empty() ? "-" : ids.front().value;
}

std::string readable_rate(std::int64_t bits)
{
    if (bits == 0) return "0";
    if (bits >= 10'000'000 || (bits >= 1'000'000 && bits % 1'000'000 == 0))
        return std::to_string(bits / 1'000'000) + " Mbit/s";
    return std::to_string(bits / 1000) + " kbit/s";
}

int watch(const watch_arguments& a)
{
    radio_access access(a);
    mec::application& app = access.application();
    app.stop_on_signals();
    app.on_state_change([](mec::application_state state, const mec::error& why) {
        if (why) complain(std::string(to_string(state)) + ": " + why.what());
    });
    watcher shown(a, access);
    mec::result<> ended;
    app.async_run([&](mec::result<> r) {
        ended = std::move(r);
        shown.close();
    });
    access.context().run();
    if (!ended) radio_access::refuse(ended.error());
    return shown.status();
}

} // namespace mecctl
