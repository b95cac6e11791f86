// What records said before: each service answers it alike, for people of the agency that owns the record.
#ifndef ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_
#define ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <string>

#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// Takes out of one version of a record what its getter would have left out for this caller.
using ShownVersion = std::function<void(const Caller& caller, google::protobuf::Message* version)>;

struct RecordHistoryOptions {
  // The package is, for example, `accord.protocols.v1`.
  std::string package;
  const storage::PageTokens* tokens = nullptr;
  // These kinds are not stored under the singular of their resource, as in the options of the feed.
  std::map<std::string, std::string> stored_as = {};
  // By the singular of a resource whose getter leaves out parts by what the record says, and not by class
  // alone: a version of the past may hold such a part where the present one has none.
  std::map<std::string, ShownVersion> shown = {};
};

// Answers `<package>.ChangeService/ListRecordRevisions` for the kinds whose resource says `history`. Whoever
// asks must be of the agency that owns the record, and the method that gets it must answer them now; what
// that method withholds or masks from them now is masked in every version. Of another agency's people they
// read the agency where the record names it to them, as in the feed, and the actor where it names that too.
void RegisterRecordHistory(RecordHistoryOptions options, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_
