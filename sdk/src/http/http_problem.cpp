#include "http_problem.hpp"

#include "parsers.hpp"
#include "text.hpp"

#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>

MEC_BEGIN_NAMESPACE
namespace internal {

std::string problem_json(int status, std::string_view detail)
{
    problem_details p;
    p.title = std::string(reason_phrase(status));
    p.status = status;
    p.detail = printable(detail, 512);
    return json::serialize(p);
}

std::string body_problem(const error& e)
{
    const error_info& info = e.info();
    std::string text = info.message.empty() ? e.code().message() : info.message;
    return info.pointer.empty() ? text : info.pointer + ": " + text;
}

bool is_json_type(std::string_view content_type) noexcept
{
    constexpr std::string_view suffix = "+json";
    content_type = content_type.substr(0, content_type.find(';'));
    while (!content_type.empty() && content_type.back() == ' ') content_type.remove_suffix(1);
    return http::equal_names(content_type, "application/json") ||
           (content_type.size() > suffix.size() &&
            http::equal_names(content_type.substr(content_type.size() - suffix.size()), suffix));
}

} // namespace internal
MEC_END_NAMESPACE
