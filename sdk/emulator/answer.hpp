#ifndef MEC_EMULATOR_ANSWER_HPP
#define MEC_EMULATOR_ANSWER_HPP

/// @file
/// What the emulator says, before it is bytes.

#include <mec/http/message.hpp>
#include <mec/json/codec.hpp>

#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct answer {
    int status = 500;
    http::fields headers;
    std::string body;
};

/// A success without a body.
answer empty_answer(int status);

/// `text` is a JSON document.
answer json_answer(int status, std::string text);

template <class T> answer described_answer(int status, const T& value)
{
    return json_answer(status, json::serialize(value));
}

/// An error with ProblemDetails (RFC 7807, MEC 009 clause 6.15).
answer problem(int status, std::string_view detail);

/// 400 that says what is wrong with a body.
answer bad_body(const error& e);

} // namespace emulator
MEC_END_NAMESPACE

#endif
