#ifndef MEC_INTERNAL_BLOCKING_EXCHANGE_HPP
#define MEC_INTERNAL_BLOCKING_EXCHANGE_HPP

#include "transport_core.hpp"

#include <mec/http/message.hpp>

MEC_BEGIN_NAMESPACE
namespace internal {

/// One exchange on the calling thread: the same pool, connections and rules as async_exchange, but
/// the descriptor blocks. On a kept connection it costs two system calls.
error exchange_blocking(transport_core& core, const http::request& req, http::response& resp);

} // namespace internal
MEC_END_NAMESPACE

#endif
