// This is what a caller is to a record: its sender, its receiver, a signatory. The rule beside each
// method says which parts may use it; a service says for each of its collections what a caller is to one
// of its records.
#ifndef ACCORD_COMMON_HOST_CALLS_PARTS_H_
#define ACCORD_COMMON_HOST_CALLS_PARTS_H_

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "common/access/method.h"
#include "common/host/calls/call.h"
#include "common/storage/database/database.h"

namespace accord::host {

using annotations::v1::Part;
using PartSet = std::set<Part>;

class Parts {
 public:
  // What the caller is to the record of this name; accord::NotFound() for what the caller may not see.
  using Teller =
      std::function<absl::StatusOr<PartSet>(Call&, storage::Transaction&, const std::string& name)>;

  // Of the records of a collection, `referrals` for `agencies/cas-york/referrals/01J...`. Of a collection
  // without a teller, what a name itself says: its owner's, and for the coordination office the office's.
  void Tell(const std::string& collection, Teller teller) { tellers_[collection] = std::move(teller); }

  // Whether the caller has one of the parts that the method's rule asks for in the record that the request
  // names. accord::NotFound() for who has no part in it at all; PERMISSION_DENIED, with the rule that stands
  // for the part that is missing, for who has another.
  absl::Status Check(const Method& method, const google::protobuf::Message& request, Call& call,
                     storage::Transaction& tx) const;
  // accord::NotFound() if the caller may not see this record, although its agency does.
  absl::Status CheckSeen(Call& call, storage::Transaction& tx, const std::string& name) const;

 private:
  absl::StatusOr<PartSet> Of(Call& call, storage::Transaction& tx, const std::string& name) const;

  std::map<std::string, Teller> tellers_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_PARTS_H_
