#ifndef MEC_INTERNAL_RESOURCE_OWNER_HPP
#define MEC_INTERNAL_RESOURCE_OWNER_HPP

#include <mec/config.hpp>

#include <cstddef>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Who keeps declared resources true. Used on the application's strand.
class resource_owner {
public:
    virtual void on_changed(std::size_t key) = 0;
    virtual void on_withdrawn(std::size_t key) = 0;

protected:
    ~resource_owner() = default;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
