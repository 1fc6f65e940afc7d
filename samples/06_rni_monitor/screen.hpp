#ifndef SAMPLES_RNI_MONITOR_SCREEN_HPP
#define SAMPLES_RNI_MONITOR_SCREEN_HPP

#include "view.hpp"

#include <mec/app/radio.hpp>

#include <map>
#include <string>

/// Everything that is shown.
struct shown {
    const view& network;
    const tally& counts;
    const std::map<std::string, mec::radio_delivery>& delivery; ///< by subscription
    const std::string& state;                                   ///< of the application
};

/// True when standard output is a terminal that can be drawn on.
bool is_drawable();

/// Draws over what it has drawn before: plain ANSI, no wider and no higher than the terminal.
class screen {
public:
    void draw(const shown& what);

private:
    std::size_t lines_ = 0; ///< drawn before
};

/// `http 7, polling 1`
std::string text_of(const std::map<std::string, mec::radio_delivery>& delivery);

#endif
