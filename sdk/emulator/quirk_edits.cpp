#include "quirk_edits.hpp"

#include "rni_quirk_edits.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using kind = json_tree::kind;

/// Without scheme and host, and without apiRoot's path if that is asked for.
std::string_view relative(const platform_state& s, std::string_view link)
{
    const std::string_view root = s.api_root;
    if (link.substr(0, root.size()) != root) return link;
    const auto path = std::min(root.find('/', root.find("//") + 2), root.size());
    return link.substr(s.quirks.relative_links_without_prefix ? root.size() : path);
}

/// A change of one member, wherever it stands. False: it is left out.
struct member_edit {
    bool quirks::*on;
    bool (*edit)(json_member&, const platform_state&);
};

bool drop_zero(json_member& m, const platform_state&) { return m.value.text != "0"; }

bool boolean_to_text(json_member& m, const platform_state&)
{
    if (m.value.text == "true") m.value = text_node("TRUE");
    else if (m.value.text == "false") m.value = text_node("FALSE");
    return true;
}

bool port_to_text(json_member& m, const platform_state&)
{
    if (m.name == "port" && m.value.is == kind::scalar) m.value = text_node(m.value.text);
    return true;
}

bool lone_address(json_member& m, const platform_state&)
{
    return m.name != "addresses" || first_only(m);
}

bool lone_destination(json_member& m, const platform_state&)
{
    return m.name != "dstInterface" || first_only(m);
}

bool security_to_null(json_member& m, const platform_state&)
{
    if (m.name == "security") {
        m.value = {};
        m.value.text = "null";
    }
    return true;
}

bool rename_endpoint(json_member& m, const platform_state&)
{
    if (m.name == "endpoint") m.name = "endPoint";
    return true;
}

bool rename_tag(json_member& m, const platform_state&)
{
    if (m.name == "tag") m.name = "token";
    return true;
}

bool rename_nanoseconds(json_member& m, const platform_state&)
{
    if (m.name == "nanoSeconds") m.name = "nanoseconds";
    return true;
}

bool make_relative(json_member& m, const platform_state& s)
{
    if (m.name == "href") m.value = text_node(relative(s, text_of(m.value)));
    return true;
}

void link_to_text(json_tree& link)
{
    if (const json_tree* href = link.find("href")) link = json_tree(*href);
}

bool self_to_text(json_member& m, const platform_state&)
{
    if (m.name == "self") link_to_text(m.value);
    return true;
}

constexpr member_edit member_edits[] = {
    {&quirks::zeros_left_out, &drop_zero},
    {&quirks::booleans_as_text, &boolean_to_text},
    {&quirks::ports_as_text, &port_to_text},
    {&quirks::addresses_as_object, &lone_address},
    {&quirks::destination_as_object, &lone_destination},
    {&quirks::security_null, &security_to_null},
    {&quirks::end_point_spelling, &rename_endpoint},
    {&quirks::tags_as_token, &rename_tag},
    {&quirks::nanoseconds_lower_case, &rename_nanoseconds},
    {&quirks::relative_links, &make_relative},
    {&quirks::relative_links_without_prefix, &make_relative},
    {&quirks::self_links_as_text, &self_to_text},
    {&quirks::radio_enums_as_text, &radio_enum_to_text},
    {&quirks::nr_neighbour_as_text, &nr_neighbours_to_text},
    {&quirks::nr_cell_id_spelling, &rename_nr_cell_id},
    {&quirks::associated_id_spelling, &rename_associate_id},
    {&quirks::time_stamp_lower_case, &rename_time_stamp},
    {&quirks::lone_cell_as_object, &lone_cell},
};

void edit_members(json_tree& t, const member_edit& e, const platform_state& s)
{
    for (json_tree& one : t.items) edit_members(one, e, s);
    for (json_member& m : t.members) edit_members(m.value, e, s);
    t.members.erase(std::remove_if(t.members.begin(), t.members.end(),
                                   [&](json_member& m) { return !e.edit(m, s); }),
                    t.members.end());
}

/// A change of a document as a whole; after those of members, in this order.
struct document_edit {
    bool quirks::*on;
    void (*edit)(json_tree&);
};

void rename_types(json_tree& t)
{
    if (json_tree* list = t.find("_links", "subscriptions"))
        for (json_tree& one : list->items)
            for (json_member& m : one.members)
                if (m.name == "subscriptionType") m.name = "rel";
}

void lone_subscription(json_tree& t)
{
    json_tree* list = t.find("_links", "subscriptions");
    if (!list) list = t.find("_links", "subscription"); // that of radio network information
    if (!list || list->items.size() != 1) return;
    json_tree only = std::move(list->items.front());
    *list = std::move(only);
}

void rename_list(json_tree& t)
{
    if (json_tree* links = t.find("_links"))
        for (json_member& m : links->members)
            if (m.name == "subscriptions") m.name = "subscription";
}

void set_notification_type(json_tree& t, std::string_view name)
{
    json_tree* type = t.find("notificationType");
    if (type && t.find("serviceReferences")) *type = text_node(name);
}

void type_of_subscription(json_tree& t)
{
    set_notification_type(t, "SerAvailabilityNotificationSubscription");
}

void type_of_schema(json_tree& t) { set_notification_type(t, "ServiceAvailabilityNotification"); }

void shorten_confirm_link(json_tree& t)
{
    json_tree* href = t.find("_links", "confirmTermination", "href");
    if (!href) return;
    std::string text(text_of(*href));
    const auto begin = text.find("/applications/");
    const auto end = text.rfind('/');
    if (begin == text.npos) return;
    *href = text_node(text.erase(begin, end - begin));
}

void termination_links_to_text(json_tree& t)
{
    json_tree* links = t.find("_links");
    if (!links || !t.find("maxGracefulTimeout")) return;
    for (json_member& m : links->members) link_to_text(m.value);
}

constexpr document_edit document_edits[] = {
    {&quirks::subscription_type_as_rel, &rename_types},
    {&quirks::lone_subscription_as_object, &lone_subscription},
    {&quirks::subscription_list_singular, &rename_list},
    {&quirks::notification_type_of_subscription, &type_of_subscription},
    {&quirks::notification_type_of_schema, &type_of_schema},
    {&quirks::confirm_link_without_instance, &shorten_confirm_link},
    {&quirks::termination_links_as_text, &termination_links_to_text},
    {&quirks::list_type_as_query, &radio_types_to_queries},
    {&quirks::ca_reconf_spelling, &respell_ca_reconf},
    {&quirks::expiry_with_self, &expiry_to_self},
    {&quirks::notifications_without_link, &drop_notification_link},
};

template <std::size_t N, class Edit> bool any_on(const quirks& on, const Edit (&edits)[N])
{
    return std::any_of(edits, edits + N, [&](const Edit& e) { return on.*e.on; });
}

void edit_body(const platform_state& s, std::string& body, std::string_view type_name)
{
    const quirks& on = s.quirks;
    if (body.empty() ||
        !(on.wrapped_bodies || any_on(on, member_edits) || any_on(on, document_edits)))
        return;
    json_tree t = parse_tree(body);
    for (const member_edit& e : member_edits)
        if (on.*e.on) edit_members(t, e, s);
    for (const document_edit& e : document_edits)
        if (on.*e.on) e.edit(t);
    if (on.wrapped_bodies && t.is == kind::object && !type_name.empty()) {
        json_tree wrapper;
        wrapper.is = kind::object;
        wrapper.members.push_back({std::string(type_name), std::move(t)});
        t = std::move(wrapper);
    }
    body = to_text(t);
}

std::string_view name_of(const json::type_desc* type)
{
    while (type && type->k == json::kind::optional) type = type->element;
    return type && type->k == json::kind::object ? type->name : std::string_view();
}

/// The value that a field gets; nothing when it is left out.
std::optional<std::string> edited_field(const platform_state& s, const answer& a,
                                        const http::fields::view& f)
{
    const quirks& on = s.quirks;
    std::string value(f.value);
    if (f.name == "Location") {
        if (on.no_location) return std::nullopt;
        if (on.wrong_location) return "/mp1/v1/services/" + value.substr(value.rfind('/') + 1);
        if (on.relative_links || on.relative_links_without_prefix)
            return std::string(relative(s, value));
    }
    if (f.name == "ETag" && on.unquoted_etag && value.size() > 1)
        return value.substr(1, value.size() - 2);
    if (f.name == "Content-Type" && a.status >= 400) {
        if (on.errors_empty) return std::nullopt;
        if (on.errors_as_json) return "application/json";
    }
    return value;
}

} // namespace

void apply_quirks(const platform_state& s, const http::operation& o, answer& a)
{
    if (a.status < 300) edit_body(s, a.body, name_of(o.response));
    http::fields edited;
    for (std::size_t i = 0; i < a.headers.size(); ++i)
        if (const auto value = edited_field(s, a, a.headers[i]))
            edited.append(a.headers[i].name, *value);
    a.headers = std::move(edited);
    if (a.status >= 400 && s.quirks.errors_empty) a.body.clear();
    // HTTP forbids a body with 204; this is as near as it allows.
    if (a.status == 204 && s.quirks.no_content_as_text) a = json_answer(200, "\"\"");
}

void apply_quirks(const platform_state& s, notice& n)
{
    if (s.quirks.expiry_with_callback && n.schema == "ExpiryNotification")
        link_expiry_to_callback(n);
    edit_body(s, n.body, n.schema);
    if (s.quirks.wrapped_notifications) {
        n.body.insert(0, "{\"subscriptionNotification\":");
        n.body += '}';
    }
}

} // namespace emulator
MEC_END_NAMESPACE
