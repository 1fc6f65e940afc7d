#include "tokens.hpp"

#include <mec/core/random.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {
constexpr std::size_t most_tokens = 10'000;
}

std::string token_store::issue(std::string app_instance_id, steady_time expires)
{
    if (order_.size() == most_tokens) {
        grants_.erase(order_.front());
        order_.pop_front();
    }
    std::string token = unguessable_token(24);
    grants_.emplace(token, grant{std::move(app_instance_id), expires});
    order_.push_back(token);
    ++issued_;
    return token;
}

token_store::verdict token_store::check(std::string_view token, steady_time now,
                                        std::string& app_instance_id) const
{
    const auto it = grants_.find(token);
    if (it == grants_.end()) return verdict::unknown;
    app_instance_id = it->second.app_instance_id;
    return now < it->second.expires ? verdict::valid : verdict::expired;
}

void token_store::expire_all()
{
    for (auto& g : grants_) g.second.expires = steady_time::min();
}

void token_store::expire(std::string_view app_instance_id)
{
    for (auto& g : grants_)
        if (g.second.app_instance_id == app_instance_id) g.second.expires = steady_time::min();
}

void token_store::revoke(std::string_view app_instance_id)
{
    // Its place in order_ stays, and counts as one of the tokens that are kept.
    for (auto it = grants_.begin(); it != grants_.end();)
        it = it->second.app_instance_id == app_instance_id ? grants_.erase(it) : std::next(it);
}

void token_store::revoke_all()
{
    grants_.clear();
    order_.clear();
}

} // namespace emulator
MEC_END_NAMESPACE
