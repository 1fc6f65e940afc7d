#ifndef MEC_TESTS_APP_SIMULATION_HPP
#define MEC_TESTS_APP_SIMULATION_HPP

/// @file
/// A lifecycle_fsm that is driven as application_core drives it, against a model of a platform, in
/// virtual time.

#include "model_platform.hpp"

#include <memory>
#include <set>

namespace app_test {

using mec::termination_cause;
using mec::internal::lifecycle_action;
using mec::internal::lifecycle_fsm;

/// What survives a crash.
struct memory {
    std::string instance;
    std::set<std::string> services;
};

class simulated_app : public std::enable_shared_from_this<simulated_app> {
public:
    /// @param endpoint  tells its services from those of another instance.
    simulated_app(world& w, model_platform& p, memory& m, std::string endpoint,
                  reconcile_options o = {})
        : world_(w), platform_(p), memory_(m), endpoint_(std::move(endpoint)), fsm_(o)
    {
    }

    std::size_t declare(collection where)
    {
        const std::size_t key = fsm_.want().declare(where);
        const std::string n = std::to_string(key);
        // The name of a service is the same in every life, the path of a callback is not.
        identities_.push_back(where == collection::services
                                  ? "camera-" + n + "@" + endpoint_
                                  : memory_.instance + "/" + std::to_string(++channels) + "-" + n);
        keys_[identities_.back()] = key;
        return key;
    }
    void start()
    {
        fsm_.want().start(world_.now());
        go_on();
    }
    void crash() { dead_ = true; }
    void leave(termination_cause cause, milliseconds budget)
    {
        if (dead_ || outcome) return;
        fsm_.begin_departure(cause, mec::app_support::operation_action::terminating, budget,
                             world_.now());
        go_on();
    }
    void go_on()
    {
        if (dead_ || outcome) return;
        fsm_.want().take_refusals();
        for (;;) {
            const lifecycle_action a = fsm_.next(world_.now());
            tell_state();
            if (a.what == lifecycle_action::kind::none) break;
            carry_out(a);
            if (outcome) return;
        }
        arm();
    }

    /// Exactly what is declared is there, each once.
    bool exact()
    {
        for (std::size_t key = 0; key < identities_.size(); ++key)
            if (platform_.count(fsm_.want().where(key), identities_[key]) != 1) return false;
        return true;
    }
    application_state state() const { return fsm_.state(); }
    bool active() const { return state() == application_state::active; }
    lifecycle_fsm& fsm() { return fsm_; }

    std::vector<application_state> told;
    std::optional<error> outcome;
    steady_time finished{};
    long sent = 0;
    milliseconds work{0};  ///< how long it takes to drain
    milliseconds radio{0}; ///< how long it takes to leave the radio service, where one is used

private:
    struct reply {
        error failure{};
        std::string text{};
        std::vector<listed> all{};
    };
    using on_reply = std::function<void(const reply&)>;
    using apply = std::function<reply()>;

    void tell_state()
    {
        if (told.empty() || told.back() != fsm_.state()) told.push_back(fsm_.state());
    }
    void arm()
    {
        const auto when = fsm_.wakeup();
        const auto turn = ++timer_;
        if (when == steady_time::max()) return;
        world_.at(when, [self = shared_from_this(), turn] {
            if (self->timer_ == turn) self->go_on();
        });
    }
    milliseconds way() { return world_.between(milliseconds{1}, platform_.latency / 2); }

    /// The event, and then whatever follows, if there is somebody still.
    void answer(steady_time::duration after, const on_reply& event, reply r)
    {
        world_.in(after, [self = shared_from_this(), event, r = std::move(r)] {
            if (self->dead_ || self->outcome) return;
            event(r);
            self->go_on();
        });
    }
    /// @param lost  what the caller is told when there is no answer.
    void send(apply what, errc lost, on_reply event)
    {
        ++sent;
        const int life = platform_.life;
        world_.in(way(), [self = shared_from_this(), this, what = std::move(what), lost, life,
                          event = std::move(event)] {
            const auto no_answer = [&] {
                answer(world_.between(milliseconds{10}, platform_.patience), event, {lost});
            };
            if (platform_.life != life) return no_answer();
            if (!platform_.up) return answer(way(), event, {errc::connect_refused});
            if (platform_.silent) return;
            if (world_.chance(platform_.loses_request)) return no_answer();
            if (world_.chance(platform_.fails))
                return answer(way(), event, {errc::service_unavailable});
            reply r = what();
            if (world_.chance(platform_.loses_answer)) return no_answer();
            world_.in(way(), [self, this, lost, life, event, r = std::move(r)] {
                const bool gone = platform_.life != life;
                answer({}, event, gone ? reply{lost} : r);
            });
        });
    }
    /// For those who are known and ready.
    void request(apply what, errc lost, on_reply event)
    {
        send(
            [this, what = std::move(what)] {
                const error no = platform_.refusal();
                return no ? reply{no} : what();
            },
            lost, std::move(event));
    }

    void carry_out(const lifecycle_action& a)
    {
        using act = lifecycle_action::kind;
        switch (a.what) {
        case act::reconcile: reconcile(a.task); break;
        case act::heartbeat: beat(a.task.key, a.task.id); break;
        case act::announce:
            ++notices_;
            world_.in(work, [self = shared_from_this()] {
                if (--self->notices_ != 0) return;
                self->fsm_.drained();
                self->go_on();
            });
            break;
        case act::withdraw:
            remove(a.task,
                   [this, key = a.task.key](const reply& r) { fsm_.on_withdrawn(key, r.failure); });
            break;
        case act::leave_radio:
            world_.in(radio, [self = shared_from_this()] {
                if (self->dead_ || self->outcome) return;
                self->fsm_.on_radio_left();
                self->go_on();
            });
            break;
        case act::confirm_termination:
            send(
                [this] {
                    if (platform_.failing_confirmations > 0) {
                        --platform_.failing_confirmations;
                        return reply{errc::service_unavailable};
                    }
                    platform_.confirmed.push_back(world_.now());
                    return reply{};
                },
                errc::outcome_unknown,
                [this](const reply& r) { fsm_.on_termination_confirmed(r.failure, world_.now()); });
            break;
        case act::finish:
            outcome = a.outcome;
            finished = world_.now();
            break;
        case act::none: break;
        }
    }
    void reconcile(const reconcile_task& t)
    {
        auto& want = fsm_.want();
        const auto where = t.where;
        const auto key = t.key;
        switch (t.what) {
        case kind::confirm_ready:
            send([this] { return reply{platform_.confirm_ready()}; }, errc::deadline_exceeded,
                 [this, &want](const reply& r) {
                     want.on_ready(r.failure, world_.now(), world_.uniform());
                 });
            break;
        case kind::list:
            request([this, where] { return listing(where); }, errc::connection_lost,
                    [this, &want, where](const reply& r) { on_listed(want, where, r); });
            break;
        case kind::inspect:
            request(
                [this, where, id = t.id] {
                    const auto& all = platform_.has(where);
                    const auto found = all.find(id);
                    return found == all.end() ? reply{errc::not_found} : reply{{}, found->second};
                },
                errc::connection_lost,
                [this, &want, id = t.id](const reply& r) {
                    listed one{id};
                    if (const auto mine = keys_.find(r.text); mine != keys_.end())
                        one.match = mine->second;
                    one.stale = r.text.rfind(memory_.instance + "/", 0) == 0;
                    want.on_inspected(r.failure, one, world_.now(), world_.uniform());
                });
            break;
        case kind::create:
            request(
                [this, where, key] {
                    return reply{{}, platform_.create(where, identities_[key])};
                },
                errc::outcome_unknown,
                [this, &want, where, key](const reply& r) {
                    want.on_created(r.failure, r.text, world_.now(), world_.uniform());
                    if (!r.failure) remember(where, key, r.text);
                });
            break;
        case kind::update:
            request(
                [this, where, id = t.id] {
                    return platform_.has(where).count(id) ? reply{} : reply{errc::not_found};
                },
                errc::connection_lost,
                [this, &want](const reply& r) {
                    want.on_updated(r.failure, world_.now(), world_.uniform());
                });
            break;
        case kind::remove:
            remove(t, [this, &want](const reply& r) {
                want.on_removed(r.failure, world_.now(), world_.uniform());
            });
            break;
        case kind::none: break;
        }
    }
    reply listing(collection where)
    {
        reply r;
        for (const auto& [id, identity] : platform_.has(where)) {
            listed one{id};
            // A listing of subscriptions has ids only.
            one.known = where == collection::services;
            if (const auto mine = keys_.find(identity); one.known && mine != keys_.end())
                one.match = mine->second;
            r.all.push_back(std::move(one));
        }
        return r;
    }
    void on_listed(reconcile_fsm& want, collection where, reply r)
    {
        if (where == collection::services)
            for (listed& one : r.all) {
                // Equal ones are told apart by the id that each has already.
                if (one.match && want.status_of(*one.match) == status::present &&
                    want.id_of(*one.match) != one.id)
                    one.match.reset();
                one.stale = !one.match && memory_.services.count(one.id) != 0;
            }
        want.on_listed(r.failure, r.all, world_.now(), world_.uniform());
        for (const listed& one : r.all)
            if (one.match && want.id_of(*one.match) == one.id) remember(where, *one.match, one.id);
    }
    void remember(collection where, std::size_t key, const std::string& id)
    {
        if (where != collection::services) return;
        memory_.services.insert(id);
        if (!fsm_.beats(key))
            fsm_.require_heartbeats(key, platform_.heartbeat, world_.now(), world_.uniform());
    }
    void remove(const reconcile_task& t, on_reply event)
    {
        if (t.key != reconcile_task::no_key)
            fsm_.require_heartbeats(t.key, std::chrono::seconds{0}, world_.now(), 0.5);
        request(
            [this, where = t.where, id = t.id] {
                return platform_.has(where).erase(id) ? reply{} : reply{errc::not_found};
            },
            errc::connection_lost, std::move(event));
    }
    void beat(std::size_t key, const std::string& id)
    {
        request(
            [this, id] {
                return platform_.has(collection::services).count(id) ? reply{}
                                                                     : reply{errc::not_found};
            },
            errc::connection_lost,
            [this, key](const reply& r) {
                fsm_.on_heartbeat(key, r.failure, std::nullopt, world_.now(), world_.uniform());
            });
    }

    world& world_;
    model_platform& platform_;
    memory& memory_;
    const std::string endpoint_;
    lifecycle_fsm fsm_;
    std::vector<std::string> identities_;
    std::map<std::string, std::size_t> keys_;
    static inline int channels = 0;
    std::uint64_t timer_ = 0;
    int notices_ = 0;
    bool dead_ = false;
};

/// One run, with the resources that most tests have.
struct simulation {
    explicit simulation(std::uint64_t seed) : clock(seed) {}

    std::shared_ptr<simulated_app> live(memory& m, const std::string& endpoint)
    {
        auto app = std::make_shared<simulated_app>(clock, platform, m, endpoint);
        for (int i = 0; i < 3; ++i) app->declare(collection::services);
        app->declare(collection::terminations);
        for (int i = 0; i < 4; ++i) app->declare(collection::availabilities);
        app->start();
        return app;
    }

    world clock;
    model_platform platform;
    memory journal{std::string(32, 'a'), {}};
};

} // namespace app_test

#endif
