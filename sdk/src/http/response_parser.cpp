#include "parsers.hpp"

#include "message_reader.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

struct response_parser::impl {
    explicit impl(const http::response_limits& limits)
        : reader({limits.header, limits.fields, limits.body, limits.framing}),
          max_interim(limits.interim)
    {
    }

    void start()
    {
        out->status = 0;
        out->headers.clear();
        reader.start({&out->headers, &out->body, nullptr, nullptr, &out->status});
    }

    /// @return false: there are too many
    bool skip_interim()
    {
        if (++interim > max_interim) {
            reader.refuse(errc::limit_exceeded, 400,
                          "expected at most " + std::to_string(max_interim) +
                              " interim (1xx) responses, got more");
            return false;
        }
        start();
        return true;
    }

    void note_progress()
    {
        if (done()) out->progress = http::progress::complete;
        else if (interim != 0 || reader.start_line_done())
            out->progress = http::progress::response_begun;
    }

    bool done() const noexcept { return reader.done() && !reader.guard().interim(); }
    bool failed() const noexcept { return static_cast<bool>(reader.why()); }

    message_reader<false> reader;
    std::size_t max_interim;
    std::size_t interim = 0;
    http::response* out = nullptr;
    bool surplus = false;
};

response_parser::response_parser(const http::response_limits& limits)
    : impl_(std::make_unique<impl>(limits))
{
}
response_parser::~response_parser() = default;

void response_parser::start(http::method, http::response& out)
{
    impl_->out = &out;
    impl_->interim = 0;
    impl_->surplus = false;
    impl_->start();
}

std::size_t response_parser::feed(std::string_view bytes)
{
    auto& my = *impl_;
    std::size_t used = 0;
    while (used < bytes.size() && !my.done() && !my.failed()) {
        used += my.reader.feed(bytes.substr(used));
        if (my.reader.done() && my.reader.guard().interim() && !my.skip_interim()) break;
    }
    if (used < bytes.size()) my.surplus = true;
    my.note_progress();
    return used;
}

void response_parser::end(bool orderly)
{
    impl_->reader.end(orderly);
    impl_->note_progress();
}

bool response_parser::done() const noexcept { return impl_->done(); }

const error& response_parser::failure() const noexcept { return impl_->reader.why().why(); }

bool response_parser::keep_alive() const noexcept
{
    return done() && !impl_->surplus && impl_->reader.guard().keep_alive();
}

} // namespace internal
MEC_END_NAMESPACE
