#include "names.hpp"

#include "control_client.hpp"
#include "nearest.hpp"
#include "refusal.hpp"
#include "text.hpp"

#include <algorithm>

namespace mecctl {

application_names::application_names(control_client& emulator)
    : all_(emulator.call<std::vector<snapshot>>(operations::list_applications))
{
}

std::string application_names::of(const std::string& id) const
{
    if (id.empty()) return "-";
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [&](const snapshot& a) { return a.app_instance_id == id; });
    if (found == all_.end()) return id;
    const bool shared = std::any_of(all_.begin(), all_.end(), [&](const snapshot& a) {
        return a.name == found->name && &a != &*found;
    });
    return shared ? found->name + " (" + id.substr(0, 8) + ')' : found->name;
}

bool application_names::knows(const std::string& id) const
{
    return std::any_of(all_.begin(), all_.end(),
                       [&](const snapshot& a) { return a.app_instance_id == id; });
}

const application_names::snapshot& application_names::find(const std::string& name_or_id) const
{
    const auto shown = [](const std::string& text) { return mec::internal::printable(text, 200); };
    std::vector<const snapshot*> same;
    for (const snapshot& a : all_) {
        if (a.app_instance_id == name_or_id) return a;
        if (a.name == name_or_id) same.push_back(&a);
    }
    if (same.size() == 1) return *same.front();
    std::string text;
    if (same.empty()) {
        std::vector<std::string> known;
        for (const snapshot& a : all_) known.push_back(shown(a.name));
        text = "there is no application '" + shown(name_or_id) + '\'' +
               suggestion(name_or_id, known) +
               (all_.empty() ? "; there are none" : "\n  see `mecctl apps`");
    } else {
        text = std::to_string(same.size()) + " applications have the name '" + shown(name_or_id) +
               "'; use an id:";
        for (const snapshot* a : same) text += "\n  " + a->app_instance_id;
    }
    throw refusal(failure, text);
}

} // namespace mecctl
