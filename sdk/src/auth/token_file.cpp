#include "local_token.hpp"

#include "oauth2_message.hpp"

#include <mutex>

MEC_BEGIN_NAMESPACE

namespace internal {

result<secret_string> read_secret_file(const std::string& path)
{
    constexpr std::size_t max_size = 64 * 1024;
    auto text = read_regular_file(path, max_size);
    if (!text) return text.error();
    const std::string_view all = *text;
    const auto first = all.find_first_not_of(" \t\r\n");
    const auto last = all.find_last_not_of(" \t\r\n");
    secret_string secret;
    if (first != std::string_view::npos)
        secret = secret_string(all.substr(first, last - first + 1));
    wipe(*text);
    if (!secret.empty()) return secret;
    error_info info;
    info.endpoint = "file " + path;
    info.message = "the file is empty";
    return error(errc::storage_error, std::move(info));
}

} // namespace internal

namespace auth {
namespace {

class token_file_source final : public token_source {
public:
    token_file_source(std::string path, clock& c) : path_(std::move(path)), clock_(c) {}

    token_ptr current() noexcept override
    {
        const std::lock_guard lock(mutex_);
        return token_ && clock_.now() < token_->expires_at ? token_ : nullptr;
    }

    void async_fetch(token_ptr rejected, steady_time,
                     asio::any_completion_handler<void(result<token_ptr>)> handler) override
    {
        internal::answer_now(std::move(handler), outcome(rejected));
    }

private:
    static constexpr std::chrono::seconds between_looks{1};
    static constexpr std::chrono::seconds longest_trust{
        60}; ///< in a token that was not looked at again

    result<token_ptr> outcome(const token_ptr& rejected)
    {
        const std::lock_guard lock(mutex_);
        const steady_time now = clock_.now();
        const bool looks = now >= next_look_;
        if (looks) look(now);
        if (failure_ && (!token_ || now >= token_->expires_at)) return failure_;
        if (!rejected || rejected->value != token_->value) return token_;
        if (looks)
            return about(errc::auth_failed, "the platform does not accept the token in the file");
        error wait =
            about(errc::rate_limited, "the platform does not accept the token in the file; it is "
                                      "looked at again soon");
        error_info info = wait.info();
        info.retry_after = std::chrono::ceil<std::chrono::milliseconds>(next_look_ - now);
        return wait.with(std::move(info));
    }

    /// Keeps the token at hand when the file is gone or unusable: it may be in the middle of a change.
    void look(steady_time now)
    {
        next_look_ = now + between_looks;
        auto text = internal::read_secret_file(path_);
        if (!text) {
            failure_ = text.error();
        } else if (!internal::is_bearer_token(text->reveal())) {
            failure_ = about(errc::auth_failed, "the file does not hold a bearer token (RFC 6750)");
        } else {
            failure_ = {};
            token_ = std::make_shared<const access_token>(
                access_token{std::move(*text), now + between_looks, now + longest_trust});
        }
    }

    error about(errc code, std::string message) const
    {
        error_info info;
        info.endpoint = "file " + path_;
        info.message = std::move(message);
        return {code, std::move(info)};
    }

    const std::string path_;
    clock& clock_;
    std::mutex mutex_;
    token_ptr token_;
    error failure_; ///< of the last look
    steady_time next_look_ = steady_time::min();
};

} // namespace

std::shared_ptr<token_source> token_file(std::string path, clock& clock)
{
    return std::make_shared<token_file_source>(std::move(path), clock);
}

} // namespace auth
MEC_END_NAMESPACE
