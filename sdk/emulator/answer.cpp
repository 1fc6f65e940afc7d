#include "answer.hpp"

#include "parsers.hpp"
#include "text.hpp"

#include <mec/json/common.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

answer empty_answer(int status)
{
    answer a;
    a.status = status;
    return a;
}

answer json_answer(int status, std::string text)
{
    answer a;
    a.status = status;
    a.headers.append("Content-Type", "application/json");
    a.body = std::move(text);
    return a;
}

answer problem(int status, std::string_view detail)
{
    problem_details p;
    p.title = std::string(internal::reason_phrase(status));
    p.status = status;
    p.detail = internal::printable(detail, 512);
    answer a;
    a.status = status;
    a.headers.append("Content-Type", "application/problem+json");
    json::encode(a.body, p);
    return a;
}

answer bad_body(const error& e)
{
    const error_info& info = e.info();
    std::string detail = info.message.empty() ? e.code().message() : info.message;
    if (!info.pointer.empty()) detail = info.pointer + ": " + detail;
    return problem(e == errc::limit_exceeded ? 413 : 400, detail);
}

} // namespace emulator
MEC_END_NAMESPACE
