#include <mec/http/transport.hpp>

MEC_BEGIN_NAMESPACE
namespace http {

transport::~transport() = default;

error transport::send(const request&, response&) { return errc::not_supported; }

} // namespace http
MEC_END_NAMESPACE
