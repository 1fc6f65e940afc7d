#include "websocket_hub.hpp"

#include "websocket_session.hpp"

#include <mec/core/random.hpp>

#include <boost/asio/post.hpp>

#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::string_view path = "/websockets/";

} // namespace

websocket_hub::websocket_hub(asio::any_io_executor executor, internal::websocket_options options,
                             std::chrono::milliseconds answer)
    : executor_(std::move(executor)), options_(std::move(options)), answer_(answer)
{
}

websocket_hub::~websocket_hub() { disconnect(); }

void websocket_hub::set_root(std::string root)
{
    const std::lock_guard<std::mutex> l(mutex_);
    root_ = std::move(root);
}

url websocket_hub::open(const std::string& subscription_id)
{
    const std::lock_guard<std::mutex> l(mutex_);
    entry& e = entries_[subscription_id];
    if (!e.session) {
        e.token = unguessable_token();
        e.session = std::make_shared<websocket_session>(executor_, options_, answer_);
    }
    return url::parse(root_ + std::string(path) + e.token).value();
}

void websocket_hub::forget(const std::string& subscription_id)
{
    std::shared_ptr<websocket_session> ending;
    {
        const std::lock_guard<std::mutex> l(mutex_);
        const auto found = entries_.find(subscription_id);
        if (found == entries_.end()) return;
        ending = std::move(found->second.session);
        entries_.erase(found);
    }
    ending->end(errc::cancelled);
}

std::shared_ptr<websocket_session> websocket_hub::find(const std::string& subscription_id) const
{
    const std::lock_guard<std::mutex> l(mutex_);
    const auto found = entries_.find(subscription_id);
    return found == entries_.end() ? nullptr : found->second.session;
}

void websocket_hub::send(const std::string& subscription_id, std::string body, bool again,
                         handler done)
{
    if (const auto session = find(subscription_id))
        return session->send(std::move(body), again, std::move(done));
    asio::post(executor_, [done = std::move(done)] {
        done({errc::cancelled, "the subscription's websocket is gone"}, 0);
    });
}

bool websocket_hub::accept(const internal::received_request& request, internal::responder& answer)
{
    if (request.target.compare(0, path.size(), path) != 0) return false;
    std::shared_ptr<websocket_session> session;
    {
        const std::lock_guard<std::mutex> l(mutex_);
        for (const auto& e : entries_)
            if (request.target.compare(path.size(), std::string::npos, e.second.token) == 0)
                session = e.second.session;
    }
    if (!session) return false;
    if (auto connection = answer.detach()) session->attach(std::move(*connection), request);
    return true;
}

void websocket_hub::disconnect() noexcept
{
    std::vector<std::shared_ptr<websocket_session>> all;
    {
        const std::lock_guard<std::mutex> l(mutex_);
        for (const auto& e : entries_) all.push_back(e.second.session);
    }
    for (const auto& session : all) session->end(errc::shutting_down);
}

} // namespace emulator
MEC_END_NAMESPACE
