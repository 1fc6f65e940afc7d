#ifndef MEC_INTERNAL_JSON_STRING_STREAM_HPP
#define MEC_INTERNAL_JSON_STRING_STREAM_HPP

/// @file
/// Lets RapidJSON's writer append to a std::string. RapidJSON lives in a namespace of our own: a
/// program that uses another version of it must not get ours at link time.

#include <mec/config.hpp>

#define RAPIDJSON_NAMESPACE mec_rapidjson
#define RAPIDJSON_NAMESPACE_BEGIN namespace mec_rapidjson {
#define RAPIDJSON_NAMESPACE_END }
#include <algorithm>
#include <cstddef>
#include <rapidjson/stream.h>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

class json_string_stream {
public:
    using Ch = char;

    explicit json_string_stream(std::string& out)
        : out_(out), start_(out.size()), at_(out.data() + start_), end_(at_)
    {
    }
    json_string_stream(const json_string_stream&) = delete;
    json_string_stream& operator=(const json_string_stream&) = delete;

    /// Room for `count` characters more, so that PutUnsafe need not look.
    void reserve(std::size_t count)
    {
        if (static_cast<std::size_t>(end_ - at_) < count) grow(count);
    }
    void Put(char c)
    {
        reserve(1);
        PutUnsafe(c);
    }
    void PutUnsafe(char c) { *at_++ = c; }
    void Flush() {}
    void append(std::string_view text)
    {
        reserve(text.size());
        at_ = std::copy(text.begin(), text.end(), at_);
    }

    /// Cuts off the room that was not used.
    void finish() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }

private:
    // Growing fills with zeros: as much again as was written costs little, the whole capacity of a
    // large reused string would not.
    void grow(std::size_t count)
    {
        const auto used = static_cast<std::size_t>(at_ - out_.data());
        out_.resize(used + std::max({count, used - start_, std::size_t{256}}));
        at_ = out_.data() + used;
        end_ = out_.data() + out_.size();
    }

    std::string& out_;
    std::size_t start_;
    char* at_;
    char* end_;
};

// The writer calls these unqualified and finds them before its own, which know no room to reserve.
inline void PutReserve(json_string_stream& stream, std::size_t count) { stream.reserve(count); }
inline void PutUnsafe(json_string_stream& stream, char c) { stream.PutUnsafe(c); }

} // namespace internal
MEC_END_NAMESPACE

#endif
