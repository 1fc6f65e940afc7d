#include "every_operation.hpp"

#include <mec/app_support/operations.hpp>
#include <mec/rni/operations.hpp>
#include <mec/service_mgmt/operations.hpp>
#include <mec/sync_wait.hpp>

#include <ostream>
#include <utility>

namespace mec_test {

namespace {

namespace support_ops = mec::app_support::operations;
namespace service_ops = mec::service_mgmt::operations;
namespace radio_ops = mec::rni::operations;

const std::string support = "/mec_app_support/v1";
const std::string services = "/mec_service_mgmt/v1";
const std::string radio = "/rni/v2";
const std::string own = "/applications/app-1";

mec::http::endpoint at(const mec::http::endpoint& common, const std::string& base)
{
    mec::http::endpoint e = common;
    e.base = mec::url::parse(base).value();
    return e;
}

/// @param op  `op(clients)` gives the operation, not yet started.
template <class Op>
invocation make(const mec::http::operation& row, std::string target, std::string answer, Op op)
{
    const auto error_of = [](const auto& r) { return r ? mec::error() : r.error(); };
    invocation i;
    i.row = &row;
    i.target = std::move(target);
    i.answer = std::move(answer);
    i.start = [=](const clients& c, std::function<void(mec::error)> done) {
        op(c)([=, done = std::move(done)](const auto& r) { done(error_of(r)); });
    };
    i.wait = [=](const clients& c) { return error_of(mec::sync_wait(op(c))); };
    return i;
}

const std::string traffic_rule =
    R"({"trafficRuleId":"t1","filterType":"FLOW","priority":1,"trafficFilter":[{"qCI":1}],)"
    R"("action":"DROP","state":"ACTIVE"})";
const std::string dns_rule =
    R"({"dnsRuleId":"d1","domainName":"a.example","ipAddressType":"IP_V4",)"
    R"("ipAddress":"192.0.2.1","ttl":300,"state":"ACTIVE"})";
const std::string termination_subscription =
    R"({"subscriptionType":"AppTerminationNotificationSubscription",)"
    R"("callbackReference":"http://app.example/n","_links":{"self":{"href":"/s/1"}},)"
    R"("appInstanceId":"app-1"})";
const std::string link_list =
    R"({"_links":{"self":{"href":"/s"},"subscriptions":[{"href":"/s/1","subscriptionType":"x"}]}})";
const std::string timing_caps =
    R"({"timeStamp":{"seconds":1,"nanoSeconds":2},"ptpMasters":[{"ptpMasterIpAddress":"192.0.2.1",)"
    R"("ptpMasterLocalPriority":1,"delayReqMaxRate":10}]})";
const std::string current_time =
    R"({"seconds":1577836800,"nanoSeconds":5,"timeSourceStatus":"TRACEABLE"})";
const std::string app_info =
    R"({"appName":"a","appInstanceId":"other-1","endpoint":{"uris":["http://a.example"]}})";

std::vector<invocation> support_operations()
{
    mec::app_support::traffic_rule traffic;
    traffic.traffic_rule_id = "t1";
    traffic.traffic_filter.emplace_back();
    mec::app_support::dns_rule dns;
    dns.dns_rule_id = "d1";
    mec::app_support::app_termination_notification_subscription subscription;
    subscription.callback_reference = "http://app.example/n";
    mec::app_support::app_info info;
    info.app_name = "a";
    info.app_instance_id = "other-1";
    const auto stopping = mec::app_support::operation_action::stopping;

    return {
        make(support_ops::list_traffic_rules, support + own + "/traffic_rules",
             '[' + traffic_rule + ']', [](auto c) { return c.support.async_list_traffic_rules(); }),
        make(support_ops::get_traffic_rule, support + own + "/traffic_rules/t1", traffic_rule,
             [](auto c) { return c.support.async_get_traffic_rule("t1"); }),
        make(support_ops::update_traffic_rule, support + own + "/traffic_rules/t1", traffic_rule,
             [=](auto c) { return c.support.async_update_traffic_rule(traffic); }),
        make(support_ops::list_dns_rules, support + own + "/dns_rules", '[' + dns_rule + ']',
             [](auto c) { return c.support.async_list_dns_rules(); }),
        make(support_ops::get_dns_rule, support + own + "/dns_rules/d1", dns_rule,
             [](auto c) { return c.support.async_get_dns_rule("d1"); }),
        make(support_ops::update_dns_rule, support + own + "/dns_rules/d1", dns_rule,
             [=](auto c) { return c.support.async_update_dns_rule(dns); }),
        make(support_ops::list_subscriptions, support + own + "/subscriptions", link_list,
             [](auto c) { return c.support.async_list_subscriptions(); }),
        make(support_ops::create_subscription, support + own + "/subscriptions",
             termination_subscription,
             [=](auto c) { return c.support.async_create_subscription(subscription); }),
        make(support_ops::get_subscription, support + own + "/subscriptions/s1",
             termination_subscription,
             [](auto c) { return c.support.async_get_subscription("s1"); }),
        make(support_ops::delete_subscription, support + own + "/subscriptions/s1", "",
             [](auto c) { return c.support.async_delete_subscription("s1"); }),
        make(support_ops::confirm_termination, support + own + "/confirm_termination", "",
             [=](auto c) { return c.support.async_confirm_termination(stopping); }),
        make(support_ops::confirm_ready, support + own + "/confirm_ready", "",
             [](auto c) { return c.support.async_confirm_ready(); }),
        make(support_ops::get_timing_caps, support + "/timing/timing_caps", timing_caps,
             [](auto c) { return c.support.async_get_timing_caps(); }),
        make(support_ops::get_current_time, support + "/timing/current_time", current_time,
             [](auto c) { return c.support.async_get_current_time(); }),
        make(support_ops::create_registration, support + "/registrations", app_info,
             [=](auto c) { return c.support.async_create_registration(info); }),
        make(support_ops::get_registration, support + "/registrations/other-1", app_info,
             [](auto c) { return c.support.async_get_registration("other-1"); }),
        make(support_ops::update_registration, support + "/registrations/other-1", "",
             [=](auto c) { return c.support.async_update_registration(info); }),
        make(support_ops::delete_registration, support + "/registrations/other-1", "",
             [](auto c) { return c.support.async_delete_registration("other-1"); }),
    };
}

const std::string transport =
    R"({"id":"t1","name":"REST","type":"REST_HTTP","protocol":"HTTP","version":"2.0",)"
    R"("endpoint":{"uris":["http://a.example"]},"security":{}})";
const std::string service =
    R"({"serInstanceId":"s1","serName":"n","version":"1","state":"ACTIVE","transportInfo":)" +
    transport + R"(,"serializer":"JSON","_links":{"self":{"href":"/services/s1"}}})";
const std::string availability_subscription =
    R"({"subscriptionType":"SerAvailabilityNotificationSubscription",)"
    R"("callbackReference":"http://app.example/n","_links":{"self":{"href":"/s/1"}}})";
const std::string liveness =
    R"({"state":"ACTIVE","timeStamp":{"seconds":1,"nanoSeconds":2},"interval":60})";

std::vector<invocation> service_operations()
{
    mec::service_mgmt::service_info info;
    info.ser_instance_id = "s1";
    info.ser_name = "n";
    info.version = "1";
    info.transport_id = "t1";
    mec::service_mgmt::ser_availability_notification_subscription subscription;
    subscription.callback_reference = "http://app.example/n";
    const mec::link alive{"/mec_service_mgmt/v1/liveness/s1"};

    return {
        make(service_ops::list_services, services + "/services", '[' + service + ']',
             [](auto c) { return c.services.async_list_services(); }),
        make(service_ops::get_service, services + "/services/s1", service,
             [](auto c) { return c.services.async_get_service("s1"); }),
        make(service_ops::list_app_services, services + own + "/services", '[' + service + ']',
             [](auto c) { return c.services.async_list_app_services(); }),
        make(service_ops::register_service, services + own + "/services", service,
             [=](auto c) { return c.services.async_register_service(info); }),
        make(service_ops::get_app_service, services + own + "/services/s1", service,
             [](auto c) { return c.services.async_get_app_service("s1"); }),
        make(service_ops::update_service, services + own + "/services/s1", service,
             [=](auto c) { return c.services.async_update_service(info); }),
        make(service_ops::deregister_service, services + own + "/services/s1", "",
             [](auto c) { return c.services.async_deregister_service("s1"); }),
        make(service_ops::list_subscriptions, services + own + "/subscriptions", link_list,
             [](auto c) { return c.services.async_list_subscriptions(); }),
        make(service_ops::create_subscription, services + own + "/subscriptions",
             availability_subscription,
             [=](auto c) { return c.services.async_create_subscription(subscription); }),
        make(service_ops::get_subscription, services + own + "/subscriptions/s1",
             availability_subscription,
             [](auto c) { return c.services.async_get_subscription("s1"); }),
        make(service_ops::delete_subscription, services + own + "/subscriptions/s1", "",
             [](auto c) { return c.services.async_delete_subscription("s1"); }),
        make(service_ops::list_transports, services + "/transports", '[' + transport + ']',
             [](auto c) { return c.services.async_list_transports(); }),
        make(service_ops::get_liveness, services + "/liveness/s1", liveness,
             [=](auto c) { return c.services.async_get_liveness(alive); }),
        make(service_ops::send_heartbeat, services + "/liveness/s1", "",
             [=](auto c) { return c.services.async_send_heartbeat(alive); }),
    };
}

const std::string cell = R"({"plmn":{"mcc":"001","mnc":"01"},"cellId":"0ABCDEF"})";
const std::string rab_info = R"({"appInstanceId":"app-1","requestId":"1"})";
const std::string plmn_info = R"({"appInstanceId":"app-1","plmn":[{"mcc":"001","mnc":"01"}]})";
const std::string s1_bearer_info =
    R"({"s1UeInfo":[{"associateId":[{"type":1,"value":"192.0.2.1"}],"ecgi":[)" + cell +
    R"(],"s1BearerInfoDetailed":[{"erabId":5,"enbInfo":{"ipAddress":"192.0.2.2","tunnelId":"1"},)"
    R"("sGwInfo":{"ipAddress":"192.0.2.3","tunnelId":"2"}}]}]})";
const std::string l2_meas =
    R"({"cellInfo":[{"ecgi":)" + cell + R"(,"dl_total_prb_usage_cell":40}]})";
const std::string radio_link_list =
    R"({"_links":{"self":{"href":"/s"},"subscription":[{"href":"/s/1",)"
    R"("subscriptionType":"CellChangeSubscription"}]}})";
const std::string radio_subscription =
    R"({"subscriptionType":"CellChangeSubscription","callbackReference":"http://app.example/n",)"
    R"("_links":{"self":{"href":"/rni/v2/subscriptions/s1"}},"filterCriteriaAssocHo":{}})";

std::vector<invocation> radio_operations()
{
    mec::rni::cell_change_subscription wanted;
    wanted.callback_reference = "http://app.example/n";
    mec::rni::cell_change_subscription changed = wanted;
    changed.links = mec::self_links{mec::link{"/rni/v2/subscriptions/s1"}};

    return {
        make(radio_ops::get_rab_info, radio + "/queries/rab_info", rab_info,
             [](auto c) { return c.radio.async_get_rab_info(); }),
        make(radio_ops::get_plmn_info, radio + "/queries/plmn_info?app_ins_id=app-1",
             '[' + plmn_info + ']', [](auto c) { return c.radio.async_get_plmn_info(); }),
        make(radio_ops::get_s1_bearer_info, radio + "/queries/s1_bearer_info", s1_bearer_info,
             [](auto c) { return c.radio.async_get_s1_bearer_info(); }),
        make(radio_ops::get_layer2_meas, radio + "/queries/layer2_meas", l2_meas,
             [](auto c) { return c.radio.async_get_layer2_meas(); }),
        make(radio_ops::list_subscriptions, radio + "/subscriptions", radio_link_list,
             [](auto c) { return c.radio.async_list_subscriptions(); }),
        make(radio_ops::create_subscription, radio + "/subscriptions", radio_subscription,
             [=](auto c) { return c.radio.async_create_subscription(wanted); }),
        make(radio_ops::get_subscription, radio + "/subscriptions/s1", radio_subscription,
             [](auto c) { return c.radio.async_get_subscription("s1"); }),
        make(radio_ops::update_subscription, radio + "/subscriptions/s1", radio_subscription,
             [=](auto c) { return c.radio.async_update_subscription(changed); }),
        make(radio_ops::delete_subscription, radio + "/subscriptions/s1", "",
             [](auto c) { return c.radio.async_delete_subscription("s1"); }),
    };
}

} // namespace

clients::clients(const std::string& root, const mec::http::endpoint& common)
    : support(mec::app_support::make_connection(at(common, root + mec_test::support))),
      services(mec::service_mgmt::make_connection(at(common, root + mec_test::services))),
      radio(mec::rni::make_connection(at(common, root + mec_test::radio)))
{
}

std::ostream& operator<<(std::ostream& out, const invocation& i) { return out << i.row->name; }

const std::vector<invocation>& every_operation()
{
    static const std::vector<invocation> all = [] {
        auto list = support_operations();
        for (const auto& more : {service_operations(), radio_operations()})
            list.insert(list.end(), more.begin(), more.end());
        return list;
    }();
    return all;
}

std::vector<const mec::http::operation*> every_row()
{
    std::vector<const mec::http::operation*> rows;
    for (const mec::http::api* api :
         {&mec::app_support::api, &mec::service_mgmt::api, &mec::rni::api})
        for (const auto& row : *api) rows.push_back(&row);
    return rows;
}

} // namespace mec_test
