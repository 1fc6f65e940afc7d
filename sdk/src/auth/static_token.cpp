#include "local_token.hpp"

#include "oauth2_message.hpp"

MEC_BEGIN_NAMESPACE
namespace auth {

token_source::~token_source() = default;

namespace {

class static_token_source final : public token_source {
public:
    explicit static_token_source(secret_string value)
        : valid_(internal::is_bearer_token(value.reveal())),
          token_(std::make_shared<const access_token>(access_token{std::move(value)}))
    {
    }

    token_ptr current() noexcept override { return valid_ ? token_ : nullptr; }

    void async_fetch(token_ptr rejected, steady_time,
                     asio::any_completion_handler<void(result<token_ptr>)> handler) override
    {
        internal::answer_now(std::move(handler), outcome(rejected));
    }

private:
    result<token_ptr> outcome(const token_ptr& rejected) const
    {
        if (!valid_)
            return error(errc::config_invalid,
                         "the configured token is empty or has characters that may "
                         "not stand in an Authorization header (RFC 6750)");
        if (rejected && rejected->value == token_->value)
            return error(errc::auth_failed, "the platform does not accept the configured token");
        return token_;
    }

    const bool valid_;
    const token_ptr token_;
};

} // namespace

std::shared_ptr<token_source> static_token(secret_string token)
{
    return std::make_shared<static_token_source>(std::move(token));
}

} // namespace auth
MEC_END_NAMESPACE
