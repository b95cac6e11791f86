// This finds what a person who mistyped a word may have meant.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NEAREST_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NEAREST_H_

#include <string>
#include <string_view>
#include <vector>

namespace accord::ctl {

// This gives how many letters must be added, removed, replaced or exchanged with their neighbour to turn one
// word into the other.
std::size_t EditDistance(std::string_view a, std::string_view b);

// This gives at most `most` of `known`, nearest first: those whose distance is within a third of the
// word's length, and those that begin with it or contain it as a part between hyphens. It is empty if
// nothing is near.
std::vector<std::string> Nearest(const std::string& word, const std::vector<std::string>& known,
                                 std::size_t most = 4);

// This gives the same as a question in the session's language: `did you mean a or b?`; it is empty if nothing
// is near.
std::string NearestInSessionLanguage(const std::string& word, const std::vector<std::string>& known);

// This gives `did you mean a or b? `, in English whatever the session's language; it is empty if nothing
// is near.
std::string NearestInEnglish(const std::string& word, const std::vector<std::string>& known);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NEAREST_H_
