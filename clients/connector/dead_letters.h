// `accord-connector dead-letters list | replay ID | discard ID --reason TEXT`, with `--all` in place of the
// ID, is about what could not be delivered to webhooks.
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
  // This is `list`, `replay` or `discard`; anything else is refused when it is carried out.
  std::string verb;
  // This is empty if there is none.
  std::string id;
  // This says why they are discarded; it is empty if nothing is said.
  std::string reason = "";
};

// This takes `dead-letters`, its words and `--reason TEXT` out of a command line, so that the flags are left.
// It gives nothing, and takes nothing out, if the command line begins with another word.
std::optional<DeadLetterWords> TakeDeadLetterWords(std::vector<char*>* arguments);

// This gives what is to be printed. It returns INVALID_ARGUMENT, with what to write, for words that say
// nothing that can be done; it returns NOT_FOUND if no dead letter has the id. A connector may run over the
// same folder meanwhile; it finds what is replayed, and tells its log what was discarded.
absl::StatusOr<std::string> DoWithDeadLetters(const std::string& state_folder, const DeadLetterWords& words,
                                              bool all);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_
