#include <mec/core/secret.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <type_traits>
#include <utility>

namespace {

using mec::secret_string;

template <class T, class = void> struct is_streamable : std::false_type {
};
template <class T>
struct is_streamable<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<T>())>>
    : std::true_type {
};

static_assert(!is_streamable<secret_string>::value);
static_assert(!std::is_convertible_v<secret_string, std::string>);
static_assert(!std::is_convertible_v<std::string, secret_string>);

/// True when the bytes of `object` itself hold `text`.
template <class T> bool holds(const T& object, const std::string& text)
{
    const std::string bytes(reinterpret_cast<const char*>(&object), sizeof object);
    return bytes.find(text) != std::string::npos;
}

TEST(secret_string, reveals_what_it_was_given)
{
    const secret_string s(std::string_view("hunter2"));
    EXPECT_EQ(s.reveal(), "hunter2");
    EXPECT_EQ(s.size(), 7u);
    EXPECT_FALSE(s.empty());
    EXPECT_TRUE(secret_string().empty());
}

TEST(secret_string, taking_a_string_wipes_the_source)
{
    for (const std::size_t size : {std::size_t{8}, std::size_t{1000}}) {
        std::string source(size, 'k');
        const char* old = source.data();
        const secret_string s(std::move(source));
        EXPECT_EQ(s.size(), size);
        EXPECT_TRUE(source.empty());
        EXPECT_EQ(source.data(), old)
            << "the memory must be there still for the next check to mean anything";
        EXPECT_EQ(std::string(old, size), std::string(size, '\0'));
    }
}

TEST(secret_string, short_secrets_never_live_inside_the_object)
{
    secret_string a(std::string_view("pass-8ch"));
    EXPECT_FALSE(holds(a, "pass-8ch"));
    secret_string b(std::move(a));
    EXPECT_FALSE(holds(a, "pass-8ch"));
    EXPECT_TRUE(a.empty());
    EXPECT_EQ(b.reveal(), "pass-8ch");
    secret_string c(b);
    EXPECT_FALSE(holds(c, "pass-8ch"));
    EXPECT_EQ(c, b);
}

TEST(secret_string, assignment_wipes_what_was_there)
{
    secret_string target(std::string_view("old-secret-old-secret"));
    const char* old = target.reveal().data();
    secret_string source(std::string_view("new"));
    target = std::move(source);
    // libstdc++ hands the old memory to the source, so it may be looked at.
    EXPECT_NE(std::memcmp(old, "old-secret", 10), 0);
    EXPECT_EQ(target.reveal(), "new");
    EXPECT_TRUE(source.empty());

    secret_string& alias = target;
    target = alias;
    EXPECT_EQ(target.reveal(), "new");
    target = std::move(alias);
    EXPECT_EQ(target.reveal(), "new");
    target = secret_string();
    EXPECT_TRUE(target.empty());
}

TEST(secret_string, compares_by_content)
{
    const secret_string a(std::string_view("abc"));
    EXPECT_EQ(a, secret_string(std::string_view("abc")));
    EXPECT_NE(a, secret_string(std::string_view("abd")));
    EXPECT_NE(a, secret_string(std::string_view("ab")));
    EXPECT_EQ(secret_string(), secret_string(std::string_view("")));
}

TEST(secret_string, fingerprint_is_the_head_of_sha_256)
{
    EXPECT_EQ(secret_string(std::string_view("abc")).fingerprint(), "sha256:ba7816bf");
    EXPECT_EQ(secret_string().fingerprint(), "sha256:e3b0c442");
}

TEST(wipe, clears_the_characters_of_earlier_longer_texts_too)
{
    std::string text(100, 'k');
    const char* memory = text.data();
    text.resize(1);
    mec::wipe(text);
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(text.data(), memory);
    EXPECT_EQ(std::string(memory, 100), std::string(100, '\0'));
}

} // namespace
