#include "radio_poll.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

template <class T> bool one_of(const std::vector<T>& wanted, const T& value)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}
template <class T> bool one_of(const std::vector<T>& wanted, const std::vector<T>& values)
{
    return wanted.empty() ||
           std::any_of(values.begin(), values.end(), [&](const T& v) { return one_of(wanted, v); });
}

std::string key_of(const std::vector<rni::associate_id>& ids)
{
    std::vector<std::string> texts;
    for (const auto& id : ids)
        texts.push_back(std::to_string(static_cast<int>(
                            id.type.get().value_or(rni::associate_id_type::reserved))) +
                        ':' + id.value);
    std::sort(texts.begin(), texts.end());
    std::string key;
    for (const auto& text : texts) key += text + '\n';
    return key;
}

bool same(const std::optional<rni::erab_qos_parameters>& a,
          const std::optional<rni::erab_qos_parameters>& b)
{
    if (!a || !b) return !a == !b;
    if (a->qci != b->qci || !a->qos_information != !b->qos_information) return false;
    if (!a->qos_information) return true;
    const auto& x = *a->qos_information;
    const auto& y = *b->qos_information;
    return x.erab_mbr_dl == y.erab_mbr_dl && x.erab_mbr_ul == y.erab_mbr_ul &&
           x.erab_gbr_dl == y.erab_gbr_dl && x.erab_gbr_ul == y.erab_gbr_ul;
}
bool same(const rni::tunnel_end& a, const rni::tunnel_end& b)
{
    return a.ip_address == b.ip_address && a.tunnel_id == b.tunnel_id;
}
bool same(const rni::s1_bearer& a, const rni::s1_bearer& b)
{
    return same(a.enb_info, b.enb_info) && same(a.s_gw_info, b.s_gw_info);
}

/// Whether an event is one of those that were asked for.
struct criteria {
    static bool fit(const rni::cell_change_subscription& s, const rni::cell_change_notification& n)
    {
        const auto& f = s.filter_criteria;
        const bool cell = one_of(f.ecgi, n.src_ecgi) || one_of(f.ecgi, n.trg_ecgi);
        return cell && one_of(f.associate_id, n.associate_id) && one_of(f.ho_status, n.ho_status);
    }
    static bool fit(const rni::rab_est_subscription& s, const rni::rab_est_notification& n)
    {
        const auto& f = s.filter_criteria;
        return one_of(f.ecgi, n.ecgi) &&
               (!n.erab_qos_parameters || n.erab_qos_parameters->qci == f.qci);
    }
    static bool fit(const rni::rab_mod_subscription& s, const rni::rab_mod_notification& n)
    {
        const auto& f = s.filter_criteria;
        return one_of(f.ecgi, n.ecgi) && n.erab_id == f.erab_id &&
               (!n.erab_qos_parameters || n.erab_qos_parameters->qci == f.qci);
    }
    static bool fit(const rni::rab_rel_subscription& s, const rni::rab_rel_notification& n)
    {
        const auto& f = s.filter_criteria;
        return one_of(f.ecgi, n.ecgi) && n.erab_release_info.erab_id == f.erab_id;
    }
    static bool fit(const rni::s1_bearer_subscription& s, const rni::s1_bearer_notification& n)
    {
        const auto& f = s.filter_criteria;
        std::vector<std::int32_t> erabs;
        for (const auto& b : n.s1_ue_info.s1_bearer_info) erabs.push_back(b.erab_id);
        return one_of(s.event_type, n.s1_event) &&
               one_of(f.associate_id, n.s1_ue_info.associate_id) &&
               one_of(f.ecgi, n.s1_ue_info.ecgi) && one_of(f.erab_id, erabs);
    }
    /// A notification of another type than the subscription's.
    template <class Subscription, class Notification>
    static bool fit(const Subscription&, const Notification&)
    {
        return false;
    }
};

} // namespace

auto radio_poll::query_for(const rni::subscription& what) noexcept -> query
{
    switch (type_of(what)) {
    case rni::subscription_type::cell_change:
    case rni::subscription_type::rab_est:
    case rni::subscription_type::rab_mod:
    case rni::subscription_type::rab_rel: return query::rab_info;
    case rni::subscription_type::s1_bearer: return query::s1_bearer_info;
    default: return query::none;
    }
}

std::vector<rni::notification> radio_poll::compare(const rni::rab_info& now)
{
    snapshot seen;
    for (const auto& cell : now.cell_user_info)
        for (const auto& there : cell.ue_info) {
            if (there.associate_id.empty()) continue;
            ue& u = seen[key_of(there.associate_id)];
            u.ids = there.associate_id;
            u.cells = {cell.ecgi};
            for (const auto& e : there.erab_info) u.erabs[e.erab_id] = e.erab_qos_parameters;
        }
    return difference(std::move(seen), now.time_stamp);
}

std::vector<rni::notification> radio_poll::compare(const rni::s1_bearer_info& now)
{
    snapshot seen;
    for (const auto& there : now.s1_ue_info) {
        if (there.associate_id.empty()) continue;
        ue& u = seen[key_of(there.associate_id)];
        u.ids = there.associate_id;
        u.cells = there.ecgi;
        u.temp_id = there.temp_ue_id;
        for (const auto& b : there.s1_bearer_info_detailed) u.s1[b.erab_id] = b;
    }
    return difference(std::move(seen), now.time_stamp);
}

std::vector<rni::notification> radio_poll::difference(snapshot now,
                                                      const std::optional<time_stamp>& when)
{
    when_ = when;
    if (before_) {
        static const ue nobody;
        for (const auto& [key, was] : *before_)
            if (const auto it = now.find(key); it == now.end()) {
                compare_erabs(was, nobody);
                compare_s1(was, nobody);
            }
        for (const auto& [key, is] : now) {
            const auto it = before_->find(key);
            const ue& was = it == before_->end() ? nobody : it->second;
            compare_cells(was, is);
            compare_erabs(was, is);
            compare_s1(was, is);
        }
    }
    before_ = std::move(now);
    return std::exchange(news_, {});
}

void radio_poll::compare_cells(const ue& before, const ue& now)
{
    if (before.cells.empty() || now.cells.empty() || before.cells.front() == now.cells.front())
        return;
    rni::cell_change_notification n;
    n.associate_id = now.ids;
    n.src_ecgi = before.cells.front();
    n.trg_ecgi = {now.cells.front()};
    tell(std::move(n));
}

void radio_poll::compare_erabs(const ue& before, const ue& now)
{
    const auto* releases = std::get_if<rni::rab_rel_subscription>(&what_);
    for (const auto& [id, qos] : before.erabs) {
        if (now.erabs.count(id) != 0) continue;
        // The notification does not say it, but it is a criterion.
        if (releases && qos && qos->qci != releases->filter_criteria.qci) continue;
        rni::rab_rel_notification n;
        n.associate_id = before.ids;
        n.ecgi = before.cells.front();
        n.erab_release_info.erab_id = id;
        tell(std::move(n));
    }
    for (const auto& [id, qos] : now.erabs) {
        const auto was = before.erabs.find(id);
        if (was != before.erabs.end() && same(was->second, qos)) continue;
        const auto fill = [&, id = id, &qos = qos](auto n) {
            n.associate_id = now.ids;
            n.ecgi = now.cells.front();
            n.erab_id = id;
            n.erab_qos_parameters = qos;
            return n;
        };
        if (was == before.erabs.end()) tell(fill(rni::rab_est_notification{}));
        else tell(fill(rni::rab_mod_notification{}));
    }
}

void radio_poll::compare_s1(const ue& before, const ue& now)
{
    for (const auto& [id, bearer] : before.s1)
        if (now.s1.count(id) == 0) tell_s1(rni::s1_event::s1_bearer_release, before, bearer);
    for (const auto& [id, bearer] : now.s1) {
        const auto was = before.s1.find(id);
        if (was == before.s1.end()) tell_s1(rni::s1_event::s1_bearer_establish, now, bearer);
        else if (!same(was->second, bearer)) tell_s1(rni::s1_event::s1_bearer_modify, now, bearer);
    }
}

void radio_poll::tell_s1(rni::s1_event event, const ue& of, const rni::s1_bearer& bearer)
{
    rni::s1_bearer_notification n;
    n.s1_event = event;
    n.s1_ue_info.temp_ue_id = of.temp_id;
    n.s1_ue_info.associate_id = of.ids;
    n.s1_ue_info.ecgi = of.cells;
    n.s1_ue_info.s1_bearer_info = {bearer};
    tell(std::move(n));
}

template <class Notification> void radio_poll::tell(Notification n)
{
    n.time_stamp = when_;
    const bool wanted = std::visit(
        [&n](const auto& subscription) { return criteria::fit(subscription, n); }, what_);
    if (wanted) news_.emplace_back(std::move(n));
}

} // namespace internal
MEC_END_NAMESPACE
