#ifndef MEC_CORE_RESULT_HPP
#define MEC_CORE_RESULT_HPP

#include <mec/core/error.hpp>

#include <boost/system/result.hpp>

MEC_BEGIN_NAMESPACE

/// A value or a `mec::error`. `.value()` throws `mec::system_error`.
/// Always initialise one: a default-constructed result is a success.
template <class T = void> using result = boost::system::result<T, error>;

MEC_END_NAMESPACE

#endif
