// Text becomes a secret, and a secret becomes text, only where the source says so.
// expect: (could not convert|no viable conversion|cannot convert).*secret_string

#include <mec/core/secret.hpp>

mec::secret_string make(std::string_view text)
{
#ifndef ALLOWED
    return text;
#endif
    return mec::secret_string(text);
}
