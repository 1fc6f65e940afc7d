#ifndef MEC_HTTP_ENDPOINT_HPP
#define MEC_HTTP_ENDPOINT_HPP

#include <mec/core/url.hpp>
#include <mec/http/options.hpp>

#include <memory>
#include <string>

MEC_BEGIN_NAMESPACE

namespace auth {
class token_source;
}

namespace http {

class transport;

/// Everything a connection needs to reach one MEC API.
struct endpoint {
    url base;                    ///< base of the API: apiRoot and `/mec_service_mgmt/v1`
    std::string app_instance_id; ///< must satisfy is_path_id()
    std::shared_ptr<http::transport> transport;
    std::shared_ptr<auth::token_source> tokens; ///< null: no Authorization header
    client_options options{};
};

} // namespace http
MEC_END_NAMESPACE

#endif
