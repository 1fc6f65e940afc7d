#include "platform_impl.hpp"

#include "control.hpp"
#include "heartbeats.hpp"
#include "oauth.hpp"
#include "radio_control.hpp"
#include "rni_service.hpp"
#include "rule_file.hpp"
#include "snapshots.hpp"
#include "terminations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

error no_instance() { return {errc::not_found, "there is no application instance of that id"}; }

} // namespace

platform::platform(asio::any_io_executor executor, platform_options options)
    : impl_(std::make_shared<impl>(std::move(executor), std::move(options)))
{
}

platform::~platform() { impl_->end(); }

error platform::start() { return impl_->start(); }
void platform::stop() noexcept { impl_->stop(); }

error platform::restart(loss what)
{
    stop();
    lose(what);
    return start();
}

void platform::lose(loss what)
{
    impl::visit v(*impl_);
    v->forget(what);
}

url platform::api_root() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->root(impl_->options.prefix);
}

url platform::token_endpoint() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->root(token_path);
}

url platform::control_root() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->root(control_base);
}

std::string platform::ca_pem() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->authority ? impl_->authority->ca_pem() : std::string();
}

const secret_string& platform::control_token() const noexcept { return impl_->control_token; }

application_instance platform::create_application(std::string name)
{
    impl::visit v(*impl_);
    return v->create_application(std::move(name)).instance;
}

error platform::add_application(application_instance app)
{
    if (!is_path_id(app.app_instance_id) || app.client_id.empty() || app.client_secret.empty())
        return {
            errc::config_invalid,
            "an application instance needs an id of A-Z a-z 0-9 . _ ~ -, a client id and a secret"};
    impl::visit v(*impl_);
    if (v->find_application(app.app_instance_id) || v->find_client(app.client_id))
        return {errc::conflict, "there is an application instance with that id or client id"};
    v->add_application(std::move(app));
    return {};
}

std::optional<certificate_authority> platform::authority() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->authority;
}

platform::environment platform::environment_of(const application_instance& app,
                                               const std::string& ca_file) const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return emulator::environment_of(impl_->state, app, ca_file);
}

error platform::inject(fault f)
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    if (error e = check(f, impl_->routes)) return e;
    impl_->state.faults.push(std::move(f));
    return {};
}

void platform::clear_faults()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.faults.clear();
}

void platform::expire_tokens()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.tokens.expire_all();
}

void platform::revoke_tokens()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.tokens.revoke_all();
}

std::vector<logged_request> platform::requests() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return {impl_->state.log.begin(), impl_->state.log.end()};
}

void platform::clear_requests()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.log.clear();
}

bool platform::wait_for(const log_condition& condition, std::chrono::milliseconds timeout) const
{
    return impl_->wait_for(impl_->state.log, condition, timeout);
}

std::vector<sent_notification> platform::notifications() const
{
    impl::visit v(*impl_);
    return {v->sent.begin(), v->sent.end()};
}

void platform::clear_notifications()
{
    impl::visit v(*impl_);
    v->sent.clear();
}

bool platform::wait_for_notifications(const notification_condition& condition,
                                      std::chrono::milliseconds timeout) const
{
    return impl_->wait_for(impl_->state.sent, condition, timeout);
}

std::vector<application_snapshot> platform::applications() const
{
    impl::visit v(*impl_);
    return applications_of(*v);
}

std::vector<service_snapshot> platform::services() const
{
    impl::visit v(*impl_);
    return services_of(*v);
}

std::vector<subscription_snapshot> platform::subscriptions() const
{
    impl::visit v(*impl_);
    return subscriptions_of(*v);
}

emulator::quirks platform::quirks() const
{
    impl::visit v(*impl_);
    return v->quirks;
}

void platform::set_quirks(const emulator::quirks& on)
{
    impl::visit v(*impl_);
    v->quirks = on;
}

error platform::set_rules(const std::string& app_instance_id, rule_set rules)
{
    if (error e = check_rules(rules)) return e;
    impl::visit v(*impl_);
    application* app = v->find_application(app_instance_id);
    if (!app) return no_instance();
    v->set_rules(*app, std::move(rules));
    return {};
}

error platform::set_liveness_interval(const std::string& ser_instance_id,
                                      std::chrono::seconds interval)
{
    impl::visit v(*impl_);
    return emulator::set_liveness_interval(*v, ser_instance_id, interval);
}

void platform::offer_radio(bool on)
{
    impl::visit v(*impl_);
    emulator::offer_radio(*v, on);
}

error platform::load_scenario(const std::string& file)
{
    auto read = radio::read_scenario(file);
    if (!read) return read.error();
    impl::visit v(*impl_);
    set_scenario(*v, std::move(*read));
    return {};
}

error platform::play_scenario(double speed)
{
    impl::visit v(*impl_);
    return emulator::play_scenario(*v, speed);
}

error platform::pause_scenario()
{
    impl::visit v(*impl_);
    if (!v->player) return no_scenario();
    v->player->pause(v->options.clock->now());
    return {};
}

error platform::move_ue(const std::string& ue, const std::string& cell)
{
    impl::visit v(*impl_);
    return v->player ? v->player->model().move_ue(ue, cell) : no_scenario();
}

error platform::terminate(const std::string& app_instance_id, app_support::operation_action action,
                          std::chrono::seconds max_graceful_timeout)
{
    impl::visit v(*impl_);
    if (!begin_termination(*v, app_instance_id, action, max_graceful_timeout)) return no_instance();
    return {};
}

termination_snapshot platform::termination_of(const std::string& app_instance_id) const
{
    impl::visit v(*impl_);
    return snapshot_of(*v, app_instance_id);
}

platform_counters platform::counters() const
{
    impl::visit v(*impl_);
    platform_counters c = impl_->counters;
    c.tokens = v->tokens.issued();
    if (impl_->server) {
        const auto s = impl_->server->counters();
        c.connections = s.accepted;
        c.open_connections = s.open;
    }
    return c;
}

bool platform::is_ready(const std::string& app_instance_id) const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    const application* app = impl_->state.find_application(app_instance_id);
    return app && app->ready;
}

} // namespace emulator
MEC_END_NAMESPACE
