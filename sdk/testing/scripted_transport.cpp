#include <mec/testing/scripted_transport.hpp>

#include <mec/detail/complete.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>

#include <algorithm>
#include <deque>
#include <list>
#include <mutex>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace testing {

using handler_type = asio::any_completion_handler<void(error)>;

// ---- expectation

expectation::expectation(http::method m, std::string pattern)
    : method_(m), pattern_(std::move(pattern))
{
    respond(200);
}

expectation& expectation::respond(int status, std::string body)
{
    response_.clear();
    response_.status = status;
    response_.body = std::move(body);
    response_.progress = http::progress::complete;
    failure_ = {};
    return *this;
}

expectation& expectation::header(std::string_view name, std::string_view value)
{
    response_.headers.append(name, value);
    return *this;
}

expectation& expectation::fail(error failure, http::progress how_far)
{
    response_.clear();
    response_.progress = how_far;
    failure_ = std::move(failure);
    return *this;
}

expectation& expectation::hold()
{
    held_ = true;
    return *this;
}

expectation& expectation::on_reused_connection()
{
    response_.reused_connection = true;
    return *this;
}

expectation& expectation::times(std::size_t count)
{
    left_ = count;
    return *this;
}

// ---- transport

namespace {

/// `*` stands for any text. Goes back to the last star only, so that it takes at most n * m steps.
bool matches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t star_text = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++star_text;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string line(http::method m, std::string_view target)
{
    return std::string(http::to_string(m)).append(" ").append(target);
}

/// A request whose answer is being kept back.
struct held_request {
    held_request(handler_type h, http::response& out, const http::response& r, error f,
                 const asio::any_io_executor& io)
        : handler(std::move(h)), target(&out), response(r), failure(std::move(f)),
          work(asio::prefer(
              asio::any_completion_executor(asio::get_associated_executor(handler, io)),
              asio::execution::outstanding_work.tracked))
    {
    }
    handler_type handler;
    http::response* target;
    http::response response;
    error failure;
    asio::any_completion_executor work; ///< keeps the handler's executor from running dry
};

void fill(http::response& out, const http::response& scripted)
{
    out = scripted;
    if (!out.body.empty() && !out.headers.contains("Content-Type"))
        out.headers.append("Content-Type", "application/json");
}

} // namespace

struct scripted_transport::state {
    explicit state(asio::any_io_executor executor) : io(std::move(executor)) {}

    expectation* find(const http::request& req);
    void hold(const std::shared_ptr<state>& self, held_request&& request);
    void finish(std::list<held_request> requests) const;
    void cancel(std::list<held_request>::const_iterator which);

    const asio::any_io_executor io;
    mutable std::mutex mutex;
    std::deque<expectation> expectations; ///< a deque: references to its elements stay valid
    std::vector<http::request> requests;
    std::vector<std::string> unexpected;
    std::list<held_request> held;
    bool closed = false;
};

/// @pre the mutex is held
expectation* scripted_transport::state::find(const http::request& req)
{
    for (auto& e : expectations)
        if (e.left_ > 0 && e.method_ == req.method && matches(e.pattern_, req.target)) return &e;
    return nullptr;
}

/// @pre the mutex is held
void scripted_transport::state::hold(const std::shared_ptr<state>& self, held_request&& request)
{
    const auto which = held.insert(held.end(), std::move(request));
    auto slot = asio::get_associated_cancellation_slot(which->handler);
    if (!slot.is_connected()) return;
    slot.assign([weak = std::weak_ptr<state>(self), which](asio::cancellation_type) {
        if (const auto s = weak.lock()) s->cancel(which);
    });
}

/// Called only while the request is held: finish() clears the slot.
void scripted_transport::state::cancel(std::list<held_request>::const_iterator which)
{
    std::list<held_request> one;
    {
        const std::lock_guard lock(mutex);
        one.splice(one.end(), held, which);
    }
    one.front().failure = errc::cancelled;
    finish(std::move(one));
}

void scripted_transport::state::finish(std::list<held_request> done) const
{
    for (auto& h : done) {
        auto slot = asio::get_associated_cancellation_slot(h.handler);
        if (slot.is_connected()) slot.clear();
        fill(*h.target, h.response);
        detail::complete_later(io, std::move(h.handler), std::move(h.failure));
    }
}

scripted_transport::scripted_transport(asio::any_io_executor executor)
    : state_(std::make_shared<state>(std::move(executor)))
{
}

scripted_transport::~scripted_transport() { close(); }

expectation& scripted_transport::expect(http::method m, std::string target_pattern)
{
    const std::lock_guard lock(state_->mutex);
    return state_->expectations.emplace_back(expectation(m, std::move(target_pattern)));
}

void scripted_transport::release()
{
    std::list<held_request> all;
    {
        const std::lock_guard lock(state_->mutex);
        all.swap(state_->held);
    }
    state_->finish(std::move(all));
}

void scripted_transport::close() noexcept
{
    std::list<held_request> all;
    {
        const std::lock_guard lock(state_->mutex);
        state_->closed = true;
        all.swap(state_->held);
    }
    for (auto& h : all) h.failure = errc::shutting_down;
    state_->finish(std::move(all));
}

asio::any_io_executor scripted_transport::get_executor() const noexcept { return state_->io; }

void scripted_transport::async_send(const http::request& req, http::response& resp,
                                    handler_type handler)
{
    resp.clear();
    error failure;
    {
        const std::lock_guard lock(state_->mutex);
        state_->requests.push_back(req);
        expectation* const e = state_->find(req);
        if (state_->closed) {
            failure = errc::shutting_down;
        } else if (!e) {
            state_->unexpected.push_back(line(req.method, req.target));
            failure = error(errc::not_supported, "no expectation for " + state_->unexpected.back());
        } else {
            --e->left_;
            if (e->held_) {
                state_->hold(state_,
                             {std::move(handler), resp, e->response_, e->failure_, state_->io});
                return;
            }
            fill(resp, e->response_);
            failure = e->failure_;
        }
    }
    detail::complete_later(state_->io, std::move(handler), std::move(failure));
}

std::size_t scripted_transport::held() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->held.size();
}

std::vector<http::request> scripted_transport::requests() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->requests;
}

std::vector<std::string> scripted_transport::unexpected() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->unexpected;
}

std::vector<std::string> scripted_transport::unmet() const
{
    const std::lock_guard lock(state_->mutex);
    std::vector<std::string> out;
    constexpr auto always = std::numeric_limits<std::size_t>::max();
    for (const auto& e : state_->expectations) {
        const bool unlimited = e.left_ > always / 2;
        if (e.left_ == 0 || (unlimited && e.left_ != always)) continue;
        out.push_back(line(e.method_, e.pattern_) +
                      (unlimited ? " (never asked)" : " (" + std::to_string(e.left_) + " left)"));
    }
    return out;
}

} // namespace testing
MEC_END_NAMESPACE
