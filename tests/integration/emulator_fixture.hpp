#ifndef MEC_TESTS_INTEGRATION_EMULATOR_FIXTURE_HPP
#define MEC_TESTS_INTEGRATION_EMULATOR_FIXTURE_HPP

/// @file
/// A running platform with one application, and a client that speaks for it.

#include "server_raw_client.hpp"

#include <mec/emulator/platform.hpp>
#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>
#include <mec/service_mgmt/describe.hpp>
#include <mec/testing/manual_clock.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace emulator_test {

using mec::emulator::application_instance;
using mec::emulator::fault;
using mec::emulator::logged_request;
using mec::emulator::platform;
using mec::emulator::platform_options;

inline const std::string service_body =
    R"({"serName":"camera","version":"1.0","state":"ACTIVE","serializer":"JSON",)"
    R"("transportInfo":{"id":"t1","name":"rest","type":"REST_HTTP","protocol":"HTTP","version":"2.0",)"
    R"("endpoint":{"uris":["http://127.0.0.1:9/camera"]},"security":{}}})";

struct emulator : testing::Test {
    /// Starts the platform with `options`; called by the first use of anything that needs it.
    void start()
    {
        p = std::make_unique<platform>(io.executor(), options);
        const mec::error e = p->start();
        ASSERT_FALSE(e) << e;
        app = p->create_application("my-app");
    }

    raw::client connect() const { return {p->api_root().origin(), p->ca_pem()}; }

    /// Asks for a token with Basic credentials.
    mec::http::response ask_for_token(const application_instance& a,
                                      const std::string& secret) const;
    std::string token_of(const application_instance& a) const;

    /// One request with the application's token, on the connection that is kept.
    /// @param path  below apiRoot
    mec::http::response call(const std::string& method, const std::string& path,
                             const std::string& body = {}, const std::string& extra = {});
    mec::http::response call_as(const std::string& token, const std::string& method,
                                const std::string& path, const std::string& body = {},
                                const std::string& extra = {});

    std::string services_path() const
    {
        return "/mec_service_mgmt/v1/applications/" + app.app_instance_id + "/services";
    }
    std::string ready_path() const
    {
        return "/mec_app_support/v1/applications/" + app.app_instance_id + "/confirm_ready";
    }
    /// Below the application's own part of the two APIs.
    std::string support_path(const std::string& rest) const
    {
        return "/mec_app_support/v1/applications/" + app.app_instance_id + rest;
    }
    std::string management_path(const std::string& rest) const
    {
        return "/mec_service_mgmt/v1/applications/" + app.app_instance_id + rest;
    }
    /// A URL of the platform as a path below apiRoot.
    std::string below_root(const std::string& url) const
    {
        return url.substr(p->api_root().to_string().size());
    }
    /// Subscribes and returns the id. `filter`: members of filteringCriteria.
    std::string subscribe_services(const std::string& callback, const std::string& filter = {});
    std::string subscribe_termination(const std::string& callback);
    /// Registers a service and returns its id.
    std::string register_service(const std::string& body = service_body);

    raw::background_io io;
    platform_options options;
    mec::testing::manual_clock clock; ///< of tests that put it into the options
    std::unique_ptr<platform> p;
    application_instance app;
    std::string token; ///< fetched when first needed
    std::unique_ptr<raw::client> connection;
};

using members = std::map<std::string, mec::json::raw>;

template <class T = mec::service_mgmt::service_info> T decoded(const mec::http::response& r)
{
    auto value = mec::json::parse<T>(r.body);
    EXPECT_TRUE(value) << value.error() << "\n" << r.body;
    return value ? *value : T{};
}

/// ServiceInfo with another name and more members, each followed by a comma.
std::string service_named(const std::string& name, const std::string& more = {});

/// Expects an error with ProblemDetails of that status; returns its detail.
std::string expect_problem(const mec::http::response& r, int status);

/// Standard base64 of a short text.
std::string base64(const std::string& text);

} // namespace emulator_test

#endif
