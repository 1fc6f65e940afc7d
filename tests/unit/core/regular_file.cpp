#include "regular_file.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using mec::errc;
using mec::internal::read_regular_file;

class regular_file : public testing::Test {
protected:
    regular_file()
    {
        std::string pattern = testing::TempDir() + "mec-file-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
    }
    ~regular_file() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& content)
    {
        const std::string path = folder_ + "/file";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    std::string folder_;
};

TEST_F(regular_file, is_read_up_to_the_limit)
{
    EXPECT_EQ(*read_regular_file(write(""), 10), "");
    EXPECT_EQ(*read_regular_file(write(std::string("a\0b", 3)), 3), std::string("a\0b", 3));
    EXPECT_EQ(*read_regular_file(write(std::string(100'000, 'x')), 100'000),
              std::string(100'000, 'x'));
    EXPECT_EQ(read_regular_file(write("1234"), 3).error(), errc::storage_error);
}

TEST_F(regular_file, without_a_size_is_read_to_its_end)
{
    const auto text = read_regular_file("/proc/self/status", 1024 * 1024);
    ASSERT_TRUE(text) << text.error();
    EXPECT_NE(text->find("Name:"), std::string::npos);
    EXPECT_EQ(read_regular_file("/proc/self/status", 10).error(), errc::storage_error);
}

TEST_F(regular_file, is_what_it_must_be)
{
    const std::string pipe = folder_ + "/pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const std::string& path :
         {pipe, folder_, std::string("/dev/zero"), folder_ + "/missing"}) {
        const auto text = read_regular_file(path, 100);
        ASSERT_FALSE(text) << path;
        EXPECT_EQ(text.error(), errc::storage_error);
        EXPECT_EQ(text.error().info().endpoint, "file " + path);
    }
    EXPECT_TRUE(read_regular_file(folder_ + "/missing", 100).error().info().system.failed());
}

} // namespace
