#include "view.hpp"

#include <mec/json/codec.hpp>
#include <mec/rni/describe.hpp>

#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

namespace rni = mec::rni;

namespace {

constexpr std::size_t window =
    4096; ///< the same content within so many notifications is a duplicate
constexpr std::size_t most_secondary_cells = 32;

constexpr const char* type_names[] = {
    "CellChangeNotification", "RabEstNotification",    "RabModNotification",
    "RabRelNotification",     "MeasRepUeNotification", "NrMeasRepUeNotification",
    "MeasTaNotification",     "CaReconfNotification",  "S1BearerNotification",
    "ExpiryNotification",     "TestNotification",
};
static_assert(std::size(type_names) == std::variant_size_v<rni::notification>, "one for each type");

std::optional<double> middle(const rni::interval& i)
{
    return i ? std::optional<double>(i->middle()) : std::nullopt;
}

std::string rounded(const std::optional<double>& value, const char* unit)
{
    return value ? std::to_string(std::lround(*value)) + unit : "?";
}

std::string text_of(const rni::qos_information& q)
{
    const auto mbit = [](std::int64_t rate) {
        return rounded(static_cast<double>(rate) / 1e6, "");
    };
    if (q.erab_gbr_dl == 0) return ", at most " + mbit(q.erab_mbr_dl) + " Mbit/s";
    return ", guaranteed " + mbit(q.erab_gbr_dl) + " of " + mbit(q.erab_mbr_dl) + " Mbit/s";
}

std::string status_of(const mec::open_enum<rni::ho_status>& s)
{
    using status = rni::ho_status;
    if (!s.known()) return printable(s.text());
    switch (*s.get()) {
    case status::in_preparation: return "prepared";
    case status::in_execution: return "under way";
    case status::completed: return "done";
    case status::rejected: return "rejected";
    case status::cancelled: return "cancelled";
    }
    return "?";
}

/// Of the identities of a UE one that people know: an address before a tunnel.
std::string name_of(const std::vector<rni::associate_id>& ids)
{
    for (const auto& id : ids)
        if (id.type == rni::associate_id_type::ue_ipv4_address) return printable(id.value);
    return ids.empty() ? "" : printable(ids.front().value);
}

/// Whom a notification is about.
struct {
    template <class Notification> std::string operator()(const Notification& n) const
    {
        return name_of(n.associate_id);
    }
    std::string operator()(const rni::s1_bearer_notification& n) const
    {
        return name_of(n.s1_ue_info.associate_id);
    }
    std::string operator()(const rni::expiry_notification&) const { return {}; }
    std::string operator()(const rni::test_notification&) const { return {}; }
} constexpr ue_of;

/// Changes what is known about the UE, and says in `c` what that is.
struct applying {
    ue_state& u;
    change& c;

    void operator()(const rni::cell_change_notification& n) const
    {
        const std::string to = n.trg_ecgi.empty() ? "?" : printable(n.trg_ecgi.front().cell_id);
        if (n.ho_status == rni::ho_status::completed) u.cell = to;
        c.what = "hand-over " + printable(n.src_ecgi.cell_id) + " to " + to + ' ' +
                 status_of(n.ho_status);
    }
    void operator()(const rni::rab_est_notification& n) const { set_bearer(n, " established"); }
    void operator()(const rni::rab_mod_notification& n) const { set_bearer(n, " modified"); }
    void operator()(const rni::rab_rel_notification& n) const
    {
        u.bearers.erase(n.erab_release_info.erab_id);
        c.what = "bearer " + std::to_string(n.erab_release_info.erab_id) + " released";
    }
    void operator()(const rni::meas_rep_ue_notification& n) const
    {
        u.cell = printable(n.ecgi.cell_id);
        measured(rni::extended_or_plain(rni::lte_rsrp_dbm, n.rsrp, n.rsrp_ex),
                 rni::extended_or_plain(rni::lte_rsrq_db, n.rsrq, n.rsrq_ex));
    }
    void operator()(const rni::nr_meas_rep_ue_notification& n) const
    {
        if (n.serv_cell_meas_info.empty()) return;
        const auto& serving = n.serv_cell_meas_info.front();
        u.cell = printable(serving.nrcgi.nr_cell_id);
        const auto& levels = serving.s_cell.meas_quantity_results_ssb_cell;
        if (!levels) return;
        measured(levels->rsrp ? rni::nr_rsrp_dbm(*levels->rsrp) : std::nullopt,
                 levels->rsrq ? rni::nr_rsrq_db(*levels->rsrq) : std::nullopt);
    }
    void operator()(const rni::meas_ta_notification& n) const
    {
        u.cell = printable(n.ecgi.cell_id);
        u.distance = middle(rni::timing_advance_metres(n.timing_advance));
        c.what = "distance " + rounded(u.distance, " m");
    }
    void operator()(const rni::ca_reconf_notification& n) const
    {
        c.what = "secondary cells";
        for (const auto& cell : n.secondary_cell_remove) {
            u.secondary_cells.erase(printable(cell.ecgi.cell_id));
            c.what += " -" + printable(cell.ecgi.cell_id);
        }
        for (const auto& cell : n.secondary_cell_add) {
            if (u.secondary_cells.size() < most_secondary_cells)
                u.secondary_cells.insert(printable(cell.ecgi.cell_id));
            c.what += " +" + printable(cell.ecgi.cell_id);
        }
        c.what = printable(c.what);
    }
    /// What the SDK takes care of, or was not subscribed to.
    template <class Other> void operator()(const Other&) const {}

private:
    void measured(const rni::interval& rsrp, const rni::interval& rsrq) const
    {
        u.rsrp = middle(rsrp);
        u.rsrq = middle(rsrq);
        c.what = "heard with " + rounded(u.rsrp, " dBm, ") + rounded(u.rsrq, " dB");
    }
    template <class Notification> void set_bearer(const Notification& n, const char* verb) const
    {
        bearer& b = u.bearers[n.erab_id];
        c.what = "bearer " + std::to_string(n.erab_id) + verb;
        c.erab_id = n.erab_id;
        if (!n.erab_qos_parameters) return;
        b.qci = n.erab_qos_parameters->qci;
        b.rates = n.erab_qos_parameters->qos_information;
        c.qci = b.qci;
        c.what += ", QCI " + std::to_string(b.qci);
        if (b.rates) c.what += text_of(*b.rates);
    }
};

} // namespace

std::string printable(std::string text)
{
    constexpr std::size_t most = 200;
    if (text.size() > most) text.resize(most);
    for (char& c : text)
        if (c < ' ' || c > '~') c = '?';
    return text;
}

ue_state& view::at(const std::string& ue)
{
    if (ue.empty() || (ues_.size() >= most_ues && ues_.count(ue) == 0)) return nobody_ = {};
    return ues_[ue];
}

change view::apply(const rni::notification& n)
{
    change c;
    c.type = type_names[n.index()];
    c.ue = std::visit(ue_of, n);
    ue_state& u = at(c.ue);
    std::visit(applying{u, c}, n);
    const bool is_measurement = std::holds_alternative<rni::meas_rep_ue_notification>(n) ||
                                std::holds_alternative<rni::nr_meas_rep_ue_notification>(n) ||
                                std::holds_alternative<rni::meas_ta_notification>(n);
    if (!is_measurement) { // those have columns of their own
        u.last_change = c.what;
        u.changed = std::chrono::steady_clock::now();
    }
    return c;
}

void view::learn(const rni::rab_info& all)
{
    for (auto& known : ues_) known.second.bearers.clear();
    for (const auto& cell : all.cell_user_info)
        for (const auto& ue : cell.ue_info) {
            ue_state& u = at(name_of(ue.associate_id));
            u.cell = printable(cell.ecgi.cell_id);
            for (const auto& e : ue.erab_info) {
                bearer& b = u.bearers[e.erab_id];
                if (!e.erab_qos_parameters) continue;
                b.qci = e.erab_qos_parameters->qci;
                b.rates = e.erab_qos_parameters->qos_information;
            }
        }
}

void tally::count(const rni::notification& n)
{
    ++received_;
    const std::string content =
        std::visit([](const auto& one) { return mec::json::serialize(one); }, n);
    const std::size_t hash = std::hash<std::string>()(type_names[n.index()] + content);
    if (!seen_.insert(hash).second) {
        ++duplicated_;
        return;
    }
    order_.push_back(hash);
    if (order_.size() <= window) return;
    seen_.erase(order_.front());
    order_.pop_front();
}

std::string tally::text() const
{
    return "received " + std::to_string(received_) + ", missed " + std::to_string(missed_) +
           ", duplicated " + std::to_string(duplicated_) + ", subscribed again " +
           std::to_string(again_);
}
