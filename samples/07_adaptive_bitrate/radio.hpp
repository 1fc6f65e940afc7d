#ifndef SAMPLES_ADAPTIVE_BITRATE_RADIO_HPP
#define SAMPLES_ADAPTIVE_BITRATE_RADIO_HPP

#include <mec/rni/conversions.hpp>
#include <mec/rni/types.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>

/// What the platform has told about the viewer's radio connection.
struct radio {
    struct bearer {
        double guaranteed = 0; ///< bit/s downlink
        double most = 0;
    };
    std::map<std::int32_t, bearer> bearers; ///< by E-RAB id
    std::optional<double> rsrp;             ///< dBm
    std::optional<double> rsrq;             ///< dB
    std::optional<double> sinr;             ///< dB

    void set(std::int32_t erab_id, const std::optional<mec::rni::erab_qos_parameters>& qos)
    {
        if (!qos || !qos->qos_information) return;
        const auto& q = *qos->qos_information;
        bearers[erab_id] = {static_cast<double>(q.erab_gbr_dl), static_cast<double>(q.erab_mbr_dl)};
    }

    void set(const mec::rni::meas_rep_ue_notification& n)
    {
        using namespace mec::rni;
        const auto middle = [](const interval& i) {
            return i ? std::optional<double>(i->middle()) : std::nullopt;
        };
        rsrp = middle(extended_or_plain(lte_rsrp_dbm, n.rsrp, n.rsrp_ex));
        rsrq = middle(extended_or_plain(lte_rsrq_db, n.rsrq, n.rsrq_ex));
        sinr = n.sinr ? middle(lte_sinr_db(*n.sinr)) : std::nullopt;
    }

    /// `rate` as the bearer has it that video takes: a guaranteed one, else the one with most room.
    double on_bearer(double rate) const
    {
        bearer b;
        for (const auto& one : bearers) {
            const bearer& o = one.second;
            const bool better =
                o.guaranteed != b.guaranteed ? o.guaranteed > b.guaranteed : o.most > b.most;
            if (better) b = o;
        }
        return b.most == 0 ? rate : std::clamp(rate, std::min(b.guaranteed, b.most), b.most);
    }

    /// What the server expects to get through, in bit/s, on the safe side; nothing: not known.
    std::optional<double> expected() const
    {
        if (!rsrp) return std::nullopt;
        const double rate = *rsrp >= -70   ? 4.5e6
                            : *rsrp >= -78 ? 3.3e6
                            : *rsrp >= -84 ? 2.4e6
                                           : 1.6e6;
        return on_bearer(rsrq && *rsrq < -8 ? rate * 0.8 : rate); // much interference
    }

    /// What the simulated radio link lets through, in bit/s: five resource blocks, used as well as the
    /// signal allows (three quarters of Shannon's limit), on that bearer. The server does not see this.
    double throughput() const
    {
        if (!sinr) return 0;
        constexpr double bandwidth = 5 * 180e3;
        return on_bearer(0.75 * bandwidth * std::log2(1 + std::pow(10, *sinr / 10)));
    }
};

#endif
