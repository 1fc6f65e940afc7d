#ifndef MEC_INTERNAL_LOCAL_TOKEN_HPP
#define MEC_INTERNAL_LOCAL_TOKEN_HPP

#include "regular_file.hpp"

#include <mec/auth/token_source.hpp>
#include <mec/detail/complete.hpp>

#include <boost/asio/system_executor.hpp>

#include <string>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Gives an answer that needed no network, through the handler's executor. There is no other executor
/// to go through first: a caller that is already there is answered inside this function.
inline void answer_now(asio::any_completion_handler<void(result<auth::token_ptr>)> handler,
                       result<auth::token_ptr> outcome)
{
    detail::complete(asio::system_executor(), std::move(handler), std::move(outcome));
}

/// The text of a file that holds one secret; white space around it is dropped.
/// @return errc::storage_error when the file cannot be read or is empty.
MEC_API result<secret_string> read_secret_file(const std::string& path);

} // namespace internal
MEC_END_NAMESPACE

#endif
