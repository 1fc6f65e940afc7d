// A secret must not reach a log by accident.
// expect: no match for 'operator<<'|invalid operands to binary expression
// expect: secret_string

#include <mec/core/secret.hpp>

#include <iostream>

void log(const mec::secret_string& secret)
{
    std::cerr << secret.fingerprint();
#ifndef ALLOWED
    std::cerr << secret;
#endif
}
