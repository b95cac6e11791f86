// This is what a caller is to a record: for example its sender, its receiver or a signatory. The rule beside
// each method says which of these parts may call it, and a service says for each of its collections which
// parts a caller has in one of its records.
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
  // This gives the parts that the caller has in the record of this name; accord::NotFound() if the caller may
  // not see it.
  using Teller =
      std::function<absl::StatusOr<PartSet>(Call&, storage::Transaction&, const std::string& name)>;

  // This sets the function for the records of a collection, for example `referrals` for
  // `agencies/cas-york/referrals/01J...`. Without one, the name itself decides: the owner's agency has the
  // owner's part, and the coordination office has the office's.
  void Tell(const std::string& collection, Teller teller) { tellers_[collection] = std::move(teller); }

  // Checks that the caller has one of the parts that the method's rule requires in the record that the
  // request names. It fails with accord::NotFound() for a caller without any part in it, and with
  // PERMISSION_DENIED, with the rule for the missing part, for a caller with another part.
  absl::Status Check(const Method& method, const google::protobuf::Message& request, Call& call,
                     storage::Transaction& tx) const;
  // This fails with accord::NotFound() if the caller may not see this record, although its agency does.
  absl::Status CheckSeen(Call& call, storage::Transaction& tx, const std::string& name) const;

 private:
  absl::StatusOr<PartSet> Of(Call& call, storage::Transaction& tx, const std::string& name) const;

  std::map<std::string, Teller> tellers_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_PARTS_H_
