#ifndef MEC_TESTS_RETRY_TABLE_HPP
#define MEC_TESTS_RETRY_TABLE_HPP

/// @file
/// What a call does about faults, as one table: lists of faults against classes of operations. The
/// SDK's rules are in docs/errors.md; here they are written down a second time, by their results.

#include <mec/core/error.hpp>
#include <mec/http/message.hpp>
#include <mec/http/operation.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace mec_test {

/// What a platform, or the network before it, does to one request.
struct fault {
    int status = 0; ///< answered; 0: a failure of the network
    mec::errc failure{};
    mec::http::progress progress{};
    bool reused = false;  ///< on a connection that was used before
    bool applied = false; ///< the request took effect all the same
    std::string retry_after{};

    fault but_applied() const
    {
        fault f = *this;
        f.applied = true;
        return f;
    }
    fault after(std::string seconds) const
    {
        fault f = *this;
        f.retry_after = std::move(seconds);
        return f;
    }
    fault on_reused_connection() const
    {
        fault f = *this;
        f.reused = true;
        return f;
    }
};

/// Operations that do the same about the same faults.
enum class op_class { read, replace, remove, task, create };
op_class class_of(const mec::http::operation& op);

/// How a call ends.
struct ending {
    int requests;          ///< that were sent
    mec::errc code{};      ///< of the error; 0: success
    bool in_effect = true; ///< the platform is in the state that was asked for
};

struct retry_case {
    const char* name;
    std::vector<fault> faults; ///< one for each request; afterwards the platform is well
    ending endings[5];         ///< by op_class

    const ending& expected(const mec::http::operation& op) const
    {
        return endings[static_cast<int>(class_of(op))];
    }
};
std::ostream& operator<<(std::ostream& out, const retry_case& c);

/// For `attempts` 3, no waits (Retry-After is capped at 0), a deadline that is far away.
const std::vector<retry_case>& retry_table();

/// The status of a platform that is well.
int sound_answer(const mec::http::operation& op, bool applied_before);

} // namespace mec_test

#endif
