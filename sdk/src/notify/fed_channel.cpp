#include "fed_channel.hpp"

#include "delivery.hpp"

#include <mec/core/random.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

class lone_channel final : public fed_channel {
public:
    lone_channel(std::shared_ptr<receiver_base> base, notify::detail::sink sink)
        : base_(std::move(base)), id_(unguessable_token()),
          box_(std::make_shared<inbox>(base_, std::move(sink)))
    {
    }
    ~lone_channel() override { lone_channel::close(); }

    const std::string& id() const noexcept override { return id_; }
    void activate() override { box_->activate(); }
    void close() noexcept override { box_->close(); }
    verdict deliver(std::string_view media_type, std::string_view body) override
    {
        return internal::deliver(*base_, *box_, media_type, body);
    }
    void report(const notify::gap& missing) override { box_->report(missing); }
    notify::receiver_counters counters() const override { return base_->counters(); }

private:
    const std::shared_ptr<receiver_base> base_;
    const std::string id_;
    const std::shared_ptr<inbox> box_;
};

} // namespace

fed_channel::~fed_channel() = default;

std::shared_ptr<fed_channel> open_fed_channel(asio::any_io_executor delivery,
                                              notify::receiver_options options,
                                              notify::detail::sink sink)
{
    return std::make_shared<lone_channel>(
        std::make_shared<receiver_base>(std::move(delivery), std::move(options)), std::move(sink));
}

} // namespace internal
MEC_END_NAMESPACE
