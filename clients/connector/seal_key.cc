#include "clients/connector/seal_key.h"

#include "absl/strings/str_cat.h"
#include "clients/connector/own_file.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

constexpr std::size_t kKeyBytes = 32;

}  // namespace

std::string OutboxFile(const std::string& state_folder) { return state_folder + "/outbox.db"; }

absl::StatusOr<std::shared_ptr<const storage::Keyring>> SealKey(const std::string& state_folder) {
  ACCORD_RETURN_IF_ERROR(MakeOwnFolder(state_folder));
  const std::string path = state_folder + "/seal.key";
  ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(path));
  ACCORD_ASSIGN_OR_RETURN(const bool has_outbox, IsThere(OutboxFile(state_folder)));
  if (!has_key && has_outbox) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " is gone, and nothing else opens ", OutboxFile(state_folder),
                     ". Bring the key back, or move the outbox away to begin without what is in it."));
  }
  if (!has_key) ACCORD_RETURN_IF_ERROR(WriteFile(path, RandomBytes(kKeyBytes), FileKind::kSecret));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadOwnFile(path));
  return storage::Keyring::From({key}, HmacSha256(key, "accord connector index v1"));
}

}  // namespace accord::connector
