#include "json_scan.hpp"
#include "json_string_stream.hpp"
#include "text.hpp"

#include <mec/json/codec.hpp>

#include <chrono>
#include <cmath>
#include <rapidjson/writer.h>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using json::field_desc;
using json::kind;
using json::type_desc;

std::string repaired(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t size = decode_utf8(text).size;
        if (size == 0) out += "\xef\xbf\xbd";
        else out.append(text.substr(0, size));
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

// RapidJSON's writer looks at every character for what to escape. Names from tables, and nearly all
// strings, have nothing of that kind: they are copied.
class writer : public mec_rapidjson::Writer<json_string_stream> {
public:
    using Writer::Writer;

    void plain(std::string_view text)
    {
        Prefix(mec_rapidjson::kStringType);
        os_->reserve(text.size() + 2);
        os_->PutUnsafe('"');
        os_->append(text);
        os_->PutUnsafe('"');
    }
    void text(std::string_view text)
    {
        if (plain_end(text.data(), text.data() + text.size()) == text.data() + text.size()) {
            return plain(text);
        }
        if (!is_utf8(text)) return this->text(repaired(text));
        String(text.data(), static_cast<mec_rapidjson::SizeType>(text.size()));
    }
    void verbatim(std::string_view json)
    {
        Prefix(mec_rapidjson::kNullType); // only names are treated differently
        os_->append(json.empty() ? "null" : json);
    }
};

class json_encoder {
public:
    explicit json_encoder(std::string& out) : stream_(out), out_(stream_) {}

    void value(const type_desc& type, void* source);
    void finish() { stream_.finish(); }

private:
    void object(const type_desc& type, void* source, const type_desc* choice, std::size_t index);
    void map(const type_desc& type, void* source);
    void enumeration(const type_desc& type, const void* source);

    json_string_stream stream_;
    writer out_;
};

// Whether a member that is not mandatory is left out.
bool absent(const type_desc& type, void* source)
{
    switch (type.k) {
    case kind::optional: return type.optional->get(source) == nullptr;
    case kind::array: return type.array->size(source) == 0;
    case kind::map: return type.map->size(source) == 0;
    case kind::raw: return static_cast<json::raw*>(source)->empty();
    case kind::string: return static_cast<std::string*>(source)->empty();
    default: return false;
    }
}

bool has_field(const type_desc& type, std::string_view name)
{
    for (std::size_t i = 0; i < type.size; ++i) {
        if (type.fields[i].name == name) return true;
    }
    return false;
}

bool is_number(std::string_view text)
{
    if (!text.empty() && text[0] == '-') text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

void json_encoder::value(const type_desc& type, void* source)
{
    switch (type.k) {
    case kind::boolean: out_.Bool(*static_cast<bool*>(source)); return;
    case kind::int32: out_.Int(*static_cast<std::int32_t*>(source)); return;
    case kind::uint32: out_.Uint(*static_cast<std::uint32_t*>(source)); return;
    case kind::int64: out_.Int64(*static_cast<std::int64_t*>(source)); return;
    case kind::uint64: out_.Uint64(*static_cast<std::uint64_t*>(source)); return;
    case kind::seconds: out_.Int64(static_cast<std::chrono::seconds*>(source)->count()); return;
    case kind::number: {
        const double number = *static_cast<double*>(source);
        if (std::isfinite(number)) out_.Double(number);
        else out_.Null(); // JSON has no other word for it
        return;
    }
    case kind::string: out_.text(*static_cast<std::string*>(source)); return;
    case kind::enumeration:
    case kind::open_enumeration: enumeration(type, source); return;
    case kind::optional:
        if (void* inner = type.optional->get(source)) value(*type.element, inner);
        else out_.Null();
        return;
    case kind::array:
        out_.StartArray();
        for (std::size_t i = 0, n = type.array->size(source); i < n; ++i) {
            value(*type.element, type.array->at(source, i));
        }
        out_.EndArray();
        return;
    case kind::map: map(type, source); return;
    case kind::object: object(type, source, nullptr, 0); return;
    case kind::one_of: {
        const json::one_of_desc& choice = *type.one_of;
        const std::size_t index = choice.index(source);
        if (index >= choice.size) out_.Null(); // a variant that lost its value to an exception
        else object(*choice.alternatives[index].type, choice.get(source), &type, index);
        return;
    }
    case kind::raw: out_.verbatim(static_cast<json::raw*>(source)->text); return;
    case kind::fixed: return; // written by the object that it stands in
    }
}

void json_encoder::object(const type_desc& type, void* source, const type_desc* choice,
                          std::size_t index)
{
    out_.StartObject();
    if (choice && !has_field(type, choice->one_of->discriminator)) {
        out_.plain(choice->one_of->discriminator);
        out_.text(choice->one_of->alternatives[index].tag);
    }
    for (std::size_t i = 0; i < type.size; ++i) {
        const field_desc& field = type.fields[i];
        void* const member = field.get(source);
        if (!field.mandatory && absent(*field.type, member)) continue;
        out_.plain(field.name);
        if (field.type->k == kind::fixed) out_.text(field.text);
        else value(*field.type, member);
    }
    if (type.rest) {
        for (const auto& member : type.rest(source)->values) {
            out_.text(member.first);
            out_.verbatim(member.second.text);
        }
    }
    out_.EndObject();
}

void json_encoder::map(const type_desc& type, void* source)
{
    struct context {
        json_encoder& self;
        const type_desc& element;
    } c{*this, *type.element};
    out_.StartObject();
    type.map->each(source, &c, [](void* p, std::string_view key, void* item) {
        auto& [self, element] = *static_cast<context*>(p);
        self.out_.text(key);
        self.value(element, item);
    });
    out_.EndObject();
}

void json_encoder::enumeration(const type_desc& type, const void* source)
{
    const json::enum_desc& desc = *type.enumeration;
    const bool integers = desc.form == json::enum_form::integer;
    if (type.open && !type.open->known(source)) {
        const std::string& unknown = type.open->text(source);
        if (integers && is_number(unknown)) out_.verbatim(unknown);
        else out_.text(unknown);
        return;
    }
    const int number = desc.load(source);
    if (integers) out_.Int(number);
    else out_.text(json::enum_name(number, desc));
}

} // namespace

} // namespace internal

namespace json {

void encode(std::string& out, const void* value, const type_desc& type)
{
    internal::json_encoder encoder(out);
    // The tables give access to members for reading and writing alike; nothing is written here.
    encoder.value(type, const_cast<void*>(value));
    encoder.finish();
}

} // namespace json
MEC_END_NAMESPACE
