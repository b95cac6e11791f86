// Finds what somebody may have meant who mistyped a word.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NEAREST_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NEAREST_H_

#include <string>
#include <string_view>
#include <vector>

namespace accord::ctl {

// How many letters must be added, taken away, replaced or exchanged with their neighbour to make one
// the other.
std::size_t EditDistance(std::string_view a, std::string_view b);

// Gives at the most `most` of `known`, nearest first: those within a third of the word's letters, and those
// that begin with it or contain it as a part between hyphens. Empty if nothing is near.
std::vector<std::string> Nearest(const std::string& word, const std::vector<std::string>& known,
                                 std::size_t most = 4);

// Gives the same in words, in the language that is spoken: `did you mean a or b?`; empty if nothing is near.
std::string MeantText(const std::string& word, const std::vector<std::string>& known);

// `did you mean a or b? `, in English whatever is spoken; empty if nothing is near.
std::string NearestText(const std::string& word, const std::vector<std::string>& known);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NEAREST_H_
