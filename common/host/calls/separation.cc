#include "common/host/calls/separation.h"

#include <algorithm>

#include "common/access/method.h"
#include "common/access/separation.h"
#include "common/base/error.h"
#include "common/storage/records/contributions.h"

namespace accord::host {

using google::protobuf::Message;

absl::Status CheckSeparation(storage::Transaction& tx, const storage::Write& write, const std::string& path,
                             const Message& request) {
  for (const Bar& bar : BarsOf(MethodFullName(path))) {
    const std::string record = RecordOf(*bar.act, request, nullptr);
    ACCORD_ASSIGN_OR_RETURN(const auto acts, storage::ContributionsOf(tx, record, write.agency, write.actor));
    for (const Act& done : bar.separation->done) {
      if (std::find(acts.begin(), acts.end(), done.method) == acts.end()) continue;
      return Refuse(*bar.separation->rule, bar.separation->message);
    }
  }
  return absl::OkStatus();
}

absl::Status KeepContribution(storage::Transaction& tx, const storage::Write& write, const std::string& path,
                              const Message& request, const Message& response) {
  const std::string method = MethodFullName(path);
  const Act* act = RememberedAct(method);
  if (act == nullptr) return absl::OkStatus();
  return storage::NoteContribution(tx, RecordOf(*act, request, &response), method, write);
}

}  // namespace accord::host
