// Any bytes may come from a server.

#include "message_pieces.hpp"

using namespace mec_fuzz;
namespace http = mec::http;
using mec::internal::response_parser;

namespace {

http::response_limits limits()
{
    http::response_limits l;
    l.header = 512;
    l.fields = 8;
    l.body = 256;
    l.framing = 64;
    l.interim = 3;
    return l;
}

struct reader {
    response_parser parser{limits()};
    http::response response;

    std::size_t read(std::string_view bytes, pieces* cut)
    {
        response.clear();
        response.body.shrink_to_fit(); // so that check_memory sees this message's growth only
        parser.start(http::method::get, response);
        return feed(parser, bytes, cut);
    }
    void end() { parser.end(true); }
};

void check(const reader& r)
{
    check_memory(r.response.body, limits().body);
    if (r.parser.failure()) {
        require(!r.parser.done() && !r.parser.keep_alive());
        return;
    }
    if (!r.parser.done()) return;
    require(r.response.status >= 200 && r.response.status <= 599);
    require(r.response.progress == http::progress::complete);
    check_fields(r.response.headers, limits().fields);
    require(r.response.headers.count("Content-Length") +
                r.response.headers.count("Transfer-Encoding") <=
            1);
}

void same(const reader& a, const reader& b)
{
    require(a.parser.done() == b.parser.done());
    require(a.parser.failure().code() == b.parser.failure().code());
    require(a.response.progress == b.response.progress);
    if (a.parser.failure()) return;
    require(a.response.status == b.response.status && a.response.body == b.response.body);
    mec_fuzz::same(a.response.headers, b.response.headers);
}

/// What was read can be written and read again.
void round_trip(const reader& r)
{
    std::string bytes;
    mec::internal::append_response(bytes, r.response.status, r.response.headers, r.response.body,
                                   true);
    response_parser parser({});
    http::response again;
    parser.start(http::method::get, again);
    require(parser.feed(bytes) == bytes.size() && parser.done() && parser.keep_alive());
    require(again.status == r.response.status && again.body == r.response.body);
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
        whole.end();
        cut.end();
        same(whole, cut);
        if (!whole.parser.done()) break;
        round_trip(whole);
        bytes.remove_prefix(used);
    }
    return 0;
}
