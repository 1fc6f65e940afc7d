// Any bytes may come to the notification receiver.

#include "message_pieces.hpp"

using namespace mec_fuzz;
using mec::internal::received_request;
using mec::internal::request_limits;
using mec::internal::request_parser;

namespace {

constexpr request_limits limits{512, 8, 256, 64};

struct reader {
    request_parser parser{limits};
    received_request request;

    std::size_t read(std::string_view bytes, pieces* cut)
    {
        request.clear();
        request.body.shrink_to_fit(); // so that check_memory sees this message's growth only
        parser.start(request);
        require(!parser.started() && !parser.header_done());
        return feed(parser, bytes, cut);
    }
};

void check(const reader& r)
{
    check_memory(r.request.body, limits.body);
    if (r.parser.failure()) {
        const int status = r.parser.failure_status();
        require(status == 400 || status == 413 || status == 414 || status == 417 || status == 431 ||
                status == 501 || status == 505);
        require(!r.parser.keep_alive() && !r.parser.wants_continue());
        return;
    }
    require(r.parser.started());
    if (!r.parser.done()) return;
    require(r.parser.header_done() && !r.parser.wants_continue());
    require(!r.request.method.empty() && r.request.method.size() <= 32);
    require(r.request.target.front() == '/');
    for (const char c : r.request.target) require(c > ' ' && c < 0x7f);
    check_fields(r.request.headers, limits.fields);
    require(r.request.headers.count("Host") == 1);
    require(r.request.headers.count("Content-Length") +
                r.request.headers.count("Transfer-Encoding") <=
            1);
}

void same(const reader& a, const reader& b)
{
    require(a.parser.done() == b.parser.done());
    require(a.parser.keep_alive() == b.parser.keep_alive());
    require(a.parser.failure().code() == b.parser.failure().code());
    require(a.parser.failure_status() == b.parser.failure_status());
    require(a.parser.wants_continue() == b.parser.wants_continue());
    if (a.parser.failure()) return;
    require(a.request.method == b.request.method && a.request.target == b.request.target &&
            a.request.body == b.request.body);
    mec_fuzz::same(a.request.headers, b.request.headers);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    static reader whole, cut; // reused, as on a connection
    pieces p(data[0]);
    while (!bytes.empty()) {
        const std::size_t used = whole.read(bytes, nullptr);
        const std::size_t used_cut = cut.read(bytes, &p);
        if (!whole.parser.failure()) require(used == used_cut);
        check(whole);
        check(cut);
        same(whole, cut);
        whole.parser.end();
        cut.parser.end();
        same(whole, cut);
        if (!whole.parser.keep_alive()) break;
        bytes.remove_prefix(used);
    }
    return 0;
}
