#ifndef MEC_CORE_SECRET_HPP
#define MEC_CORE_SECRET_HPP

#include <mec/config.hpp>

#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE

/// Text that must not be seen: it cannot be streamed, its memory is wiped when it is released, and
/// comparison takes the same time wherever the difference is.
class MEC_API secret_string {
public:
    secret_string() noexcept;
    explicit secret_string(std::string_view text);
    explicit secret_string(const char* text) : secret_string(std::string_view(text)) {}
    /// Takes the text and wipes the source, so that no copy stays behind.
    explicit secret_string(std::string&& text);
    secret_string(const secret_string&);
    secret_string(secret_string&&) noexcept;
    secret_string& operator=(const secret_string&);
    secret_string& operator=(secret_string&&) noexcept;
    ~secret_string();

    bool empty() const noexcept { return text_.empty(); }
    std::size_t size() const noexcept { return text_.size(); }
    /// The text itself. The name is long so that a review finds it.
    std::string_view reveal() const noexcept { return text_; }
    /// `sha256:` and the first 8 hex digits: enough to tell two secrets apart, useless otherwise.
    std::string fingerprint() const;

    friend bool operator==(const secret_string& a, const secret_string& b) noexcept
    {
        return a.equals(b);
    }
    friend bool operator!=(const secret_string& a, const secret_string& b) noexcept
    {
        return !a.equals(b);
    }

private:
    bool equals(const secret_string& other) const noexcept;
    void wipe() noexcept;

    std::string text_;
};

/// Overwrites the characters and clears the string; the compiler may not leave it out.
MEC_API void wipe(std::string& text) noexcept;

MEC_END_NAMESPACE

#endif
