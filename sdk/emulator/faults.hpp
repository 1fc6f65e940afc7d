#ifndef MEC_EMULATOR_FAULTS_HPP
#define MEC_EMULATOR_FAULTS_HPP

#include "answer.hpp"

#include <mec/emulator/platform.hpp>

#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Latencies above this are refused; the server waits a little longer for every answer.
constexpr std::chrono::milliseconds most_latency{std::chrono::minutes{10}};

/// The faults to come, in order of injection.
class fault_queue {
public:
    void push(fault f) { faults_.push_back(std::move(f)); }
    void clear() { faults_.clear(); }
    std::size_t size() const noexcept { return faults_.size(); }
    auto begin() const noexcept { return faults_.begin(); }
    auto end() const noexcept { return faults_.end(); }
    /// The first fault for this operation, used up by one; a fault without effect when there is none.
    fault take(std::string_view operation);

private:
    std::vector<fault> faults_;
};

class router;

/// What is wrong with a fault; no error when nothing is.
error check(const fault& f, const router& routes);

/// The error that the fault wants to be answered.
answer fault_answer(const fault& f);

} // namespace emulator
MEC_END_NAMESPACE

#endif
