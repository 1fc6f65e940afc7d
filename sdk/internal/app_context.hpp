#ifndef MEC_INTERNAL_APP_CONTEXT_HPP
#define MEC_INTERNAL_APP_CONTEXT_HPP

#include "app_connections.hpp"
#include "callback_base.hpp"
#include "journal.hpp"

#include <boost/asio/strand.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What all parts of one application share. Used on its strand, but for `strand` itself.
struct app_context {
    app_context(asio::any_io_executor executor, discovery::configuration c, application_options o)
        : config(std::move(c)), options(with_dialect(std::move(o), config)),
          strand(asio::make_strand(executor)), connections(connect(executor, config, options)),
          callbacks(std::make_shared<callback_base>(executor, strand, config, options))
    {
    }

    /// What the configuration says about the platform counts more than what the program says.
    static application_options with_dialect(application_options o,
                                            const discovery::configuration& c)
    {
        if (!c.dialect) return o;
        if (const auto* known = http::find_dialect(*c.dialect)) o.client.dialect = *known;
        return o;
    }

    steady_time now() const noexcept { return options.client.clock->now(); }
    double uniform() const noexcept { return options.client.random->uniform(); }
    const mec::logger& log() const noexcept { return options.client.log; }

    const discovery::configuration config;
    const application_options options;
    const asio::strand<asio::any_io_executor> strand;
    const app_connections connections;
    const std::shared_ptr<callback_base> callbacks;
    journal memory;
    /// The application was destroyed: none of its handlers is called any more.
    std::atomic<bool> abandoned{false};
};

} // namespace internal
MEC_END_NAMESPACE

#endif
