#include "clients/connector/dead_letters.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/connector/positions.h"
#include "clients/connector/seal_key.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::connector {
namespace {

constexpr char kList[] = "list", kReplay[] = "replay", kDiscard[] = "discard", kReason[] = "--reason";
constexpr std::size_t kLongestReason = 200;

absl::StatusOr<std::string> ListDead(Deliveries& deliveries) {
  ACCORD_ASSIGN_OR_RETURN(const std::vector<DeadLetter> letters, deliveries.Dead());
  if (letters.empty()) return std::string("There are no dead letters.\n");
  std::string text;
  for (const DeadLetter& each : letters) {
    absl::StrAppend(&text, each.id, "  webhook ", each.webhook, "  watch ", each.watch, "  since ",
                    absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", each.since, absl::UTCTimeZone()), "  attempts ",
                    each.attempts, "  ", each.problem, "\n");
  }
  return text;
}

absl::Status NoDeadLetter(const std::string& id) {
  return absl::NotFoundError(
      absl::StrCat("No dead letter has the id ", id, ". `dead-letters list` tells them."));
}

absl::StatusOr<std::string> ReplayDead(Deliveries& deliveries, const std::string& id) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t count, id.empty() ? deliveries.ReplayAll() : deliveries.Replay(id));
  if (count == 0 && !id.empty()) return NoDeadLetter(id);
  return absl::StrCat("Replayed: ", count, ". The connector delivers them while it runs.\n");
}

absl::StatusOr<std::string> DiscardDead(Deliveries& deliveries, const DeadLetterWords& words) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t count, words.id.empty() ? deliveries.DiscardAll(words.reason)
                                                                : deliveries.Discard(words.id, words.reason));
  if (count == 0 && !words.id.empty()) return NoDeadLetter(words.id);
  return absl::StrCat(
      "Discarded: ", count,
      ". Their content is erased, and the log of the connector tells them and the reason within a "
      "minute while it runs.\n");
}

// It becomes one field of a line of the log.
absl::Status CheckDeadLetterReason(const std::string& reason) {
  const bool is_line = std::all_of(reason.begin(), reason.end(),
                                   [](unsigned char each) { return each >= ' ' && each != 0x7f; });
  if (!reason.empty() && reason.size() <= kLongestReason && is_line) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("Write why after `--reason`, on one line of at most ", kLongestReason,
                   " bytes, and name no person in it: the log of the connector tells it."));
}

}  // namespace

std::optional<DeadLetterWords> TakeDeadLetterWords(std::vector<char*>* arguments) {
  if (arguments->size() < 2 || std::string((*arguments)[1]) != "dead-letters") return std::nullopt;
  std::string reason;
  for (std::size_t i = 2; i + 1 < arguments->size(); ++i) {
    if (std::string((*arguments)[i]) != kReason) continue;
    reason = (*arguments)[i + 1];
    const auto from = arguments->begin() + static_cast<std::ptrdiff_t>(i);
    arguments->erase(from, from + 2);
    break;
  }
  std::vector<std::string> words;
  std::size_t end = 2;
  while (end < arguments->size() && (*arguments)[end][0] != '-' && words.size() < 2) {
    words.emplace_back((*arguments)[end++]);
  }
  arguments->erase(arguments->begin() + 1, arguments->begin() + static_cast<std::ptrdiff_t>(end));
  words.resize(2);
  return DeadLetterWords{words[0], words[1], reason};
}

absl::StatusOr<std::string> DoWithDeadLetters(const std::string& state_folder, const DeadLetterWords& words,
                                              bool all) {
  const bool is_list = words.verb == kList && words.id.empty() && !all;
  const bool is_replay = words.verb == kReplay && words.id.empty() == all;
  const bool is_discard = words.verb == kDiscard && words.id.empty() == all;
  if ((!is_list && !is_replay && !is_discard) || (!is_discard && !words.reason.empty())) {
    return absl::InvalidArgumentError(
        "Write `dead-letters list`, `dead-letters replay ID` or `dead-letters discard ID --reason TEXT`, with "
        "`--all` in place of the ID for all of them, and then --config.");
  }
  if (is_discard) ACCORD_RETURN_IF_ERROR(CheckDeadLetterReason(words.reason));
  const std::string file = state_folder + "/inbox.db";
  ACCORD_ASSIGN_OR_RETURN(const bool has_inbox, IsThere(file));
  // A key that is made here would open nothing.
  ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(state_folder + "/seal.key"));
  if (!has_inbox || !has_key) {
    return absl::NotFoundError(
        absl::StrCat(file, " or seal.key beside it is not there, so that nothing can be read."));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto keyring, SealKey(state_folder));
  ACCORD_ASSIGN_OR_RETURN(const auto positions, Positions::Open(file, keyring));
  Deliveries deliveries(positions->database(), keyring);
  if (is_list) return ListDead(deliveries);
  return is_replay ? ReplayDead(deliveries, words.id) : DiscardDead(deliveries, words);
}

}  // namespace accord::connector
