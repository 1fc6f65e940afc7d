#include "websocket_link.hpp"

#include "deadline.hpp"
#include "http_problem.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

websocket_link::websocket_link(std::shared_ptr<websocket_client::shared> s,
                               websocket_subscription what, url target,
                               std::shared_ptr<fed_channel> channel)
    : shared_(std::move(s)), what_(std::move(what)), target_(std::move(target)),
      channel_(std::move(channel)), strand_(asio::make_strand(shared_->core->executor)),
      reconnect_(options().reconnect), timer_(strand_)
{
}

void websocket_link::start()
{
    asio::post(strand_, [self = shared_from_this()] { self->attempt(); });
}

void websocket_link::close() noexcept
{
    closed_ = true;
    asio::dispatch(strand_, [self = shared_from_this()] {
        self->timer_.cancel();
        if (const auto under_way = self->connecting_.lock()) under_way->abort(errc::cancelled);
        if (self->socket_) self->socket_->close();
        self->socket_.reset();
    });
}

websocket_source_counters websocket_link::counters() const
{
    return {opened_, failed_, received_, repeated_, missed_, refused_};
}

void websocket_link::attempt()
{
    if (closed_) return;
    if (with_token()) fetch_token();
    else connect();
}

/// A token must not reach another host than the one it was got for.
bool websocket_link::with_token() const noexcept
{
    const mec::origin& home = what_.base.origin();
    return what_.tokens && target_.origin().host == home.host && target_.origin().port == home.port;
}

void websocket_link::fetch_token()
{
    const steady_time now = shared_->core->now();
    token_ = what_.tokens->current();
    if (token_ && token_ != rejected_ && now < token_->expires_at) return connect();
    what_.tokens->async_fetch(
        rejected_, now + options().token,
        asio::bind_executor(strand_, [self = shared_from_this()](result<auth::token_ptr> got) {
            if (self->closed_) return;
            if (!got) return self->on_end(got.error());
            self->token_ = std::move(*got);
            self->connect();
        }));
}

void websocket_link::connect()
{
    request_.origin = target_.origin();
    const http::timeouts& budget = options().transport.timeouts;
    request_.deadline = shared_->core->now();
    for (const auto part : {budget.resolve, budget.connect, budget.handshake})
        request_.deadline = deadline_after(request_.deadline, part);
    const auto exchange = std::make_shared<async_exchange>(
        shared_->core, request_, response_,
        asio::bind_executor(strand_, [self = shared_from_this()](const error& failure) {
            self->on_connected(failure);
        }));
    connecting_ = exchange;
    exchange->start_taking(connection_);
}

void websocket_link::on_connected(const error& failure)
{
    connecting_.reset();
    if (closed_) return connection_.close();
    if (failure) return on_end(failure);
    socket_ = websocket::make(strand_, std::move(connection_), {}, options().connection,
                              weak_from_this());
    websocket_upgrade upgrade;
    upgrade.origin = target_.origin();
    upgrade.target = target_.target();
    if (token_) upgrade.bearer = token_->value;
    socket_->connect(std::move(upgrade));
}

void websocket_link::on_open()
{
    if (closed_) return;
    ++opened_;
    rejected_.reset();
    reconnect_.on_open(shared_->core->now());
    if (what_.on_open) what_.on_open();
}

void websocket_link::on_message(std::string_view message)
{
    if (closed_) return;
    ++received_;
    const auto request = decode_websocket_request(message, options().message);
    if (request) return take(*request);
    if (const auto sequence = websocket_sequence_of(message))
        return answer(*sequence, {400, request.error().info().message});
    // There is no answer to what has no number, and nobody knows what comes next.
    if (const auto broken = std::exchange(socket_, nullptr)) broken->close();
    on_end(request.error());
}

void websocket_link::take(const websocket_request& request)
{
    if (!request.content_encoding.empty() &&
        !http::equal_names(request.content_encoding, "identity"))
        return answer(request.sequence, {415, "expected a body without Content-Encoding"});
    const auto key = dedupe_window::key_of(request.body);
    const auto judged = sequence_.judge(request.sequence, key);
    if (judged.repeated) {
        ++repeated_;
        return answer(request.sequence, {});
    }
    report_gap(judged);
    const verdict v = channel_->deliver(request.content_type, request.body);
    sequence_.settle(request.sequence, key, v.status == 204);
    answer(request.sequence, v);
}

void websocket_link::report_gap(const websocket_judgement& j)
{
    if (j.missed == 0 && !j.restarted) return;
    missed_ += j.missed;
    channel_->report(notify::gap{j.missed});
}

void websocket_link::answer(std::uint32_t sequence, const verdict& v)
{
    if (v.status != 204) ++refused_;
    const std::string body = v.detail.empty() ? std::string() : problem_json(v.status, v.detail);
    std::string message;
    append_websocket_response(message, sequence, v.status,
                              body.empty() ? "application/json" : problem_type, body);
    if (socket_) socket_->send(std::move(message));
}

void websocket_link::on_end(const error& why)
{
    if (closed_) return;
    ++failed_;
    socket_.reset();
    if (why == errc::shutting_down) { // the client is gone: there is nothing to connect with
        closed_ = true;
        if (what_.on_down) what_.on_down(why);
        return;
    }
    if (why.info().http_status == 401) rejected_ = token_;
    const auto delay = reconnect_.on_end(why, shared_->core->now(), options().random->uniform());
    const mec::logger& log = options().transport.log;
    if (log.enabled(log_level::info))
        log.write(log_level::info, "notify",
                  "websocket to " + target_.origin().authority() + ": " + why.what() +
                      "; next attempt in " + std::to_string(delay.count()) + " ms");
    timer_.expires_after(delay);
    timer_.async_wait([self = shared_from_this()](error_code e) {
        if (!e) self->attempt();
    });
    if (what_.on_down) what_.on_down(why);
}

} // namespace internal
MEC_END_NAMESPACE
