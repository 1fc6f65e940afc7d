#ifndef MEC_INTERNAL_CONNECTION_POOL_HPP
#define MEC_INTERNAL_CONNECTION_POOL_HPP

#include "http_connection.hpp"

#include <mec/core/clock.hpp>
#include <mec/core/error.hpp>
#include <mec/http/options.hpp>

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The connections of a transport: at most so many per origin, idle ones kept for a while, callers
/// queued in order when all are busy. Decides; opens nothing itself. Thread-safe.
class connection_pool {
public:
    /// Somebody in the queue.
    class waiter {
    public:
        virtual ~waiter() = default;
        /// It is this one's turn: with a connection, or with none and the right to open one.
        virtual void on_turn(std::unique_ptr<http_connection> connection) = 0;
        /// The pool was closed. True: this one will not come back; false: it will leave() by itself.
        virtual bool on_closed() { return false; }
    };

    enum class grant {
        connection, ///< here is an idle one
        open,       ///< open a new one; then give_back() or forget() it
        queued,     ///< wait for on_turn()
        full,       ///< too many are waiting already
        closed      ///< the transport was closed
    };
    struct answer {
        grant what;
        std::unique_ptr<http_connection> connection;
    };

    /// What it means to be turned away.
    static error refusal(grant what, const mec::origin& origin);

    connection_pool(const http::pool_options& options, const mec::clock& clock);

    answer acquire(const mec::origin& origin, waiter& who);
    /// Ends a wait; false when the turn has been given already (on_turn() was or is being called).
    bool leave(const mec::origin& origin, waiter& who);

    /// Returns a connection that may be used again.
    void give_back(const mec::origin& origin, std::unique_ptr<http_connection> connection);
    /// A connection, or the right to open one, is gone: the next in the queue may open.
    void forget(const mec::origin& origin);
    /// Closes what is idle and refuses everything from now on.
    void close();

private:
    struct host {
        mec::origin origin;
        std::size_t open = 0; ///< busy and idle ones and rights to open
        std::vector<std::unique_ptr<http_connection>> idle; ///< the most recently used is last
        std::list<waiter*> queue;
    };

    host& find(const mec::origin& origin);
    std::unique_ptr<http_connection> take_idle(host& h);
    bool usable(http_connection& c, steady_time now) const;

    const http::pool_options options_;
    const mec::clock& clock_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<host>> hosts_;
    bool closed_ = false;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
