#ifndef MEC_TESTING_SCRIPTED_TRANSPORT_HPP
#define MEC_TESTING_SCRIPTED_TRANSPORT_HPP

#include <mec/http/transport.hpp>

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace testing {

/// What a scripted_transport answers to one request, or to several alike.
///
/// @code
/// transport->expect(method::get, "/mec_service_mgmt/v1/*").respond(503).header("Retry-After", "1");
/// transport->expect(method::get, "/mec_service_mgmt/v1/*").respond(200, "[]");
/// @endcode
class MEC_API expectation {
public:
    /// Answers with a response. A body is `application/json` unless header() says otherwise.
    expectation& respond(int status, std::string body = {});
    expectation& header(std::string_view name, std::string_view value);
    /// Fails as a network would.
    expectation& fail(error failure, http::progress how_far = http::progress::nothing_sent);
    /// Keeps the answer back until scripted_transport::release().
    expectation& hold();
    /// The response or failure comes on a connection that was used before.
    expectation& on_reused_connection();
    /// How many requests it is for; one unless said otherwise.
    expectation& times(std::size_t count);
    expectation& always() { return times(std::numeric_limits<std::size_t>::max()); }

private:
    friend class scripted_transport;
    expectation(http::method m, std::string pattern);

    http::method method_;
    std::string pattern_;
    http::response response_;
    error failure_;
    bool held_ = false;
    std::size_t left_ = 1;
};

/// A transport without a network: answers what the test told it to, and keeps what it was asked.
/// Thread-safe; but finish an expectation before the request that meets it.
class MEC_API scripted_transport final : public http::transport {
public:
    /// @param executor  runs the handlers that have no executor of their own.
    explicit scripted_transport(asio::any_io_executor executor);
    ~scripted_transport() override; ///< held requests end with errc::shutting_down

    /// Adds an expectation. A request is answered by the first one with its method and target that is
    /// not used up. `*` in the pattern stands for any text.
    expectation& expect(http::method m, std::string target_pattern);

    /// Answers the held requests, in the order in which they came.
    void release();

    std::size_t held() const;
    /// Copies of all requests, in the order in which they came.
    std::vector<http::request> requests() const;
    /// `GET /x` for each request that no expectation was for; they ended with errc::not_supported.
    std::vector<std::string> unexpected() const;
    /// `GET /x (2 left)` for each expectation that is not used up, `always` ones only if never used.
    std::vector<std::string> unmet() const;

    asio::any_io_executor get_executor() const noexcept override;
    void async_send(const http::request& req, http::response& resp,
                    asio::any_completion_handler<void(error)> handler) override;
    void close() noexcept override;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace testing
MEC_END_NAMESPACE

#endif
