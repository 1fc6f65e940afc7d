#include "rni_quirk_edits.hpp"

#include <mec/json/codec.hpp>
#include <mec/rni/describe.hpp>

#include <algorithm>
#include <charconv>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using kind = json_tree::kind;

bool rename(json_member& m, std::string_view from, const char* to)
{
    if (m.name == from) m.name = to;
    return true;
}

struct named_enum {
    std::string_view member;
    const json::enum_desc* values;
};

template <class E> const json::enum_desc* values_of()
{
    return json::type_of<E>::value.enumeration;
}

/// The integer members that v1.1.1 writes as names. `type` is an integer in AssociateId only.
const json::enum_desc* named(std::string_view member)
{
    static const named_enum all[] = {{"hoStatus", values_of<rni::ho_status>()},
                                     {"trigger", values_of<rni::trigger>()},
                                     {"s1Event", values_of<rni::s1_event>()},
                                     {"eventType", values_of<rni::s1_event>()},
                                     {"type", values_of<rni::associate_id_type>()}};
    for (const named_enum& one : all)
        if (one.member == member) return one.values;
    return nullptr;
}

void number_to_name(json_tree& value, const json::enum_desc& values)
{
    for (json_tree& one : value.items) number_to_name(one, values);
    int number = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto read = std::from_chars(value.text.data(), end, number);
    if (value.is != kind::scalar || read.ec != std::errc() || read.ptr != end) return;
    const std::string_view name = json::enum_name(number, values);
    if (!name.empty()) value = text_node(name);
}

json_member* find_member(json_tree& t, std::string_view name)
{
    const auto it = std::find_if(t.members.begin(), t.members.end(),
                                 [&](const json_member& m) { return m.name == name; });
    return it == t.members.end() ? nullptr : &*it;
}

void erase_member(json_tree& t, std::string_view name)
{
    if (json_member* found = find_member(t, name))
        t.members.erase(t.members.begin() + (found - t.members.data()));
}

bool is_expiry(json_tree& t)
{
    // A subscription has a deadline too.
    return t.find("expiryDeadline") && !t.find("subscriptionType");
}

} // namespace

bool first_only(json_member& m)
{
    if (m.value.is != kind::array) return true;
    if (m.value.items.empty()) return false;
    json_tree first = std::move(m.value.items.front());
    m.value = std::move(first);
    return true;
}

bool radio_enum_to_text(json_member& m, const platform_state&)
{
    if (const json::enum_desc* values = named(m.name)) number_to_name(m.value, *values);
    return true;
}

bool rename_nr_cell_id(json_member& m, const platform_state&)
{
    return rename(m, "nrCellId", "nrcellId");
}

bool nr_neighbours_to_text(json_member& m, const platform_state&)
{
    if (m.name != "nrNeighCellMeasInfo") return true;
    for (json_tree& one : m.value.items)
        if (json_tree* cell = one.find("nrcgi"))
            if (const json_tree* id = cell->find("nrCellId")) *cell = json_tree(*id);
    return true;
}

bool rename_associate_id(json_member& m, const platform_state&)
{
    return rename(m, "associateId", "associatedId");
}

bool rename_time_stamp(json_member& m, const platform_state&)
{
    return rename(m, "timeStamp", "timestamp");
}

bool lone_cell(json_member& m, const platform_state&)
{
    const bool is_list = m.name == "cellInfo" || m.name == "cellUEInfo";
    return !is_list || m.value.items.size() > 1 || first_only(m);
}

void radio_types_to_queries(json_tree& t)
{
    json_tree* list = t.find("_links", "subscription");
    if (!list) return;
    for (json_tree& one : list->items)
        if (json_tree* type = one.find("subscriptionType"))
            for (std::size_t i = 0; i < std::variant_size_v<rni::subscription>; ++i) {
                const auto known = static_cast<rni::subscription_type>(i);
                if (text_of(*type) == json::to_string(known))
                    *type = text_node(rni::query_name(known));
            }
}

void respell_ca_reconf(json_tree& t)
{
    json_tree* type = t.find("notificationType");
    if (type && text_of(*type) == "CaReconfNotification") *type = text_node("CaReConfNotification");
}

void expiry_to_self(json_tree& t)
{
    json_tree* href = t.find("_links", "subscription", "href");
    if (!is_expiry(t) || !href) return;
    json_tree link = std::move(*href);
    *find_member(*t.find("_links"), "subscription") = {"self", std::move(link)};
    erase_member(t, "notificationType");
}

void drop_notification_link(json_tree& t)
{
    if (t.find("notificationType") && t.find("_links", "subscription") && t.find("timeStamp"))
        erase_member(t, "_links");
}

void link_expiry_to_callback(notice& n)
{
    json_tree t = parse_tree(n.body);
    if (json_tree* type = t.find("notificationType")) *type = text_node("");
    if (json_tree* href = t.find("_links", "subscription", "href"))
        *href = text_node(n.callback.to_string());
    n.body = to_text(t);
}

} // namespace emulator
MEC_END_NAMESPACE
