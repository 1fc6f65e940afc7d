#include "motion.hpp"

#include "propagation.hpp"

#include <algorithm>
#include <cmath>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

motion::motion(std::shared_ptr<const route> way, milliseconds start)
    : way_(std::move(way)), start_(start)
{
    const auto& points = way_->points;
    reached_.push_back(0);
    for (std::size_t i = 1; i < points.size(); ++i)
        reached_.push_back(reached_.back() + distance(points[i - 1], points[i]));
    if (way_->loop) reached_.push_back(reached_.back() + distance(points.back(), points.front()));
}

double motion::travelled(milliseconds when) const noexcept
{
    const double elapsed = static_cast<double>(std::max(when - start_, milliseconds{0}).count());
    return way_->speed * elapsed / 1000;
}

point motion::at(milliseconds when) const noexcept
{
    const double whole = reached_.back();
    double way = travelled(when);
    if (whole <= 0) return way_->points.front();
    way = way_->loop ? std::fmod(way, whole) : std::min(way, whole);
    const auto next = std::upper_bound(reached_.begin() + 1, reached_.end() - 1, way);
    const auto i = static_cast<std::size_t>(next - reached_.begin());
    const point& from = way_->points[i - 1];
    const point& to = way_->points[i % way_->points.size()];
    const double leg = reached_[i] - reached_[i - 1];
    const double part = leg > 0 ? (way - reached_[i - 1]) / leg : 0;
    return {from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)};
}

double motion::speed(milliseconds when) const noexcept
{
    return way_->loop || travelled(when) < reached_.back() ? way_->speed : 0;
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
