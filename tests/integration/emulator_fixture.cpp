#include "emulator_fixture.hpp"

#include <openssl/evp.h>

namespace emulator_test {

std::string base64(const std::string& text)
{
    std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                  reinterpret_cast<const unsigned char*>(text.data()),
                                  static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(n));
    return out;
}

mec::http::response emulator::ask_for_token(const application_instance& a,
                                            const std::string& secret) const
{
    return connect().exchange(
        raw::request("POST", p->token_endpoint().path(),
                     "Authorization: Basic " + base64(a.client_id + ":" + secret) +
                         "\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                     "grant_type=client_credentials"));
}

std::string emulator::token_of(const application_instance& a) const
{
    const auto r = ask_for_token(a, std::string(a.client_secret.reveal()));
    EXPECT_EQ(r.status, 200) << r.body;
    const std::string text = decoded<members>(r)["access_token"].text;
    return text.size() > 2 ? text.substr(1, text.size() - 2) : text;
}

mec::http::response emulator::call_as(const std::string& bearer, const std::string& method,
                                      const std::string& path, const std::string& body,
                                      const std::string& extra)
{
    if (!connection) connection = std::make_unique<raw::client>(connect());
    std::string fields = extra;
    if (!bearer.empty()) fields += "Authorization: Bearer " + bearer + "\r\n";
    if (!body.empty() && fields.find("Content-Type") == fields.npos)
        fields += "Content-Type: application/json\r\n";
    auto r = connection->exchange(raw::request(method, p->api_root().path() + path, fields, body));
    if (r.status == 0 || r.headers.find("Connection") == "close") connection.reset();
    return r;
}

mec::http::response emulator::call(const std::string& method, const std::string& path,
                                   const std::string& body, const std::string& extra)
{
    if (token.empty() && options.authorization) token = token_of(app);
    return call_as(token, method, path, body, extra);
}

std::string emulator::register_service(const std::string& body)
{
    const auto r = call("POST", services_path(), body);
    EXPECT_EQ(r.status, 201) << r.body;
    return decoded(r).ser_instance_id.value_or("");
}

namespace {

std::string id_of_new(const mec::http::response& r)
{
    EXPECT_EQ(r.status, 201) << r.body;
    return mec::id_of(r.headers.find("Location"));
}

} // namespace

std::string emulator::subscribe_services(const std::string& callback, const std::string& filter)
{
    std::string body = R"({"subscriptionType":"SerAvailabilityNotificationSubscription",)"
                       R"("callbackReference":")" +
                       callback + '"';
    if (!filter.empty()) body += ",\"filteringCriteria\":{" + filter + '}';
    return id_of_new(call("POST", management_path("/subscriptions"), body + '}'));
}

std::string emulator::subscribe_termination(const std::string& callback)
{
    return id_of_new(call(
        "POST", support_path("/subscriptions"),
        R"({"subscriptionType":"AppTerminationNotificationSubscription","callbackReference":")" +
            callback + R"(","appInstanceId":")" + app.app_instance_id + "\"}"));
}

std::string service_named(const std::string& name, const std::string& more)
{
    std::string body = service_body;
    body.replace(body.find("camera"), 6, name);
    return body.insert(1, more);
}

std::string expect_problem(const mec::http::response& r, int status)
{
    EXPECT_EQ(r.status, status) << r.body;
    EXPECT_EQ(r.headers.find("Content-Type"), "application/problem+json") << r.body;
    const auto problem = decoded<mec::problem_details>(r);
    EXPECT_EQ(problem.status.value_or(0), status);
    EXPECT_FALSE(problem.detail.value_or("").empty());
    return problem.detail.value_or("");
}

} // namespace emulator_test
