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

MEC_BEGIN_NAMESPACE
namespace internal {

class json_string_stream {
public:
    using Ch = char;

    explicit json_string_stream(std::string& out) : out_(out), used_(out.size()), start_(used_) {}
    json_string_stream(const json_string_stream&) = delete;
    json_string_stream& operator=(const json_string_stream&) = delete;

    /// Room for `count` characters more, so that PutUnsafe need not look.
    void reserve(std::size_t count)
    {
        if (out_.size() - used_ >= count) return;
        // Growing fills with zeros: as much again as was written costs little, the whole capacity
        // of a large reused string would not.
        out_.resize(used_ + std::max({count, used_ - start_, std::size_t{256}}));
    }
    void Put(char c)
    {
        reserve(1);
        PutUnsafe(c);
    }
    void PutUnsafe(char c) { out_[used_++] = c; }
    void Flush() {}

    void finish() { out_.resize(used_); }

private:
    std::string& out_;
    std::size_t used_;
    std::size_t start_;
};

// The writer calls these unqualified and finds them before its own, which know no room to reserve.
inline void PutReserve(json_string_stream& stream, std::size_t count)
{
    stream.reserve(count);
}
inline void PutUnsafe(json_string_stream& stream, char c)
{
    stream.PutUnsafe(c);
}

} // namespace internal
MEC_END_NAMESPACE

#endif
