// The service list with RapidJSON, as fast as it goes by hand: a SAX handler without a document in
// between, and the Writer. Debian's RapidJSON and its defaults.
#include "measurement.hpp"
#include "service_list.hpp"

#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string_view>

namespace bench {

namespace {

namespace sm = mec::service_mgmt;
using std::string_view;

enum class place { outside, list, service, category, transport, endpoint, uris, security };
enum class field {
    none,
    ser_instance_id,
    ser_name,
    ser_category,
    version,
    state,
    transport_info,
    serializer,
    scope_of_locality,
    consumed_local_only,
    is_local,
    liveness_interval,
    category_href,
    category_id,
    category_name,
    category_version,
    transport_id,
    transport_name,
    transport_description,
    transport_type,
    transport_protocol,
    transport_version,
    transport_endpoint,
    transport_security,
    endpoint_uris
};

struct named_field {
    string_view name;
    field what;
};
constexpr named_field service_fields[] = {{"serInstanceId", field::ser_instance_id},
                                          {"serName", field::ser_name},
                                          {"serCategory", field::ser_category},
                                          {"version", field::version},
                                          {"state", field::state},
                                          {"transportInfo", field::transport_info},
                                          {"serializer", field::serializer},
                                          {"scopeOfLocality", field::scope_of_locality},
                                          {"consumedLocalOnly", field::consumed_local_only},
                                          {"isLocal", field::is_local},
                                          {"livenessInterval", field::liveness_interval}};
constexpr named_field category_fields[] = {{"href", field::category_href},
                                           {"id", field::category_id},
                                           {"name", field::category_name},
                                           {"version", field::category_version}};
constexpr named_field transport_fields[] = {{"id", field::transport_id},
                                            {"name", field::transport_name},
                                            {"description", field::transport_description},
                                            {"type", field::transport_type},
                                            {"protocol", field::transport_protocol},
                                            {"version", field::transport_version},
                                            {"endpoint", field::transport_endpoint},
                                            {"security", field::transport_security}};
constexpr named_field endpoint_fields[] = {{"uris", field::endpoint_uris}};

template <std::size_t N> field find(const named_field (&fields)[N], string_view name)
{
    for (const auto& f : fields)
        if (f.name == name) return f.what;
    return field::none;
}

class reader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, reader> {
public:
    explicit reader(service_list& out) : out_(out) {}

    bool Default() { return false; } // what the document of the benchmark does not have
    bool Key(const char* text, rapidjson::SizeType size, bool)
    {
        const string_view name(text, size);
        switch (place_) {
        case place::service: field_ = find(service_fields, name); break;
        case place::category: field_ = find(category_fields, name); break;
        case place::transport: field_ = find(transport_fields, name); break;
        case place::endpoint: field_ = find(endpoint_fields, name); break;
        default: return false;
        }
        return field_ != field::none;
    }
    bool StartArray()
    {
        if (place_ == place::outside) return enter(place::list);
        return field_ == field::endpoint_uris && enter(place::uris);
    }
    bool EndArray(rapidjson::SizeType)
    {
        place_ = place_ == place::uris ? place::endpoint : place::outside;
        return true;
    }
    bool StartObject()
    {
        if (place_ == place::list) {
            service_ = &out_.emplace_back();
            return enter(place::service);
        }
        switch (field_) {
        case field::ser_category: service_->ser_category.emplace(); return enter(place::category);
        case field::transport_info:
            transport_ = &service_->transport_info.emplace();
            return enter(place::transport);
        case field::transport_endpoint: return enter(place::endpoint);
        case field::transport_security: return enter(place::security);
        default: return false;
        }
    }
    bool EndObject(rapidjson::SizeType)
    {
        switch (place_) {
        case place::service: place_ = place::list; break;
        case place::category:
        case place::transport: place_ = place::service; break;
        default: place_ = place::transport; break;
        }
        return true;
    }
    bool Bool(bool value)
    {
        if (field_ == field::consumed_local_only) service_->consumed_local_only = value;
        else if (field_ == field::is_local) service_->is_local = value;
        else return false;
        return true;
    }
    bool Uint(unsigned value)
    {
        if (field_ != field::liveness_interval) return false;
        service_->liveness_interval = std::chrono::seconds(value);
        return true;
    }
    bool String(const char* text, rapidjson::SizeType size, bool)
    {
        const string_view value(text, size);
        if (place_ == place::uris) {
            transport_->endpoint.uris.emplace_back(value);
            return true;
        }
        if (place_ == place::category) return category_string(value);
        return place_ == place::transport ? transport_string(value) : service_string(value);
    }

private:
    bool enter(place where)
    {
        place_ = where;
        return true;
    }
    bool service_string(string_view value)
    {
        switch (field_) {
        case field::ser_instance_id: service_->ser_instance_id.emplace(value); return true;
        case field::ser_name: service_->ser_name = value; return true;
        case field::version: service_->version = value; return true;
        case field::state: service_->state = sm::service_state::active; return value == "ACTIVE";
        case field::serializer:
            service_->serializer = sm::serializer_type::json;
            return value == "JSON";
        case field::scope_of_locality:
            service_->scope_of_locality = sm::locality_type::mec_host;
            return value == "MEC_HOST";
        default: return false;
        }
    }
    bool category_string(string_view value)
    {
        auto& category = *service_->ser_category;
        switch (field_) {
        case field::category_href: category.href = value; return true;
        case field::category_id: category.id = value; return true;
        case field::category_name: category.name = value; return true;
        case field::category_version: category.version = value; return true;
        default: return false;
        }
    }
    bool transport_string(string_view value)
    {
        switch (field_) {
        case field::transport_id: transport_->id = value; return true;
        case field::transport_name: transport_->name = value; return true;
        case field::transport_description: transport_->description.emplace(value); return true;
        case field::transport_type:
            transport_->type = sm::transport_type::rest_http;
            return value == "REST_HTTP";
        case field::transport_protocol: transport_->protocol = value; return true;
        case field::transport_version: transport_->version = value; return true;
        default: return false;
        }
    }

    service_list& out_;
    sm::service_info* service_ = nullptr;
    sm::transport_info* transport_ = nullptr;
    place place_ = place::outside;
    field field_ = field::none;
};

using writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(writer& w, string_view text)
{
    w.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void put(writer& w, string_view name, string_view text)
{
    w.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    put(w, text);
}

void write_transport(writer& w, const sm::transport_info& t)
{
    w.Key("transportInfo");
    w.StartObject();
    put(w, "id", t.id);
    put(w, "name", t.name);
    if (t.description) put(w, "description", *t.description);
    put(w, "type", "REST_HTTP");
    put(w, "protocol", t.protocol);
    put(w, "version", t.version);
    w.Key("endpoint");
    w.StartObject();
    w.Key("uris");
    w.StartArray();
    for (const auto& uri : t.endpoint.uris) put(w, uri);
    w.EndArray();
    w.EndObject();
    w.Key("security");
    w.StartObject();
    w.EndObject();
    w.EndObject();
}

void write_service(writer& w, const sm::service_info& s)
{
    w.StartObject();
    if (s.ser_instance_id) put(w, "serInstanceId", *s.ser_instance_id);
    put(w, "serName", s.ser_name);
    if (const auto& c = s.ser_category) {
        w.Key("serCategory");
        w.StartObject();
        put(w, "href", c->href);
        put(w, "id", c->id);
        put(w, "name", c->name);
        put(w, "version", c->version);
        w.EndObject();
    }
    put(w, "version", s.version);
    put(w, "state", "ACTIVE");
    if (s.transport_info) write_transport(w, *s.transport_info);
    put(w, "serializer", "JSON");
    if (s.scope_of_locality) put(w, "scopeOfLocality", "MEC_HOST");
    if (s.consumed_local_only) {
        w.Key("consumedLocalOnly");
        w.Bool(*s.consumed_local_only);
    }
    if (s.is_local) {
        w.Key("isLocal");
        w.Bool(*s.is_local);
    }
    if (s.liveness_interval) {
        w.Key("livenessInterval");
        w.Int64(s.liveness_interval->count());
    }
    w.EndObject();
}

} // namespace

service_list decode_with_rapidjson(const std::string& text)
{
    service_list list;
    reader handler(list);
    rapidjson::Reader parser;
    rapidjson::StringStream stream(text.c_str()); // faster than a stream that knows its length
    if (!parser.Parse(stream, handler)) give_up("RapidJSON: unexpected document");
    return list;
}

std::string encode_with_rapidjson(const service_list& list)
{
    rapidjson::StringBuffer buffer;
    writer w(buffer);
    w.StartArray();
    for (const auto& service : list) write_service(w, service);
    w.EndArray();
    return {buffer.GetString(), buffer.GetSize()};
}

} // namespace bench
