#include "journal.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using mec::errc;
using mec::internal::journal;

class journal_in_directory : public testing::Test {
protected:
    journal_in_directory()
    {
        std::string pattern = testing::TempDir() + "mec-journal-XXXXXX";
        directory_ = ::mkdtemp(pattern.data());
    }
    ~journal_in_directory() override { fs::remove_all(directory_); }

    std::string file() const { return directory_ + "/mec-app.json"; }
    std::string text() const
    {
        std::ifstream in(file());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& content) { std::ofstream(file(), std::ios::binary) << content; }
    /// A life that registers these and ends; gives its instance.
    std::string live(const std::vector<std::string>& services)
    {
        journal j;
        EXPECT_FALSE(j.open(directory_, "app"));
        for (const auto& id : services) EXPECT_FALSE(j.add_service(id));
        return j.instance();
    }

    std::string directory_;
};

/// Runs in a process of its own; true when it says so.
bool in_child(const std::function<bool()>& what)
{
    const pid_t child = ::fork();
    if (child == 0) ::_exit(what() ? 0 : 1);
    int state = -1;
    EXPECT_EQ(::waitpid(child, &state, 0), child);
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

TEST_F(journal_in_directory, hands_on_what_a_life_has_left)
{
    const std::string instance = live({"a", "b"});
    EXPECT_EQ(instance.size(), 32u);
    journal next;
    EXPECT_FALSE(next.open(directory_, "app"));
    EXPECT_EQ(next.instance(), instance);
    EXPECT_TRUE(next.knows_service("a"));
    EXPECT_TRUE(next.knows_service("b"));
    EXPECT_FALSE(next.knows_service("c"));
}

TEST_F(journal_in_directory, forgets_what_is_removed_or_not_there_any_more)
{
    {
        journal j;
        EXPECT_FALSE(j.open(directory_, "app"));
        for (const char* id : {"a", "b", "c", "d"}) EXPECT_FALSE(j.add_service(id));
        EXPECT_FALSE(j.remove_service("a"));
        EXPECT_FALSE(j.remove_service("never-there"));
        EXPECT_FALSE(j.retain_services({"b", "d", "foreign"}));
        EXPECT_FALSE(j.knows_service("c"));
        EXPECT_FALSE(j.knows_service("foreign"));
    }
    journal next;
    EXPECT_FALSE(next.open(directory_, "app"));
    EXPECT_FALSE(next.knows_service("a"));
    EXPECT_TRUE(next.knows_service("b"));
    EXPECT_FALSE(next.knows_service("c"));
    EXPECT_TRUE(next.knows_service("d"));
}

TEST_F(journal_in_directory, every_prefix_of_a_journal_is_taken_for_torn)
{
    const std::string instance = live({"a"});
    const std::string whole = text();
    ASSERT_GT(whole.size(), 32u);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write(whole.substr(0, size));
        journal j;
        const auto e = j.open(directory_, "app");
        EXPECT_EQ(e, errc::storage_error) << size;
        EXPECT_EQ(e.info().endpoint, file());
        EXPECT_TRUE(j.is_open()) << "a new one has begun";
        EXPECT_FALSE(j.knows_service("a"));
        EXPECT_NE(j.instance(), instance);
    }
    journal j;
    EXPECT_FALSE(j.open(directory_, "app")) << "it was replaced by a good one";
}

TEST_F(journal_in_directory, what_is_not_of_this_instance_and_version_is_not_believed)
{
    live({"a"});
    const std::string whole = text();
    const auto replaced = [&](const std::string& from, const std::string& to) {
        std::string s = whole;
        const auto at = s.find(from);
        EXPECT_NE(at, s.npos) << from << " in " << whole;
        return at == s.npos ? s : s.replace(at, from.size(), to);
    };
    for (const std::string& content :
         {replaced("\"version\":1", "\"version\":0"), replaced("\"version\":1", "\"version\":2"),
          replaced("\"app\"", "\"another\""), replaced("\"instance\":\"", "\"instance\":\"/../"),
          std::string("{}"), std::string("[]"), std::string(2 * 1024 * 1024, ' '),
          std::string("\0\0\0\0", 4)}) {
        write(content);
        journal j;
        EXPECT_EQ(j.open(directory_, "app"), errc::storage_error) << content.substr(0, 200);
        EXPECT_TRUE(j.is_open());
        EXPECT_FALSE(j.knows_service("a"));
        EXPECT_EQ(j.instance().size(), 32u);
    }
}

TEST_F(journal_in_directory, keeps_applications_apart)
{
    journal one;
    journal two;
    EXPECT_FALSE(one.open(directory_, "app"));
    EXPECT_FALSE(two.open(directory_, "other"));
    EXPECT_FALSE(one.add_service("a"));
    EXPECT_FALSE(two.knows_service("a"));
    EXPECT_NE(one.instance(), two.instance());
}

TEST_F(journal_in_directory, is_held_by_one_process)
{
    const std::string instance = live({"a"});
    journal j;
    EXPECT_FALSE(j.open(directory_, "app"));
    const std::string before = text();
    EXPECT_TRUE(in_child([&] {
        journal second;
        const auto e = second.open(directory_, "app");
        return e == errc::storage_error && !second.is_open() && second.instance() != instance &&
               !second.knows_service("a") && !second.add_service("b");
    }));
    EXPECT_EQ(text(), before);
}

TEST_F(journal_in_directory, is_free_again_when_its_process_has_died)
{
    EXPECT_TRUE(in_child([&] {
        auto* const j = new journal;
        if (j->open(directory_, "app") || j->add_service("a")) return false;
        ::_exit(0); // as after a kill: no destructor runs
    }));
    journal next;
    EXPECT_FALSE(next.open(directory_, "app"));
    EXPECT_TRUE(next.knows_service("a"));
}

TEST_F(journal_in_directory, without_a_writable_directory_nothing_is_remembered)
{
    const std::string instance = live({"a"});
    fs::permissions(directory_, fs::perms::owner_read | fs::perms::owner_exec |
                                    fs::perms::others_read | fs::perms::others_exec);
    EXPECT_TRUE(in_child([&] {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return false;
        journal j;
        const auto e = j.open(directory_, "app");
        return e == errc::storage_error && !j.is_open() && j.instance().size() == 32 &&
               !j.knows_service("a") && !j.add_service("b") && !j.remove_service("a");
    }));
    fs::permissions(directory_, fs::perms::owner_all);
    journal next;
    EXPECT_FALSE(next.open(directory_, "app"));
    EXPECT_EQ(next.instance(), instance);
    for (const std::string& bad : {directory_ + "/missing", file(), std::string("/proc/self")}) {
        journal j;
        EXPECT_EQ(j.open(bad, "app"), errc::storage_error) << bad;
        EXPECT_FALSE(j.is_open());
    }
}

TEST_F(journal_in_directory, does_not_write_through_a_link_that_somebody_has_laid)
{
    const std::string victim = directory_ + "/victim";
    std::ofstream(victim) << "untouched";
    fs::create_symlink(victim, file() + ".new");
    journal j;
    EXPECT_EQ(j.open(directory_, "app"), errc::storage_error);
    EXPECT_FALSE(j.is_open());
    std::ifstream in(victim);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "untouched");
}

TEST_F(journal_in_directory, is_replaced_as_a_whole)
{
    live({"a"});
    // Somebody who has opened the file goes on reading the old one.
    std::ifstream reader(file());
    const std::string before = text();
    live({"b"});
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(reader), {}), before);
    EXPECT_NE(text(), before);
    for (const auto& entry : fs::directory_iterator(directory_))
        EXPECT_NE(entry.path().extension(), ".new") << entry.path();
    EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(journal, that_is_not_opened_has_an_instance_of_its_own_and_remembers_nothing)
{
    journal one;
    journal two;
    EXPECT_EQ(one.instance().size(), 32u);
    EXPECT_NE(one.instance(), two.instance());
    EXPECT_FALSE(one.is_open());
    EXPECT_FALSE(one.add_service("a"));
    EXPECT_FALSE(one.knows_service("a"));
    EXPECT_FALSE(one.retain_services({}));
}

} // namespace
