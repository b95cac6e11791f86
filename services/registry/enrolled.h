// This is one kind of record of the registry, which keeps calls from writing what belongs to the log.
#ifndef ACCORD_SERVICES_REGISTRY_ENROLLED_H_
#define ACCORD_SERVICES_REGISTRY_ENROLLED_H_

#include <string>
#include <string_view>

#include "common/storage/records/resources.h"

namespace accord::registry {

class LogIdentity;

// This is one kind of enrolled record: agencies, or what belongs to them. It refuses every write to an agency
// of kind platform_log with PERMISSION_DENIED and rule KIND_NOT_ENROLLED, whichever RPC asks. Only
// LogIdentity writes such records, past this check.
class Enrolled : private storage::Resources {
 public:
  // This is what calls may do to the records of the log: nothing, or change existing ones, which disables the
  // log's identity or enables it again.
  enum class OfTheLog { kNothing, kChange };

  Enrolled(const std::string& kind, const storage::PageTokens* tokens, OfTheLog of_the_log)
      : Resources(kind, tokens), of_the_log_(of_the_log) {}

  absl::Status Insert(storage::Transaction& tx, google::protobuf::Message* message,
                      const storage::Write& write, const storage::Placement& placement);
  absl::Status Update(storage::Transaction& tx, google::protobuf::Message* message, std::string_view etag,
                      const storage::Write& write, const storage::Placement& placement);
  // This makes the same check before any other.
  absl::Status CheckChange(storage::Transaction& tx, const google::protobuf::Message& message) const;
  using storage::Resources::CountListed;
  using storage::Resources::CountUpTo;
  using storage::Resources::Get;
  using storage::Resources::GetAny;
  using storage::Resources::List;
  using storage::Resources::ListAll;
  using storage::Resources::ListEvery;
  using storage::Resources::ListInto;
  using storage::Resources::PlaceAgain;

 private:
  friend class LogIdentity;
  const OfTheLog of_the_log_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_ENROLLED_H_
