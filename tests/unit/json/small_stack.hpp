#ifndef MEC_TESTS_JSON_SMALL_STACK_HPP
#define MEC_TESTS_JSON_SMALL_STACK_HPP

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <pthread.h>

namespace json_test {

/// The least that users' threads have; sanitizers make every frame several times as large.
constexpr std::size_t small_stack = (MEC_SANITIZED != 0 ? 12 : 1) * 128 * 1024;

/// Runs `work` on a thread with so small a stack. A deeper recursion ends the program.
inline void on_small_stack(std::function<void()> work)
{
    pthread_attr_t attributes;
    ASSERT_EQ(pthread_attr_init(&attributes), 0);
    ASSERT_EQ(pthread_attr_setstacksize(&attributes, small_stack), 0);
    pthread_t thread;
    const auto run = [](void* p) -> void* {
        (*static_cast<std::function<void()>*>(p))();
        return nullptr;
    };
    ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
    ASSERT_EQ(pthread_join(thread, nullptr), 0);
    pthread_attr_destroy(&attributes);
}

} // namespace json_test

#endif
