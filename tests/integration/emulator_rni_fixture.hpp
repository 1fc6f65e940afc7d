#ifndef MEC_TESTS_INTEGRATION_EMULATOR_RNI_FIXTURE_HPP
#define MEC_TESTS_INTEGRATION_EMULATOR_RNI_FIXTURE_HPP

/// @file
/// A platform that offers radio network information, and bodies of subscriptions.

#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

#include <mec/rni/describe.hpp>
#include <mec/rni/operations.hpp>

namespace emulator_test {

namespace rni = mec::rni;

/// One subscription of each type that wants everything that can be wanted, as JSON without the closing
/// brace and the callback, in the order of rni::subscription.
inline const char* const subscription_bodies[] = {
    R"({"subscriptionType":"CellChangeSubscription","filterCriteriaAssocHo":{})",
    R"({"subscriptionType":"RabEstSubscription","filterCriteriaQci":{"qci":1})",
    R"({"subscriptionType":"RabModSubscription","filterCriteriaQci":{"erabId":7,"qci":1})",
    R"({"subscriptionType":"RabRelSubscription","filterCriteriaQci":{"erabId":7,"qci":1})",
    R"({"subscriptionType":"MeasRepUeSubscription","filterCriteriaAssocTri":{})",
    R"({"subscriptionType":"NrMeasRepUeSubscription","filterCriteriaNrMrs":{})",
    R"({"subscriptionType":"MeasTaSubscription","filterCriteriaAssoc":{})",
    R"({"subscriptionType":"CaReconfSubscription","filterCriteriaAssoc":{})",
    R"({"subscriptionType":"S1BearerSubscription","eventType":[1,2,3],"S1BearerSubscriptionCriteria":{})"};

struct emulated_rni : emulator {
    static constexpr const char* subscriptions = "/rni/v2/subscriptions";

    emulated_rni() { options.radio.offered = true; }

    /// The body of a subscription with a callback and more members, each after a comma.
    static std::string body(rni::subscription_type type, const std::string& callback,
                            const std::string& more = {})
    {
        return subscription_bodies[static_cast<std::size_t>(type)] +
               (callback.empty() ? "" : R"(,"callbackReference":")" + callback + '"') + more + '}';
    }
    mec::http::response post(rni::subscription_type type, const std::string& callback,
                             const std::string& more = {})
    {
        return call("POST", subscriptions, body(type, callback, more));
    }
    /// Subscribes and returns what the platform made of it.
    rni::subscription subscribe(const std::string& json)
    {
        const auto r = call("POST", subscriptions, json);
        EXPECT_EQ(r.status, 201) << r.body;
        return decoded<rni::subscription>(r);
    }
    static std::string id_of(const rni::subscription& s)
    {
        return mec::id_of(rni::common(s).links->self->href);
    }
    static std::string path_of(const rni::subscription& s)
    {
        return std::string(subscriptions) + '/' + id_of(s);
    }
    std::string deadline(std::chrono::system_clock::time_point t) const
    {
        const auto s =
            std::chrono::duration_cast<std::chrono::seconds>(t.time_since_epoch()).count();
        return R"(,"expiryDeadline":{"seconds":)" + std::to_string(s) + R"(,"nanoSeconds":0})";
    }

    receiver inbox{io};
};

} // namespace emulator_test

#endif
