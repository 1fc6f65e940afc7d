#ifndef MEC_INTERNAL_LAZY_TRANSPORT_HPP
#define MEC_INTERNAL_LAZY_TRANSPORT_HPP

#include <mec/http/transport.hpp>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The SDK's transport, which reads its TLS files at the first TLS connection instead of now: what is
/// wrong with them is the failure of that exchange.
std::shared_ptr<http::transport> make_lazy_transport(asio::any_io_executor executor,
                                                     http::transport_options options);

} // namespace internal
MEC_END_NAMESPACE

#endif
