#include "receiver_fixture.hpp"

#include <utility>

namespace receiver_test {

std::string body_of(std::string_view name, std::optional<unsigned> seconds)
{
    report r;
    r.name = name;
    if (seconds) r.time_stamp = mec::time_stamp{*seconds, 0};
    return mec::json::serialize(r);
}

std::string post(const std::string& path, std::string_view body, std::string_view extra)
{
    return raw::request("POST", path, "Content-Type: application/json\r\n" + std::string(extra),
                        body);
}

void gate::pass()
{
    std::unique_lock<std::mutex> l(mutex_);
    ++guests_;
    changed_.notify_all();
    EXPECT_TRUE(changed_.wait_for(l, raw::patience, [this] { return open_; }));
}

void gate::open()
{
    const std::lock_guard<std::mutex> l(mutex_);
    open_ = true;
    changed_.notify_all();
}

bool gate::wait_for_guest()
{
    std::unique_lock<std::mutex> l(mutex_);
    return changed_.wait_for(l, raw::patience, [this] { return guests_ != 0; });
}

void diary::note(std::string entry)
{
    const std::lock_guard<std::mutex> l(mutex_);
    entries_.push_back(std::move(entry));
    changed_.notify_all();
}

mec::notify::handlers<report> diary::handlers()
{
    mec::notify::handlers<report> h;
    h.on_notification = [this](const report& r) { note(r.name); };
    h.on_gap = [this](const mec::notify::gap& g) { note("gap:" + std::to_string(g.refused)); };
    return h;
}

std::vector<std::string> diary::wait_for(std::size_t count)
{
    std::unique_lock<std::mutex> l(mutex_);
    changed_.wait_for(l, raw::patience, [&] { return entries_.size() >= count; });
    return entries_;
}

std::vector<std::string> diary::entries()
{
    const std::lock_guard<std::mutex> l(mutex_);
    return entries_;
}

fixture::~fixture()
{
    if (receiver) receiver->close();
}

void fixture::listen(const boost::asio::any_io_executor& delivery)
{
    options.clock = &clock;
    auto made = mec::notify::receiver::listen(io.executor(), delivery, options);
    ASSERT_TRUE(made) << made.error();
    receiver = std::move(*made);
}

std::shared_ptr<mec::notify::channel> fixture::open() { return open(seen.handlers()); }

std::shared_ptr<mec::notify::channel> fixture::open(mec::notify::handlers<report> h)
{
    auto c = receiver->open(std::move(h));
    c->activate();
    return c;
}

int fixture::send(const mec::notify::channel& c, std::string_view body)
{
    return connect().exchange(post(path(c), body)).status;
}

} // namespace receiver_test
