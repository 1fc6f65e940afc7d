#include "scenario_checks.hpp"

#include "scenario_tables.hpp"
#include "text.hpp"

#include <mec/json/codec.hpp>

#include <boost/asio/ip/address.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

/// Where a check is: a JSON pointer that grows.
struct place {
    std::string pointer;

    place operator/(const char* member) const { return {pointer + '/' + member}; }
    place operator/(std::size_t index) const { return {pointer + '/' + std::to_string(index)}; }
};

std::string plain(double v)
{
    std::string text = std::to_string(v);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

/// Keeps the first mistake. Each check gives whether all is well.
class checker {
public:
    explicit checker(const scenario& s) : s_(s) {}

    error run()
    {
        const bool ok = range({"/duration"}, s_.duration, 0.001, 604'800, "seconds") &&
                        check(place{"/network"}, s_.network) && cells() && routes() && ues() &&
                        groups() && events();
        return ok ? error() : failure_;
    }

private:
    bool fail(const place& at, const std::string& expected, const std::string& got)
    {
        error_info info;
        info.pointer = at.pointer;
        info.message = "expected " + expected + ", got " + internal::printable(got, 100);
        failure_ = {errc::config_invalid, std::move(info)};
        return false;
    }
    bool range(const place& at, double v, double low, double high, const char* unit)
    {
        return (v >= low && v <= high) ||
               fail(at, plain(low) + " to " + plain(high) + ' ' + unit, plain(v));
    }
    bool digits(const place& at, const std::string& text, std::size_t low, std::size_t high,
                bool hex, const char* why)
    {
        const auto good = [&](char c) { return hex ? internal::is_hex(c) : internal::is_digit(c); };
        if (text.size() >= low && text.size() <= high &&
            std::all_of(text.begin(), text.end(), good))
            return true;
        std::string count = std::to_string(low);
        if (low != high) count += " or " + std::to_string(high);
        return fail(at, count + (hex ? " hexadecimal digits" : " digits") + why,
                    "'" + text + "' of " + std::to_string(text.size()) + " characters");
    }
    bool teid(const place& at, const std::string& text)
    {
        return text.empty() || digits(at, text, 8, 8, true, " (a TEID has 32 bits)");
    }
    enum class family { v4, v6, any };
    bool address(const place& at, const std::string& text, family wanted)
    {
        if (text.empty()) return true;
        boost::system::error_code bad;
        const auto parsed = boost::asio::ip::make_address(text, bad);
        if (!bad && (wanted == family::any || parsed.is_v4() == (wanted == family::v4)))
            return true;
        const char* const names[] = {"an IPv4 address", "an IPv6 address", "an IP address"};
        return fail(at, names[static_cast<std::size_t>(wanted)], "'" + text + "'");
    }
    bool unique(const place& at, std::set<std::string>& known, const std::string& text,
                const char* what)
    {
        if (text.empty()) return fail(at, std::string(what) + " that is not empty", "''");
        if (text.size() > 64) return fail(at, std::string(what) + " of at most 64 bytes", text);
        return known.insert(text).second ||
               fail(at, std::string(what) + " that is used once", "'" + text + "' again");
    }
    bool known(const place& at, const std::set<std::string>& names, const std::string& text,
               const char* what)
    {
        return names.count(text) != 0 ||
               fail(at, std::string("the name of a ") + what + " of this scenario",
                    "'" + text + "'");
    }
    bool known_cell(const place& at, const std::string& text)
    {
        return known(at, cells_, text, "cell");
    }

    bool check(const place& at, const plmn& p)
    {
        return digits(at / "mcc", p.mcc, 3, 3, false, "") &&
               digits(at / "mnc", p.mnc, 2, 3, false, "");
    }
    bool check(const place& at, const point& p)
    {
        return range(at / "x", p.x, -1e6, 1e6, "metres") &&
               range(at / "y", p.y, -1e6, 1e6, "metres");
    }
    bool check(const place& at, const network& n)
    {
        for (std::size_t i = 0; i < n.plmns.size(); ++i)
            if (!check(at / "plmns" / i, n.plmns[i])) return false;
        const place h = at / "handOver";
        return range(at / "shadowingDb", n.shadowing_db, 0, 20, "dB") &&
               range(at / "fadingDb", n.fading_db, 0, 20, "dB") &&
               range(h / "hysteresisDb", n.hand_over.hysteresis_db, 0, 30, "dB") &&
               range(h / "nrThresholdDbm", n.hand_over.nr_threshold_dbm.value_or(-100), -156, -31,
                     "dBm") &&
               address(at / "sgwAddress", n.sgw_address, family::any);
    }
    bool check(const place& at, const erab& e, std::set<std::int32_t>& ids)
    {
        return ids.insert(e.erab_id).second || fail(at / "erabId", "an id that no other E-RAB has",
                                                    std::to_string(e.erab_id) + " again");
    }
    bool check(const place& at, const std::vector<erab>& all)
    {
        std::set<std::int32_t> ids;
        if (all.size() > model::most_erabs)
            return fail(at, "at most 11 E-RABs", std::to_string(all.size()));
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!check(at / i, all[i], ids)) return false;
        return true;
    }
    bool check(const place& at, const std::vector<report_setting>& all)
    {
        if (all.size() > model::most_reports)
            return fail(at, "at most 16 reports", std::to_string(all.size()));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const report_setting& r = all[i];
            if (!(range(at / i / "thresholdDbm", r.threshold_dbm, -156, -31, "dBm") &&
                  range(at / i / "threshold2Dbm", r.threshold2_dbm, -156, -31, "dBm") &&
                  range(at / i / "offsetDb", r.offset_db, -30, 30, "dB") &&
                  range(at / i / "hysteresisDb", r.hysteresis_db, 0, 30, "dB")))
                return false;
        }
        return true;
    }

    bool cells()
    {
        const place all{"/cells"};
        if (s_.cells.size() > model::most_cells)
            return fail(all, "at most 500 cells", std::to_string(s_.cells.size()));
        std::set<std::string> ids;
        for (std::size_t i = 0; i < s_.cells.size(); ++i)
            if (!check(all / i, s_.cells[i], ids)) return false;
        for (std::size_t i = 0; i < s_.cells.size(); ++i)
            for (std::size_t k = 0; k < s_.cells[i].neighbours.size(); ++k)
                if (!known_cell(all / i / "neighbours" / k, s_.cells[i].neighbours[k]))
                    return false;
        return true;
    }
    bool check(const place& at, const cell& c, std::set<std::string>& ids)
    {
        const bool lte = c.technology == technology::lte;
        const plmn& p = c.plmn ? *c.plmn : s_.network.plmns.front();
        const std::string identity = p.mcc + '-' + p.mnc + '-' + c.cell_id;
        return unique(at / "name", cells_, c.name, "a name of a cell") &&
               digits(at / "cellId", c.cell_id, lte ? 7 : 9, lte ? 7 : 9, true,
                      lte ? " (an LTE cell identity has 28 bits)"
                          : " (an NR cell identity has 36 bits)") &&
               (!c.plmn || check(at / "plmn", *c.plmn)) &&
               unique(at / "cellId", ids, identity, "a cell identity") &&
               (!c.position || check(at / "position", *c.position)) &&
               range(at / "powerDbm", c.power_dbm, -50, 80, "dBm") &&
               range(at / "frequencyMhz", c.frequency_mhz, 400, 60'000, "MHz") &&
               address(at / "s1Address", c.s1_address, family::any);
    }

    bool routes()
    {
        for (std::size_t i = 0; i < s_.routes.size(); ++i)
            if (!check(place{"/routes"} / i, s_.routes[i])) return false;
        return true;
    }
    bool check(const place& at, const route& r)
    {
        if (!unique(at / "name", routes_, r.name, "a name of a route")) return false;
        if (r.points.size() < 2)
            return fail(at / "points", "at least two points", std::to_string(r.points.size()));
        for (std::size_t i = 0; i < r.points.size(); ++i)
            if (!check(at / "points" / i, r.points[i])) return false;
        return range(at / "speed", r.speed, 0.01, 1000, "m/s");
    }

    bool ues()
    {
        for (std::size_t i = 0; i < s_.ues.size(); ++i)
            if (!check(place{"/ues"} / i, s_.ues[i])) return false;
        return true;
    }
    bool check(const place& at, const ue& u)
    {
        if (!(unique(at / "name", ues_, u.name, "a name of a UE") &&
              address(at / "ipv4", u.ipv4, family::v4) &&
              address(at / "ipv6", u.ipv6, family::v6) &&
              address(at / "natedIp", u.nated_ip, family::any) &&
              teid(at / "gtpTeid", u.gtp_teid) && identities(at, at / "tempUeId", u)))
            return false;
        if (!u.cell.empty() && !known_cell(at / "cell", u.cell)) return false;
        if (!u.route.empty() && !known(at / "route", routes_, u.route, "route")) return false;
        if (u.position && !check(at / "position", *u.position)) return false;
        for (std::size_t i = 0; i < u.secondary_cells.size(); ++i)
            if (!known_cell(at / "secondaryCells" / i, u.secondary_cells[i])) return false;
        if (u.secondary_cells.size() > model::most_secondary_cells)
            return fail(at / "secondaryCells", "at most 4 cells",
                        std::to_string(u.secondary_cells.size()));
        return check(at / "erabs", u.erabs) && check(at / "reports", u.reports);
    }
    bool identities(const place& at, const place& t, const ue& u)
    {
        const std::pair<const char*, const std::string*> all[] = {
            {"ipv4", &u.ipv4}, {"ipv6", &u.ipv6}, {"gtpTeid", &u.gtp_teid}};
        for (const auto& [name, text] : all)
            if (!text->empty() && !unique(at / name, associate_ids_, *text, "an identity of a UE"))
                return false;
        if (!u.temp_ue_id) return true;
        return digits(t / "mmec", u.temp_ue_id->mmec, 2, 2, true, "") &&
               digits(t / "mtmsi", u.temp_ue_id->mtmsi, 8, 8, true, "") &&
               unique(t / "mtmsi", temporary_, u.temp_ue_id->mmec + u.temp_ue_id->mtmsi,
                      "an identity of a UE");
    }

    bool groups()
    {
        std::size_t count = s_.ues.size();
        for (std::size_t i = 0; i < s_.groups.size(); ++i) {
            const place at = place{"/groups"} / i;
            const ue_group& g = s_.groups[i];
            count += g.count;
            if (count > model::most_ues)
                return fail(at / "count", "at most 10000 UEs in all", std::to_string(count));
            if (!check(at, g)) return false;
        }
        return count != 0 || fail({""}, "at least one UE", "none");
    }
    bool check(const place& at, const ue_group& g)
    {
        if (g.name.empty() || g.name.size() > 48)
            return fail(at / "name", "a name of 1 to 48 bytes", "'" + g.name + "'");
        if (!(address(at / "ipv4", g.ipv4, family::v4) && teid(at / "gtpTeid", g.gtp_teid) &&
              range(at / "radius", g.radius, 0, 1e5, "metres") && check(at / "erabs", g.erabs) &&
              check(at / "reports", g.reports)))
            return false;
        if (!(g.mmec.empty() && g.mtmsi.empty()) &&
            !(digits(at / "mmec", g.mmec, 2, 2, true, "") &&
              digits(at / "mtmsi", g.mtmsi, 8, 8, true, "")))
            return false;
        if (g.center && !check(at / "center", *g.center)) return false;
        for (const ue& u : members_of(g)) {
            if (!unique(at / "name", ues_, u.name, "a name of a UE")) return false;
            if (!identities(at, at, u)) return false;
        }
        return true;
    }

    bool events()
    {
        for (std::size_t i = 0; i < s_.events.size(); ++i)
            if (!check(place{"/events"} / i, s_.events[i])) return false;
        return true;
    }
    bool check(const place& at, const timed_action& a)
    {
        std::set<std::int32_t> none;
        return range(at / "at", a.at, 0, s_.duration, "seconds") &&
               known(at / "ue", ues_, a.ue, "UE") && members(at, a) &&
               (!a.cell || known_cell(at / "cell", *a.cell)) &&
               (!a.route || known(at / "route", routes_, *a.route, "route")) &&
               (!a.reports || check(at / "reports", *a.reports)) &&
               (!a.sgw_address || address(at / "sgwAddress", *a.sgw_address, family::any)) &&
               (!a.tunnel_id || teid(at / "tunnelId", *a.tunnel_id)) &&
               range(at / "rsrpDbm", a.rsrp.value_or(0), -200, 100, "dBm") &&
               range(at / "rsrqDb", a.rsrq.value_or(0), -200, 100, "dB") &&
               range(at / "sinrDb", a.sinr.value_or(0), -200, 100, "dB");
    }
    bool members(const place& at, const timed_action& a)
    {
        const needs& n = needs_of(a.action);
        const std::pair<const char*, bool> all[] = {{"cell", a.cell.has_value()},
                                                    {"erab", a.erab.has_value()},
                                                    {"erabId", a.erab_id.has_value()},
                                                    {"outcome", a.outcome.has_value()},
                                                    {"rsrpDbm", a.rsrp.has_value()},
                                                    {"rsrqDb", a.rsrq.has_value()},
                                                    {"sinrDb", a.sinr.has_value()},
                                                    {"reports", a.reports.has_value()},
                                                    {"sgwAddress", a.sgw_address.has_value()},
                                                    {"tunnelId", a.tunnel_id.has_value()},
                                                    {"route", a.route.has_value()}};
        for (const auto& [name, there] : all) {
            const std::string word = std::string(" ") + name + ' ';
            const std::string action(json::to_string(a.action));
            if (!there && n.must.find(word) != n.must.npos)
                return fail(at / name,
                            std::string("the member '") + name + "', which " + action + " needs",
                            "an event without it");
            if (there && n.must.find(word) == n.must.npos && n.may.find(word) == n.may.npos)
                return fail(at / name, "no such member, as " + action + " has no use for it",
                            std::string("'") + name + "'");
        }
        return true;
    }
    /// Names of members, each between blanks.
    struct needs {
        std::string_view must;
        std::string_view may;
    };
    static const needs& needs_of(action a)
    {
        static constexpr needs table[] = {
            {" erab ", ""},                          // establish_rab
            {" erab ", ""},                          // modify_rab
            {" erabId ", ""},                        // release_rab
            {" cell ", " outcome "},                 // hand_over
            {"", ""},                                // cancel_hand_over
            {" cell ", ""},                          // move
            {"", " cell  rsrpDbm  rsrqDb  sinrDb "}, // measure
            {" reports ", ""},                       // set_reports
            {" cell ", ""},                          // add_secondary_cell
            {" cell ", ""},                          // remove_secondary_cell
            {" erabId  sgwAddress  tunnelId ", ""},  // modify_s1_bearer
            {"", ""},                                // switch_on
            {"", ""},                                // switch_off
            {" route ", ""},                         // follow
        };
        return table[static_cast<std::size_t>(a)];
    }

    const scenario& s_;
    error failure_;
    std::set<std::string> cells_;
    std::set<std::string> routes_;
    std::set<std::string> ues_;
    std::set<std::string> associate_ids_;
    std::set<std::string> temporary_;
};

} // namespace

error check_scenario(const scenario& s) { return checker(s).run(); }

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
