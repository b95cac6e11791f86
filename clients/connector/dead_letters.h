// accord-connector dead-letters list | replay ID | discard ID --reason TEXT, and --all in place of the ID:
// what could not be delivered to webhooks.
#ifndef ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_
#define ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/connector/deliveries.h"

namespace accord::connector {

// The words that stand before the flags of a command line.
struct DeadLetterWords {
  // `list`, `replay` or `discard`; anything else is refused when it is carried out.
  std::string verb;
  // Empty if there is none.
  std::string id;
  // Why they are discarded; empty if nothing is said.
  std::string reason = "";
};

// Takes `dead-letters`, its words and `--reason TEXT` out of a command line, so that the flags are left.
// Nothing, and nothing is taken out, if the command line begins with another word.
std::optional<DeadLetterWords> TakeDeadLetterWords(std::vector<char*>* arguments);

// What is to be printed. INVALID_ARGUMENT, with what to write, for words that say nothing that can be done;
// NOT_FOUND if no dead letter has the id. A connector may run over the same folder meanwhile, finds what
// is replayed, and tells its log what was discarded.
absl::StatusOr<std::string> DoWithDeadLetters(const std::string& state_folder, const DeadLetterWords& words,
                                              bool all);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DEAD_LETTERS_H_
