// What a call tells about itself: the reading of its answer, its errors, its line in the log.

#include "call.hpp"

#include "http_problem.hpp"
#include "retry_after.hpp"
#include "text.hpp"

#include <mec/json/common.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

std::optional<problem_details> read_problem(const http::response& resp)
{
    const std::string_view type = resp.headers.find("content-type");
    if (resp.body.empty() || (!type.empty() && !is_json_type(type))) return std::nullopt;
    problem_details problem;
    if (json::decode(resp.body, problem)) return std::nullopt;
    for (auto* text : {&problem.type, &problem.title, &problem.detail, &problem.instance})
        if (*text) *text = printable(**text);
    return problem;
}

} // namespace

error_info call::circumstances() const
{
    const http::request& req = buffers_->request;
    error_info info;
    info.operation = std::string(op_.name);
    info.endpoint = req.origin.scheme + "://" + req.origin.authority() +
                    req.target.substr(0, req.target.find('?'));
    info.attempts = retry_.attempts();
    info.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        context_->options().clock->now() - started_);
    return info;
}

error call::fail_with(errc code, const error& transport_failure) const
{
    const http::response& resp = buffers_->response;
    error_info info = circumstances();
    if (transport_failure.info().operation.empty() && transport_failure == code) {
        const error_info& why = transport_failure.info();
        info.message = why.endpoint.empty() ? why.message : why.endpoint + ": " + why.message;
        info.system = transport_failure.info().system;
        info.cause = transport_failure.info().cause;
    } else if (transport_failure) { // of something else, such as the token request
        info.message = transport_failure.what();
        info.cause = std::make_shared<const error>(transport_failure);
    }
    if (resp.status != 0) {
        info.http_status = resp.status;
        info.problem = read_problem(resp);
        info.retry_after = retry_after();
    }
    return {code, std::move(info)};
}

std::optional<std::chrono::milliseconds> call::retry_after() const
{
    if (response().status < 300) return std::nullopt;
    return retry_after_of(response().headers, context_->options().clock->system_now(),
                          context_->options().retry.retry_after_cap);
}

error call::expect_no_content() const
{
    const std::string_view media = response().headers.find("content-type");
    if (response().body.empty() || media.empty() || is_json_type(media)) return {};
    error_info info = circumstances(); // a login page, a proxy: not the platform's answer
    info.message = "expected no body, got " + printable(media, 80);
    info.http_status = response().status;
    return {errc::unexpected_content, std::move(info)};
}

error call::decode(void* target, const json::type_desc& type) const
{
    const http::response& resp = response();
    const std::string_view media = resp.headers.find("content-type");
    error failure;
    if (resp.body.empty()) {
        failure = {errc::unexpected_content, "expected a JSON body, got an empty one"};
    } else if (!media.empty() ? !is_json_type(media) : context_->options().dialect.strict_reading) {
        failure = {errc::unexpected_content,
                   "expected application/json, got " + printable(media, 80)};
    } else {
        json::decode_options options;
        options.strict = context_->options().dialect.strict_reading;
        failure = json::decode(resp.body, target, type, options);
    }
    if (!failure) return failure;
    error_info info = circumstances();
    info.message = failure.info().message;
    info.pointer = failure.info().pointer;
    info.http_status = resp.status;
    return failure.with(std::move(info));
}

void call::log_outcome(const error& failure) const
{
    const error_info info = circumstances();
    std::string line =
        info.operation + ' ' + std::string(http::to_string(op_.method)) + ' ' + info.endpoint;
    if (failure) line += " failed: " + failure.code().message();
    else line += " -> " + std::to_string(buffers_->response.status);
    line += " in " + std::to_string(info.elapsed.count()) +
            " ms, attempts: " + std::to_string(info.attempts);
    context_->options().log.write(log_level::debug, "call", line);
}

} // namespace internal
MEC_END_NAMESPACE
