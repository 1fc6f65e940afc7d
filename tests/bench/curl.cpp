// libcurl with nlohmann-json, used as its manual says: handles are kept, so connections are reused.
// `easy` is one blocking handle in one thread a connection, `multi` all of them in one thread.
#include "measurement.hpp"
#include "service_list.hpp"

#include <curl/curl.h>

#include <memory>

namespace {

using bench::give_up;

std::size_t append(char* data, std::size_t, std::size_t size, void* body)
{
    static_cast<std::string*>(body)->append(data, size);
    return size;
}

class client {
public:
    explicit client(const bench::arguments& a) : handle_(curl_easy_init())
    {
        const std::string url = (a.tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") +
                                std::to_string(a.port) + "/mec_service_mgmt/v1/services";
        headers_ = curl_slist_append(nullptr, "Accept: application/json");
        curl_easy_setopt(handle_, CURLOPT_URL, url.c_str());
        curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers_);
        curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &append);
        curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &body_);
        curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
        curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, 30'000L);
        if (a.tls()) curl_easy_setopt(handle_, CURLOPT_CAINFO, a.ca_file.c_str());
    }
    ~client()
    {
        curl_easy_cleanup(handle_);
        curl_slist_free_all(headers_);
    }
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    CURL* handle() const noexcept { return handle_; }

    std::size_t call()
    {
        body_.clear();
        return result(curl_easy_perform(handle_));
    }
    /// The list of a transfer that has ended; makes ready for the next one.
    std::size_t result(CURLcode code)
    {
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK || status != 200) give_up(curl_easy_strerror(code));
        const auto list = bench::decode_with_nlohmann(body_);
        body_.clear();
        return list.size();
    }

    bench::measurement::time_point started{}; // multi only

private:
    CURL* handle_;
    curl_slist* headers_ = nullptr;
    std::string body_;
};

void run_multi(const bench::arguments& a)
{
    bench::measurement m(a);
    CURLM* multi = curl_multi_init();
    std::size_t busy = 0;
    const auto next = [&](client& c) {
        if (auto started = m.start()) {
            c.started = *started;
            curl_multi_add_handle(multi, c.handle());
            ++busy;
        }
    };
    std::vector<std::unique_ptr<client>> clients;
    for (std::size_t i = 0; i < a.connections; ++i)
        next(*clients.emplace_back(std::make_unique<client>(a)));
    while (busy > 0) {
        int running = 0;
        int left = 0;
        curl_multi_perform(multi, &running);
        while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
            client* c = nullptr;
            const auto code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &c);
            curl_multi_remove_handle(multi, c->handle());
            --busy;
            m.finish(c->started, c->result(code));
            next(*c);
        }
        if (busy > 0) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
    }
    m.print();
    clients.clear();
    curl_multi_cleanup(multi);
}

} // namespace

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (a.variant == "easy") {
        bench::run_threads(
            a, [&a] { return [c = std::make_unique<client>(a)] { return c->call(); }; });
    } else if (a.variant == "multi") {
        run_multi(a);
    } else {
        give_up("variants: easy multi");
    }
    curl_global_cleanup();
}
