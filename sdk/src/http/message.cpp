#include <mec/http/message.hpp>

#include "text.hpp"

MEC_BEGIN_NAMESPACE
namespace http {

std::string_view to_string(method m) noexcept
{
    switch (m) {
    case method::get: return "GET";
    case method::post: return "POST";
    case method::put: return "PUT";
    case method::patch: return "PATCH";
    case method::delete_: return "DELETE";
    }
    return {};
}

bool equal_names(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (internal::to_lower(a[i]) != internal::to_lower(b[i])) return false;
    return true;
}

void fields::append(std::string_view name, std::string_view value)
{
    entries_.push_back({static_cast<std::uint32_t>(text_.size()),
                        static_cast<std::uint32_t>(name.size()),
                        static_cast<std::uint32_t>(value.size())});
    text_.append(name).append(value);
}

void fields::clear() noexcept
{
    text_.clear();
    entries_.clear();
}

fields::view fields::operator[](std::size_t i) const noexcept
{
    const entry& e = entries_[i];
    const char* begin = text_.data() + e.begin;
    return {{begin, e.name_size}, {begin + e.name_size, e.value_size}};
}

std::string_view fields::find(std::string_view name) const noexcept
{
    for (std::size_t i = 0; i < size(); ++i)
        if (const view field = (*this)[i]; equal_names(field.name, name)) return field.value;
    return {};
}

bool fields::contains(std::string_view name) const noexcept { return count(name) != 0; }

std::size_t fields::count(std::string_view name) const noexcept
{
    std::size_t n = 0;
    for (std::size_t i = 0; i < size(); ++i)
        if (equal_names((*this)[i].name, name)) ++n;
    return n;
}

} // namespace http
MEC_END_NAMESPACE
