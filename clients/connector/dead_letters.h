// `accord-connector dead-letters list | replay ID | replay --all` is about what could not be delivered
// to webhooks.
#ifndef ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_
#define ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/connector/deliveries.h"

namespace accord::connector {

// These are the words that stand before the flags of a command line.
struct DeadLetterWords {
  // This is `list` or `replay`; anything else is refused when it is carried out.
  std::string verb;
  // This is empty if there is none.
  std::string id;
};

// This takes `dead-letters` and its words out of a command line, so that the flags are left. It gives
// nothing, and takes nothing out, if the command line begins with another word.
std::optional<DeadLetterWords> TakeDeadLetterWords(std::vector<char*>* arguments);

// This gives what is to be printed. It returns INVALID_ARGUMENT, with what to write, for words that say
// nothing that can be done; it returns NOT_FOUND if no dead letter has the id. A connector may run over the
// same folder meanwhile, and finds what is replayed.
absl::StatusOr<std::string> DoWithDeadLetters(const std::string& state_folder, const DeadLetterWords& words,
                                              bool all);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_
