#include "parsers.hpp"

#include "message_reader.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

struct request_parser::impl {
    explicit impl(const request_limits& limits)
        : reader({limits.header, limits.fields, limits.body, limits.framing})
    {
    }

    message_reader<true> reader;
};

request_parser::request_parser(const request_limits& limits) : impl_(std::make_unique<impl>(limits))
{
}
request_parser::~request_parser() = default;

void request_parser::start(received_request& out)
{
    impl_->reader.start({&out.headers, &out.body, &out.method, &out.target, nullptr});
}

std::size_t request_parser::feed(std::string_view bytes) { return impl_->reader.feed(bytes); }

void request_parser::end()
{
    if (started()) impl_->reader.end(true);
}

bool request_parser::started() const noexcept { return impl_->reader.begun(); }

bool request_parser::header_done() const noexcept { return impl_->reader.header_done(); }

bool request_parser::wants_continue() const noexcept
{
    const auto& reader = impl_->reader;
    return reader.header_done() && !reader.done() && !reader.body_begun() &&
           reader.guard().expects_continue();
}

bool request_parser::done() const noexcept { return impl_->reader.done(); }

const error& request_parser::failure() const noexcept { return impl_->reader.why().why(); }

int request_parser::failure_status() const noexcept { return impl_->reader.why().answer(); }

bool request_parser::keep_alive() const noexcept
{
    return done() && impl_->reader.guard().keep_alive();
}

} // namespace internal
MEC_END_NAMESPACE
