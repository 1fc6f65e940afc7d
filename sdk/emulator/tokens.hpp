#ifndef MEC_EMULATOR_TOKENS_HPP
#define MEC_EMULATOR_TOKENS_HPP

#include <mec/core/clock.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// The access tokens that were issued. Bounded: the oldest go first.
class token_store {
public:
    enum class verdict { valid, expired, unknown };

    struct grant {
        std::string app_instance_id;
        steady_time expires{};
    };

    std::string issue(std::string app_instance_id, steady_time expires);
    /// @param app_instance_id  set when the token is known.
    verdict check(std::string_view token, steady_time now, std::string& app_instance_id) const;
    void expire_all();
    void revoke_all();
    /// Those of one instance.
    void expire(std::string_view app_instance_id);
    void revoke(std::string_view app_instance_id);
    std::uint64_t issued() const noexcept { return issued_; }

private:
    std::map<std::string, grant, std::less<>> grants_;
    std::deque<std::string> order_;
    std::uint64_t issued_ = 0;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
