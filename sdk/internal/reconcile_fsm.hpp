#ifndef MEC_INTERNAL_RECONCILE_FSM_HPP
#define MEC_INTERNAL_RECONCILE_FSM_HPP

/// @file
/// Keeps the platform's state equal to what the application has declared, decided without I/O.

#include <mec/app/application.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Where resources are on the platform, in the order in which they are made.
enum class collection : std::uint8_t {
    services,
    terminations,   ///< subscriptions of application support
    availabilities, ///< subscriptions of service management
    dns_rules,
    traffic_rules,
    radio ///< subscriptions of a radio network information service
};
constexpr std::size_t collection_count = 6;

/// What a listing, or a look at one resource, says.
struct listed {
    std::string id;
    std::optional<std::size_t> match{}; ///< the declared resource that this can be
    bool current = true;                ///< its content is as declared
    bool stale = false; ///< made by this application in an earlier life, and of no use now
    bool known = true;  ///< false: only the id is known; look at it
};

struct reconcile_options {
    /// The API is the one that the application lives by: readiness is confirmed there, and what it says
    /// first may end the run. Others are services that come and go.
    bool leading = true;
    std::chrono::milliseconds ready_retry{60'000};
    std::chrono::milliseconds first_delay{250};
    std::chrono::milliseconds longest_delay{2'000};       ///< while the platform cannot be reached
    std::chrono::milliseconds rate_limited_delay{12'000}; ///< at least half of it, after 429
    std::chrono::milliseconds refused_delay{
        15'000};                            ///< after an answer that repeating may not change
    std::chrono::milliseconds audit{3'000}; ///< one collection is looked at this often
    std::chrono::milliseconds lost_after{30'000};
};

/// What is to be done next. After each but `none`, the event of its kind is expected.
struct reconcile_task {
    enum class kind : std::uint8_t { none, confirm_ready, list, inspect, create, update, remove };
    kind what = kind::none;
    collection where{};
    std::size_t key = no_key; ///< of create, update, and remove unless the resource is stale
    std::string id{};         ///< of inspect and remove

    static constexpr std::size_t no_key = static_cast<std::size_t>(-1);
};

/// One task at a time. Resources are named by the key that declare() gives.
///
/// A creation of unknown outcome is settled by listing. What an audit does not find is made again;
/// when a whole collection is gone, readiness is confirmed first, as the platform has lost that too.
/// An answer that the instance is not known is believed only when readiness was confirmed just before.
class MEC_API reconcile_fsm {
public:
    enum class status : std::uint8_t {
        absent,
        unknown, ///< may have been made by a request without an answer
        present,
        outdated ///< present, but not as declared
    };

    explicit reconcile_fsm(reconcile_options options) : options_(options) {}

    /// @param id  of a resource that the platform's manager has made (a rule).
    std::size_t declare(collection where, std::string id = {});
    void change(std::size_t key);   ///< its declared content is another
    void withdraw(std::size_t key); ///< no longer wanted
    void start(steady_time now);
    /// The application leaves: nothing is made or changed any more, only what is unknown is settled, so
    /// that it can be removed.
    void leave() noexcept { leaving_ = true; }
    /// Keys of what is on the platform, as far as is known.
    std::vector<std::size_t> remaining() const;
    /// How many may be there, with those that are being made and those of which it is not known.
    std::size_t may_remain() const noexcept;
    /// Whether, after leave(), it can still become known what is there.
    bool unsettled() const noexcept;
    /// Removed by somebody else than next().
    void forget(std::size_t key) { set(key, status::absent); }

    reconcile_task next(steady_time now);
    /// When next(), which has just given `none`, may have something to do without an event.
    steady_time wakeup() const noexcept;
    bool busy() const noexcept { return doing_.what != reconcile_task::kind::none; }
    bool busy_with(std::size_t key) const noexcept { return busy() && doing_.key == key; }

    /// @param u  a random number in [0, 1), for the jitter.
    void on_ready(const error& failure, steady_time now, double u);
    void on_listed(const error& failure, const std::vector<listed>& all, steady_time now, double u);
    void on_inspected(const error& failure, const listed& one, steady_time now, double u);
    void on_created(const error& failure, const std::string& id, steady_time now, double u);
    void on_updated(const error& failure, steady_time now, double u);
    void on_removed(const error& failure, steady_time now, double u);
    /// Known from elsewhere: the platform does not have it any more.
    void on_lost(std::size_t key, const error& reason, steady_time now);
    /// Something is wrong with the platform: look at everything soon.
    void suspect() noexcept;

    application_state state() const noexcept { return state_; }
    const error& reason() const noexcept { return reason_; }
    /// Why there is no use in going on; only before everything was there for the first time.
    const error& fatal() const noexcept { return fatal_; }

    status status_of(std::size_t key) const { return resources_[key].is; }
    const std::string& id_of(std::size_t key) const { return resources_[key].id; }
    collection where(std::size_t key) const { return resources_[key].where; }
    bool wanted(std::size_t key) const { return resources_[key].wanted; }
    std::size_t size() const noexcept { return resources_.size(); }
    /// Resources that the platform refuses to make, since the last call.
    std::vector<std::pair<std::size_t, error>> take_refusals();

private:
    struct resource {
        collection where;
        std::string id;
        status is = status::absent;
        bool wanted = true;
        bool fixed = false;   ///< its id is given
        bool changed = false; ///< since the request under way was built
        steady_time again{};  ///< refused: not tried before; max: not before a change or a recovery
    };
    struct place {
        bool used = false;
        bool seen = false;     ///< listed since the last doubt
        bool listable = false; ///< was listed before
        std::size_t unknown = 0;
        std::map<std::string, std::size_t, std::less<>> owner; ///< key by id; not of given ids
        std::set<std::size_t> open;                            ///< may need something
        std::vector<std::string> to_inspect;
        std::vector<std::string> to_remove;
        std::set<std::string, std::less<>> foreign; ///< ids of others, looked at before
    };
    static constexpr steady_time never = steady_time::max();

    place& at(collection c) { return places_[static_cast<std::size_t>(c)]; }
    void set(std::size_t key, status s);
    void found(std::size_t key, const std::string& id, bool current, steady_time now);
    reconcile_task task_in(collection c, steady_time now);
    reconcile_task begin(reconcile_task t);
    reconcile_task audit(steady_time now);
    void become_active(steady_time now);
    steady_time after_audit(steady_time now) const;
    steady_time first_retry() const noexcept;
    void claim(collection c, const listed& one, steady_time now);
    void compare(collection c, const std::vector<listed>& all, steady_time now);
    void on_not_listed(collection c, const error& failure, steady_time now, double u);
    void settle_unknown(collection c, steady_time now, double u);
    void succeed() noexcept;
    void progress() noexcept;
    bool may_pass(const error& e) const;
    void back_off(const error& failure, std::chrono::milliseconds longest, steady_time now,
                  double u);
    void wait(const error& failure, std::chrono::milliseconds longest, int& in_a_row,
              steady_time now, double u);
    void doubt_everything() noexcept;
    void distrust_ready() noexcept;
    void begin_recovery(const error& reason, steady_time now);
    void refuse(std::size_t key, const error& failure, steady_time now, double u);

    reconcile_options options_;
    std::vector<resource> resources_;
    std::array<place, collection_count> places_;
    reconcile_task doing_;
    application_state state_ = application_state::starting;
    error reason_;
    error fatal_;
    bool started_ = false;
    bool ready_ = false;
    bool vouched_ = false;  ///< ready was confirmed, and nothing has gone wrong since
    bool troubled_ = false; ///< something failed, and nothing has succeeded since
    bool was_active_ = false;
    bool leaving_ = false;
    // Since something was last achieved; each kind of trouble has its own patience.
    int failures_ = 0;
    int refused_ = 0;    ///< answers that repeating may not change
    int unanswered_ = 0; ///< creations in a row
    int swallowed_ = 0;  ///< looks that found none of the unanswered creations
    steady_time ready_deadline_{};
    steady_time not_before_{};
    steady_time wake_ = never;
    steady_time audit_due_ = never;
    steady_time lost_at_ = never;
    std::size_t audited_ = 0;
    double jitter_ = 0.5; ///< the last random number
    std::vector<std::pair<std::size_t, error>> refusals_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
