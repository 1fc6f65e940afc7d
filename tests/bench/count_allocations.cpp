// Counts what a program allocates, by standing in front of glibc's functions (LD_PRELOAD). At the end
// of the program it writes "<allocations> <bytes>" to the file named by BENCH_ALLOCATIONS.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<unsigned long> allocations{0};
std::atomic<unsigned long> bytes{0};

void count(std::size_t size) noexcept
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    bytes.fetch_add(size, std::memory_order_relaxed);
}

__attribute__((destructor)) void report()
{
    const auto n = allocations.load();
    const auto b = bytes.load();
    const char* path = std::getenv("BENCH_ALLOCATIONS");
    if (path == nullptr) return;
    if (std::FILE* file = std::fopen(path, "w")) {
        std::fprintf(file, "%lu %lu\n", n, b);
        std::fclose(file);
    }
}

} // namespace

#define BENCH_EXPORT extern "C" __attribute__((visibility("default")))

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

BENCH_EXPORT void* malloc(std::size_t size) noexcept
{
    count(size);
    return __libc_malloc(size);
}

BENCH_EXPORT void* calloc(std::size_t number, std::size_t size) noexcept
{
    count(number * size);
    return __libc_calloc(number, size);
}

BENCH_EXPORT void* realloc(void* old, std::size_t size) noexcept
{
    count(size);
    return __libc_realloc(old, size);
}

BENCH_EXPORT void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept
{
    count(size);
    return __libc_memalign(alignment, size);
}

BENCH_EXPORT int posix_memalign(void** out, std::size_t alignment, std::size_t size) noexcept
{
    count(size);
    *out = __libc_memalign(alignment, size);
    return *out == nullptr ? ENOMEM : 0;
}
