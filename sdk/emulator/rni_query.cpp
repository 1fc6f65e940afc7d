#include "rni_query.hpp"

#include <mec/json/codec.hpp>
#include <mec/rni/describe.hpp>

#include <charconv>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

error bad(std::string text) { return {errc::bad_request, std::move(text)}; }

constexpr std::int64_t most_bits_per_second = 4'000'000'000'000;

/// Reads one parameter after the other. What a parameter is not, the next one may be.
class reader {
public:
    explicit reader(const parameter& p) : p_(p) {}

    reader& list(const char* name, std::vector<std::string>& out)
    {
        if (take(name)) append_list(out, p_.value);
        return *this;
    }
    reader& text(const char* name, std::optional<std::string>& out)
    {
        if (!take(name)) return *this;
        if (out) fault_ = bad(p_.name + " may be given once");
        out = p_.value;
        return *this;
    }
    template <class Int>
    reader& number(const char* name, std::optional<Int>& out, std::int64_t most)
    {
        if (!take(name)) return *this;
        if (out) fault_ = bad(p_.name + " may be given once");
        else out = static_cast<Int>(read(p_.value, most));
        return *this;
    }
    reader& numbers(const char* name, std::vector<std::int32_t>& out, std::int64_t most)
    {
        if (!take(name)) return *this;
        std::vector<std::string> texts;
        append_list(texts, p_.value);
        for (const std::string& t : texts) out.push_back(static_cast<std::int32_t>(read(t, most)));
        return *this;
    }
    reader& who(rni::ue_filter& f)
    {
        return list("cell_id", f.cell_id)
            .list("ue_ipv4_address", f.ue_ipv4_address)
            .list("ue_ipv6_address", f.ue_ipv6_address)
            .list("nated_ip_address", f.nated_ip_address)
            .list("gtp_teid", f.gtp_teid);
    }
    /// The selectors of layer 2 quantities: integers that say nothing more.
    reader& quantities(std::set<rni::layer2_quantity>& out)
    {
        const json::enum_desc& known = *json::type_of<rni::layer2_quantity>::value.enumeration;
        for (std::size_t i = 0; i < known.size && !taken_; ++i) {
            if (known.values[i].name != p_.name && known.values[i].aliases[0] != p_.name) continue;
            taken_ = true;
            read(p_.value, std::numeric_limits<std::int64_t>::max());
            out.insert(static_cast<rni::layer2_quantity>(known.values[i].number));
        }
        return *this;
    }
    error end(bool strict) const
    {
        return taken_ || !strict ? fault_ : bad("unknown query parameter " + p_.name);
    }

private:
    bool take(const char* name)
    {
        if (p_.name != name) return false;
        return taken_ = true;
    }
    std::int64_t read(const std::string& text, std::int64_t most)
    {
        std::int64_t value = 0;
        const char* const end = text.data() + text.size();
        const auto r = std::from_chars(text.data(), end, value);
        if (r.ec != std::errc() || r.ptr != end || value < 0 || value > most)
            fault_ = bad(p_.name + " must be an integer from 0 to " + std::to_string(most));
        return value;
    }

    const parameter& p_;
    bool taken_ = false;
    error fault_;
};

} // namespace

error read_query(rni::rab_info_query& q, const std::vector<parameter>& query, bool strict)
{
    for (const parameter& p : query)
        if (error e = reader(p)
                          .who(q)
                          .text("app_ins_id", q.app_ins_id)
                          .number("erab_id", q.erab_id, 15)
                          .number("qci", q.qci, 255)
                          .number("erab_mbr_dl", q.erab_mbr_dl, most_bits_per_second)
                          .number("erab_mbr_ul", q.erab_mbr_ul, most_bits_per_second)
                          .number("erab_gbr_dl", q.erab_gbr_dl, most_bits_per_second)
                          .number("erab_gbr_ul", q.erab_gbr_ul, most_bits_per_second)
                          .end(strict))
            return e;
    return {};
}

error read_query(rni::plmn_info_query& q, const std::vector<parameter>& query, bool strict)
{
    for (const parameter& p : query)
        if (error e = reader(p).list("app_ins_id", q.app_ins_id).end(strict)) return e;
    if (q.app_ins_id.empty()) return bad("app_ins_id must be given");
    return {};
}

error read_query(rni::s1_bearer_info_query& q, const std::vector<parameter>& query, bool strict)
{
    for (const parameter& p : query)
        if (error e = reader(p)
                          .who(q)
                          .list("temp_ue_id", q.temp_ue_id)
                          .numbers("erab_id", q.erab_id, 15)
                          .end(strict))
            return e;
    return {};
}

error read_query(rni::layer2_meas_query& q, const std::vector<parameter>& query, bool strict)
{
    for (const parameter& p : query)
        if (error e = reader(p)
                          .who(q)
                          .text("app_ins_id", q.app_ins_id)
                          .quantities(q.quantities)
                          .end(strict))
            return e;
    return {};
}

} // namespace emulator
MEC_END_NAMESPACE
