#include "emulator_receiver.hpp"

namespace emulator_test {

receiver::receiver(raw::background_io& io, std::optional<mec::internal::tls_server_options> tls)
    : tls_(tls.has_value())
{
    mec::internal::server_options o;
    o.tls = std::move(tls);
    auto s = mec::internal::server::listen(
        io.executor(), std::move(o),
        [in = inbox_](const mec::internal::received_request& request, mec::internal::responder r) {
            in->on_request(request, std::move(r));
        });
    EXPECT_TRUE(s) << s.error();
    if (s) server_ = std::move(*s);
}

receiver::~receiver()
{
    release();
    if (server_) server_->close();
}

std::string receiver::url(const std::string& path) const
{
    return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server_->port()) +
           path;
}

void receiver::plan(std::vector<reply> replies)
{
    std::lock_guard<std::mutex> l(inbox_->mutex);
    inbox_->plan.assign(replies.begin(), replies.end());
}

void receiver::release()
{
    std::deque<mec::internal::responder> held;
    {
        std::lock_guard<std::mutex> l(inbox_->mutex);
        held.swap(inbox_->held);
    }
    for (auto& r : held) r.respond(204);
}

void receiver::inbox::on_request(const mec::internal::received_request& request,
                                 mec::internal::responder r)
{
    reply now;
    {
        std::lock_guard<std::mutex> l(mutex);
        all.push_back(
            {request.target, std::string(request.headers.find("Content-Type")), request.body});
        if (!plan.empty()) {
            now = plan.front();
            plan.pop_front();
        }
        if (now.hold) held.push_back(std::move(r));
    }
    changed.notify_all();
    if (now.hold) return;
    if (now.drop) return r.abandon(mec::internal::drop::reset);
    mec::http::fields headers;
    if (!now.retry_after.empty()) headers.append("Retry-After", now.retry_after);
    r.respond(now.status, headers);
}

std::vector<posted> receiver::wait_for(std::size_t count)
{
    std::unique_lock<std::mutex> l(inbox_->mutex);
    EXPECT_TRUE(
        inbox_->changed.wait_for(l, raw::patience, [&] { return inbox_->all.size() >= count; }))
        << "only " << inbox_->all.size() << " of " << count << " notifications came";
    auto copy = inbox_->all;
    l.unlock();
    copy.resize(std::max(copy.size(), count));
    return copy;
}

std::vector<posted> receiver::all() const
{
    std::lock_guard<std::mutex> l(inbox_->mutex);
    return inbox_->all;
}

} // namespace emulator_test
