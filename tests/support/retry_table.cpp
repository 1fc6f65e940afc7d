#include "retry_table.hpp"

#include <ostream>

namespace mec_test {

namespace {

using mec::errc;
using mec::http::progress;
using mec::http::repeat;

fault status(int code) { return {code}; }
fault lost(errc code, progress how_far) { return {0, code, how_far}; }

const fault busy = status(503);
const fault refused = lost(errc::connect_refused, progress::nothing_sent);
const fault reset = lost(errc::connection_lost, progress::request_sent);
const fault stale = reset.on_reused_connection();
const fault cut_short = lost(errc::truncated, progress::response_begun).but_applied();
const fault timed_out = lost(errc::deadline_exceeded, progress::request_sent);

constexpr ending done(int requests) { return {requests}; }
constexpr ending fails(int requests, errc code) { return {requests, code, false}; }
/// The caller is told that nobody knows; the truth is the second one.
constexpr ending unknown(int requests, bool in_effect)
{
    return {requests, errc::outcome_unknown, in_effect};
}

/// The same for all classes.
retry_case all(const char* name, std::vector<fault> faults, ending e)
{
    return {name, std::move(faults), {e, e, e, e, e}};
}
/// One ending for what may be repeated, another for what may not.
retry_case unless_create(const char* name, std::vector<fault> faults, ending e, ending create)
{
    return {name, std::move(faults), {e, e, e, e, create}};
}

} // namespace

op_class class_of(const mec::http::operation& op)
{
    switch (op.repeat) {
    case repeat::safe: return op_class::read;
    case repeat::task: return op_class::task;
    case repeat::never: return op_class::create;
    case repeat::idempotent: break;
    }
    return op.method == mec::http::method::delete_ ? op_class::remove : op_class::replace;
}

int sound_answer(const mec::http::operation& op, bool applied_before)
{
    if (applied_before && class_of(op) == op_class::remove) return 404;
    if (applied_before && class_of(op) == op_class::task) return 409;
    return op.success;
}

const std::vector<retry_case>& retry_table()
{
    static const std::vector<retry_case> table = {
        all("no_fault", {}, done(1)),

        // The peer says that it did nothing: everything is repeated.
        all("busy_with_retry_after_twice", {busy.after("1"), busy.after("1")}, done(3)),
        all("busy_with_retry_after_for_ever", {busy.after("1"), busy.after("1"), busy.after("1")},
            fails(3, errc::service_unavailable)),
        all("rate_limited_once", {status(429)}, done(2)),
        all("rate_limited_with_retry_after", {status(429).after("2")}, done(2)),
        all("rate_limited_for_ever", {status(429), status(429), status(429)},
            fails(3, errc::rate_limited)),
        all("too_early", {status(425)}, done(2)),
        all("refused_once", {refused}, done(2)),
        all("refused_for_ever", {refused, refused, refused}, fails(3, errc::connect_refused)),
        all("no_name_yet", {lost(errc::name_temporary, progress::nothing_sent)}, done(2)),
        all("stale_connection_that_took_nothing",
            {lost(errc::connection_lost, progress::nothing_sent).on_reused_connection()}, done(2)),

        // Another token, once, beside the other attempts.
        all("unauthorized_once", {status(401)}, done(2)),
        all("unauthorized_twice", {status(401), status(401)}, fails(2, errc::auth_failed)),
        all("unauthorized_among_others", {status(429), status(401), busy.after("0")}, done(4)),

        // Nobody knows: only what may be repeated is.
        unless_create("busy_twice", {busy, busy}, done(3), unknown(1, false)),
        unless_create("busy_for_ever", {busy, busy, busy}, fails(3, errc::service_unavailable),
                      unknown(1, false)),
        unless_create("reset_before_it_was_applied", {reset}, done(2), unknown(1, false)),
        unless_create("reset_after_it_was_applied", {reset.but_applied()}, done(2),
                      unknown(1, true)),
        unless_create("reset_for_ever", {reset, reset, reset}, fails(3, errc::connection_lost),
                      unknown(1, false)),
        unless_create("stale_connection", {stale}, done(2), unknown(1, false)),
        unless_create("stale_connection_is_no_attempt", {stale, reset, reset}, done(4),
                      unknown(1, false)),
        unless_create("answer_cut_short", {cut_short}, done(2), unknown(1, true)),
        unless_create("no_answer_in_time", {timed_out}, done(2), unknown(1, false)),
        unless_create("applied_but_no_answer_in_time", {timed_out.but_applied()}, done(2),
                      unknown(1, true)),
        unless_create("bad_gateway_before_it_was_applied", {status(502)}, done(2),
                      unknown(1, false)),
        unless_create("gateway_timeout_after_it_was_applied", {status(504).but_applied()}, done(2),
                      unknown(1, true)),
        unless_create("request_timeout", {status(408)}, done(2), unknown(1, false)),
        unless_create("refused_then_busy", {refused, busy}, done(3), unknown(2, false)),
        unless_create("refused_then_reset_after_it_was_applied", {refused, reset.but_applied()},
                      done(3), unknown(2, true)),
        unless_create("not_http", {lost(errc::protocol_error, progress::response_begun)},
                      fails(1, errc::protocol_error), unknown(1, false)),
        unless_create("changed_since_the_lost_answer", {reset.but_applied(), status(412)},
                      {2, errc::outcome_unknown, true}, unknown(1, true)),

        // The peer itself says that it failed: once more for what may be repeated.
        unless_create("internal_error_once", {status(500)}, done(2),
                      fails(1, errc::service_unavailable)),
        unless_create("internal_error_for_ever", {status(500), status(500), status(500)},
                      fails(2, errc::service_unavailable), fails(1, errc::service_unavailable)),

        // No repetition helps.
        all("forbidden", {status(403)}, fails(1, errc::forbidden)),
        all("not_found", {status(404)}, fails(1, errc::not_found)),
        all("conflict", {status(409)}, fails(1, errc::conflict)),
        all("precondition_failed", {status(412)}, fails(1, errc::precondition_failed)),
        all("redirect", {status(307)}, fails(1, errc::unexpected_content)),
        all("untrusted", {lost(errc::tls_untrusted, progress::nothing_sent)},
            fails(1, errc::tls_untrusted)),
        all("no_such_name", {lost(errc::name_not_found, progress::nothing_sent)},
            fails(1, errc::name_not_found)),
    };
    return table;
}

std::ostream& operator<<(std::ostream& out, const retry_case& c) { return out << c.name; }

} // namespace mec_test
