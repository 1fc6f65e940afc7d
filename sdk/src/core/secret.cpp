#include <mec/core/secret.hpp>

#include "text.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

MEC_BEGIN_NAMESPACE

namespace {

// A short text would live inside the string object, and every move and swap would leave a copy of
// it behind. On the heap there is one place to wipe.
constexpr std::size_t beyond_small_string = 2 * sizeof(std::string);

std::string on_heap(std::string_view text)
{
    std::string out;
    if (text.empty()) return out;
    out.reserve(std::max(text.size(), beyond_small_string));
    out.assign(text);
    return out;
}

} // namespace

void wipe(std::string& text) noexcept
{
    text.resize(text.capacity()); // longer texts may have been here before; never allocates
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

secret_string::secret_string() noexcept = default;
secret_string::secret_string(std::string_view text) : text_(on_heap(text)) {}
secret_string::secret_string(std::string&& text) : text_(on_heap(text)) { mec::wipe(text); }
secret_string::secret_string(const secret_string& other) : text_(on_heap(other.text_)) {}
secret_string::secret_string(secret_string&& other) noexcept : text_(std::move(other.text_))
{
    other.wipe();
}
secret_string& secret_string::operator=(const secret_string& other)
{
    if (this != &other) *this = secret_string(other);
    return *this;
}
secret_string& secret_string::operator=(secret_string&& other) noexcept
{
    if (this == &other) return *this;
    wipe(); // the string may hand its old memory to `other`
    text_ = std::move(other.text_);
    other.wipe();
    return *this;
}
secret_string::~secret_string() { wipe(); }

std::string secret_string::fingerprint() const
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(text_.data()), text_.size(), digest);
    std::string out = "sha256:";
    for (std::size_t i = 0; i < 4; ++i) internal::append_hex(out, digest[i]);
    return out;
}

bool secret_string::equals(const secret_string& other) const noexcept
{
    return text_.size() == other.text_.size() &&
           CRYPTO_memcmp(text_.data(), other.text_.data(), text_.size()) == 0;
}

void secret_string::wipe() noexcept { mec::wipe(text_); }

MEC_END_NAMESPACE
