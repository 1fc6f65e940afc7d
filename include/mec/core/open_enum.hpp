#ifndef MEC_CORE_OPEN_ENUM_HPP
#define MEC_CORE_OPEN_ENUM_HPP

#include <mec/config.hpp>

#include <optional>
#include <string>
#include <utility>

MEC_BEGIN_NAMESPACE

/// A value of an enumeration that the standard lets grow: one that this SDK knows, or the text of
/// one that it does not. An unknown value is kept and sent back unchanged.
template <class E> class open_enum {
public:
    using enum_type = E;

    constexpr open_enum() = default;
    /*implicit*/ constexpr open_enum(E value) noexcept : value_(value) {}
    /// A value that this SDK does not know, as it stands on the wire.
    static open_enum unknown(std::string text)
    {
        open_enum e;
        e.text_ = std::move(text);
        e.value_.reset();
        return e;
    }

    /// True when the value is one of E's.
    constexpr bool known() const noexcept { return value_.has_value(); }
    /// The value, or nothing when it is unknown.
    constexpr const std::optional<E>& get() const noexcept { return value_; }
    /// The text of an unknown value; empty when the value is known.
    const std::string& text() const noexcept { return text_; }

    friend bool operator==(const open_enum& a, const open_enum& b)
    {
        return a.value_ == b.value_ && a.text_ == b.text_;
    }
    friend bool operator!=(const open_enum& a, const open_enum& b) { return !(a == b); }
    friend bool operator==(const open_enum& a, E b) { return a.value_ == b; }
    friend bool operator!=(const open_enum& a, E b) { return !(a == b); }

private:
    std::optional<E> value_ = E{};
    std::string text_;
};

MEC_END_NAMESPACE

#endif
