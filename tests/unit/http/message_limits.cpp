// What a message may cost: at the limit it passes, one more and it is refused; memory follows what
// was received, never what was announced.

#include "parser_harness.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <malloc.h>
#include <new>

using namespace mec_test;
using mec::errc;
namespace http = mec::http;
using mec::internal::received_request;
using mec::internal::request_limits;
using mec::internal::request_parser;
using mec::internal::response_parser;

namespace {

// All memory of the test program, counted.
std::atomic<std::size_t> allocations{0};
std::atomic<std::size_t> bytes_now{0};
std::atomic<std::size_t> bytes_peak{0};

void* counted(std::size_t size)
{
    void* p = std::malloc(size == 0 ? 1 : size);
    if (!p) throw std::bad_alloc();
    ++allocations;
    const std::size_t now = bytes_now += malloc_usable_size(p);
    std::size_t peak = bytes_peak;
    while (now > peak && !bytes_peak.compare_exchange_weak(peak, now)) {
    }
    return p;
}

void uncounted(void* p) noexcept
{
    if (p) bytes_now -= malloc_usable_size(p);
    std::free(p);
}

/// Highest memory above what was there when this was made.
struct peak_memory {
    peak_memory() { bytes_peak = start; }
    std::size_t get() const { return bytes_peak - start; }
    std::size_t start = bytes_now;
};

constexpr std::size_t kib = 1024;
const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";

const mec::error_code over = make_error_code(errc::limit_exceeded);

std::string length(std::size_t n) { return "Content-Length: " + std::to_string(n) + "\r\n\r\n"; }

/// A response and a request whose headers have exactly `size` bytes.
std::string response_header(std::size_t size)
{
    const std::string end = "\r\nContent-Length: 0\r\n\r\n";
    return ok + "A: " + std::string(size - ok.size() - 3 - end.size(), 'a') + end;
}
std::string request_header(std::size_t size)
{
    return post + "A: " + std::string(size - post.size() - 7, 'a') + "\r\n\r\n";
}

/// Feeds `piece` until the parser refuses; how many bytes it took until then.
template <class Parser>
std::size_t flood(Parser& parser, const std::string& piece, std::size_t most)
{
    std::size_t sent = 0;
    while (!parser.failure() && sent < most) sent += parser.feed(piece);
    return sent;
}

} // namespace

void* operator new(std::size_t size) { return counted(size); }
void operator delete(void* p) noexcept { uncounted(p); }
void operator delete(void* p, std::size_t) noexcept { uncounted(p); }

TEST(message_limits, header_bytes)
{
    EXPECT_TRUE(read_response(response_header(8 * kib)).done);
    EXPECT_TRUE(read_response(response_header(8 * kib), ending::none, 0, 1).done);
    EXPECT_EQ(read_response(response_header(8 * kib + 1)).code, over);
    EXPECT_EQ(read_response(response_header(8 * kib + 1), ending::none, 0, 1).code, over);
    EXPECT_EQ(read_response(response_header(64 * kib)).code, over);

    EXPECT_TRUE(read_request(request_header(8 * kib)).done);
    const auto o = read_request(request_header(8 * kib + 1));
    EXPECT_EQ(o.code, over);
    EXPECT_EQ(o.status, 431);
}

TEST(message_limits, header_fields)
{
    const auto fields = [](std::size_t n) {
        std::string all;
        for (std::size_t i = 0; i < n; ++i) all += "A:\r\n";
        return all;
    };
    EXPECT_TRUE(read_response(ok + fields(99) + length(0)).done);
    EXPECT_EQ(read_response(ok + fields(100) + length(0)).code, over);
    EXPECT_TRUE(read_request(post + fields(63) + "\r\n").done);
    EXPECT_EQ(read_request(post + fields(64) + "\r\n").status, 431);
}

TEST(message_limits, declared_body)
{
    EXPECT_TRUE(read_response(ok + length(4096 * kib) + std::string(4096 * kib, 'a')).done);
    EXPECT_EQ(read_response(ok + length(4096 * kib + 1)).code, over);
    EXPECT_TRUE(read_request(post + length(256 * kib) + std::string(256 * kib, 'a')).done);
    EXPECT_EQ(read_request(post + length(256 * kib + 1)).status, 413);
    EXPECT_EQ(read_response(ok + length(std::size_t(-1))).code, over);
}

TEST(message_limits, chunked_body)
{
    http::response_limits limits;
    limits.body = 10;
    const auto read = [&](const std::string& chunks) {
        return read_response(chunked + chunks, ending::none, whole, whole, limits);
    };
    EXPECT_TRUE(read("6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n").done);
    EXPECT_EQ(read("6\r\nabcdef\r\n5\r\n").code, over);
    EXPECT_EQ(read("b\r\n").code, over);
}

TEST(message_limits, body_that_ends_with_the_connection)
{
    http::response_limits limits;
    limits.body = 10;
    const std::string head = ok + "Connection: close\r\n\r\n";
    EXPECT_TRUE(
        read_response(head + std::string(10, 'a'), ending::orderly, whole, whole, limits).done);
    EXPECT_EQ(
        read_response(head + std::string(11, 'a'), ending::orderly, whole, whole, limits).code,
        over);
    EXPECT_EQ(read_response(head + std::string(11, 'a'), ending::orderly, 0, 1, limits).code, over);
}

TEST(message_limits, chunk_extensions_and_trailers_together)
{
    const auto message = [](std::size_t first, std::size_t last, std::size_t trailers) {
        std::string m = chunked + "2;" + std::string(first - 1, 'x') + "\r\nab\r\n0;" +
                        std::string(last - 1, 'y') + "\r\n";
        if (trailers != 0) m += "T:" + std::string(trailers - 4, 'z') + "\r\n";
        return m + "\r\n";
    };
    for (std::size_t step : {whole, std::size_t(1)}) {
        const auto read = [&](const std::string& m) {
            return read_response(m, ending::none, 0, step);
        };
        EXPECT_TRUE(read(message(4094, 2, 0)).done);
        EXPECT_EQ(read(message(4095, 2, 0)).code, over);
        EXPECT_EQ(read(message(4097, 2, 0)).code, over);
        EXPECT_TRUE(read(message(1000, 1000, 2096)).done);
        EXPECT_EQ(read(message(1000, 1000, 2097)).code, over);
        EXPECT_EQ(read(message(1000, 1001, 2096)).code, over);
        EXPECT_EQ(read(message(1001, 1000, 2096)).code, over);
    }
    EXPECT_EQ(
        read_request(post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(5000, 'x')).status,
        431);
}

TEST(message_limits, interim_responses)
{
    const auto with = [](int n) {
        std::string all;
        for (int i = 0; i < n; ++i) all += "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        return all + ok + length(0);
    };
    EXPECT_TRUE(read_response(with(8)).done);
    EXPECT_EQ(read_response(with(9)).code, over);
    EXPECT_EQ(read_response(with(10'000), ending::none, 0, 1).code, over);
}

TEST(message_limits, memory_follows_what_came_not_what_was_announced)
{
    http::response_limits limits;
    limits.body = std::size_t(20) * kib * kib * kib;
    response_parser parser(limits);
    http::response response;
    parser.start(http::method::get, response);
    const std::string head = ok + length(std::size_t(10) * kib * kib * kib);
    const std::string piece(1000, 'a');
    const peak_memory peak;
    parser.feed(head);
    for (int i = 0; i < 100; ++i) parser.feed(piece);
    EXPECT_FALSE(parser.failure());
    EXPECT_EQ(response.body.size(), 100'000U);
    EXPECT_LE(response.body.capacity(), response.body.size() + 64 * kib);
    EXPECT_LT(peak.get(),
              2 * (response.body.size() + 64 * kib) + 32 * kib); // old and new while it grows
}

TEST(message_limits, memory_stays_within_the_limits_under_floods)
{
    const std::size_t most = 20 * kib * kib;
    const auto worst = [&](const std::string& head, const std::string& piece) {
        response_parser parser({});
        http::response response;
        parser.start(http::method::get, response);
        const peak_memory peak;
        parser.feed(head);
        flood(parser, piece, most);
        EXPECT_EQ(parser.failure(), errc::limit_exceeded);
        return peak.get();
    };
    const std::string a(kib, 'a');
    EXPECT_LT(worst(ok, "A: " + a), 64 * kib);                         // header without end
    EXPECT_LT(worst(ok, "A:\r\n"), 64 * kib);                          // fields without end
    EXPECT_LT(worst(chunked + "5;", a), 64 * kib);                     // 2 MB chunk extension
    EXPECT_LT(worst(chunked + "0\r\n", "A: " + a + "\r\n"), 64 * kib); // 1 MB of trailers
    EXPECT_LT(worst(ok + length(std::size_t(10'000'000'000)), a), 64 * kib);
    EXPECT_LT(worst(chunked + "2540be400\r\n", a), 64 * kib);
    EXPECT_LT(worst("HTTP/1.1 103 A\r\n\r\n", "HTTP/1.1 103 A\r\n\r\n"), 64 * kib);
    // Endless bodies: the old and the new memory of a body of 4 MiB while it grows, and no more.
    const std::size_t body = 4096 * kib;
    EXPECT_LT(worst(chunked, "400\r\n" + a + "\r\n"), 2 * body + 128 * kib);
    EXPECT_LT(worst(ok + "Connection: close\r\n\r\n", a), 2 * body + 128 * kib);
}

TEST(message_limits, request_floods_cost_less_than_a_mebibyte)
{
    const std::size_t most = 20 * kib * kib;
    const std::string a(kib, 'a');
    for (const auto& head :
         {post + "A: ", post + length(1'000'000'000), post + "Transfer-Encoding: chunked\r\n\r\n5;",
          post + "Transfer-Encoding: chunked\r\n\r\n0\r\nA:"}) {
        request_parser parser({});
        received_request request;
        parser.start(request);
        const peak_memory peak;
        parser.feed(head);
        flood(parser, a, most);
        EXPECT_EQ(parser.failure(), errc::limit_exceeded);
        EXPECT_LT(peak.get(), 64 * kib);
    }
    request_parser parser({});
    received_request request;
    parser.start(request);
    const peak_memory peak;
    parser.feed(post + "Transfer-Encoding: chunked\r\n\r\n");
    flood(parser, "400\r\n" + a + "\r\n", most);
    EXPECT_EQ(parser.failure_status(), 413);
    EXPECT_LT(peak.get(), 1024 * kib);
}

TEST(message_limits, nothing_is_allocated_from_the_second_message_on)
{
    const std::string one = ok + "Content-Type: application/json\r\nETag: \"1\"\r\n" +
                            length(1000) + std::string(1000, 'a');
    const std::string two = chunked + "3e8\r\n" + std::string(1000, 'a') + "\r\n0\r\nA: b\r\n\r\n";
    response_parser parser({});
    http::response response;
    const auto read = [&](const std::string& bytes, std::size_t cut) {
        response.clear();
        parser.start(http::method::get, response);
        parser.feed(std::string_view(bytes).substr(0, cut));
        parser.feed(std::string_view(bytes).substr(cut));
        ASSERT_TRUE(parser.done());
    };
    read(one, 70);
    read(two, 50);
    const std::size_t before = allocations;
    for (int i = 0; i < 100; ++i) {
        read(one, one.size());
        read(one, 70);
        read(two, two.size());
        read(two, 50);
    }
    EXPECT_EQ(allocations, before);

    const std::string post_one = post + length(100) + std::string(100, 'a');
    request_parser receiver({});
    received_request request;
    std::size_t warm = 0;
    for (int i = 0; i < 100; ++i) {
        request.clear();
        receiver.start(request);
        receiver.feed(std::string_view(post_one).substr(0, 30));
        receiver.feed(std::string_view(post_one).substr(30));
        ASSERT_TRUE(receiver.done());
        if (i == 0) warm = allocations;
    }
    EXPECT_EQ(allocations, warm);
}
