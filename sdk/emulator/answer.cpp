#include "answer.hpp"

#include "http_problem.hpp"

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
    answer a;
    a.status = status;
    a.headers.append("Content-Type", internal::problem_type);
    a.body = internal::problem_json(status, detail);
    return a;
}

answer bad_body(const error& e)
{
    return problem(e == errc::limit_exceeded ? 413 : 400, internal::body_problem(e));
}

} // namespace emulator
MEC_END_NAMESPACE
