#include "service_query.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using service_mgmt::locality_type;

error bad(std::string text) { return {errc::bad_request, std::move(text)}; }

error set_once(std::optional<bool>& out, const parameter& p)
{
    if (out) return bad(p.name + " may be given once");
    if (p.value != "true" && p.value != "false") return bad(p.name + " must be true or false");
    out = p.value == "true";
    return {};
}

error set_once(std::optional<std::string>& out, const parameter& p)
{
    if (out) return bad(p.name + " may be given once");
    out = p.value;
    return {};
}

error set_once(std::optional<locality_type>& out, const parameter& p)
{
    if (out) return bad(p.name + " may be given once");
    const json::enum_desc& known = *json::type_of<locality_type>::value.enumeration;
    for (std::size_t i = 0; i < known.size; ++i)
        if (known.values[i].name == p.value)
            out = static_cast<locality_type>(known.values[i].number);
    return out ? error() : bad(p.name + " is not a LocalityType");
}

error read_parameter(service_mgmt::service_query& q, const parameter& p, bool strict)
{
    if (p.name == "ser_instance_id") return append_list(q.ser_instance_id, p.value), error();
    if (p.name == "ser_name") return append_list(q.ser_name, p.value), error();
    if (p.name == "ser_category_id") return set_once(q.ser_category_id, p);
    if (p.name == "scope_of_locality") return set_once(q.scope_of_locality, p);
    if (p.name == "consumed_local_only") return set_once(q.consumed_local_only, p);
    if (p.name == "is_local") return set_once(q.is_local, p);
    return strict ? bad("unknown query parameter " + p.name) : error();
}

template <class T>
bool accepts(const std::optional<T>& wanted, const std::optional<T>& has, T otherwise)
{
    return !wanted || *wanted == has.value_or(otherwise);
}

bool accepts(const std::vector<std::string>& wanted, const std::string& has)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), has) != wanted.end();
}

} // namespace

result<service_mgmt::service_query> read_service_query(const std::vector<parameter>& query,
                                                       bool strict)
{
    service_mgmt::service_query q;
    for (const parameter& p : query)
        if (error e = read_parameter(q, p, strict)) return e;
    const int kinds = int{!q.ser_instance_id.empty()} + int{!q.ser_name.empty()} +
                      int{q.ser_category_id.has_value()};
    if (kinds > 1)
        return bad("only one of ser_instance_id, ser_name and ser_category_id may be used");
    return q;
}

bool matches(const service_mgmt::service_query& q, const service_mgmt::service_info& s)
{
    return accepts(q.ser_instance_id, s.ser_instance_id.value_or("")) &&
           accepts(q.ser_name, s.ser_name) &&
           (!q.ser_category_id || (s.ser_category && s.ser_category->id == *q.ser_category_id)) &&
           accepts(q.scope_of_locality, s.scope_of_locality, locality_type::mec_host) &&
           accepts(q.consumed_local_only, s.consumed_local_only, true) &&
           accepts(q.is_local, s.is_local, true);
}

} // namespace emulator
MEC_END_NAMESPACE
