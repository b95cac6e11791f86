// These are earlier versions of records, which every service lists in the same way for people of the agency
// that owns the record.
#ifndef ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_
#define ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <string>

#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// This removes from one version of a record what its getter would have left out for this caller.
using ShownVersion = std::function<void(const Caller& caller, google::protobuf::Message* version)>;

struct RecordHistoryOptions {
  // The package is, for example, `accord.protocols.v1`.
  std::string package;
  const storage::PageTokens* tokens = nullptr;
  // These are kinds that are not stored under the singular of their resource, as in ChangeFeedOptions.
  std::map<std::string, std::string> stored_as = {};
  // These are functions for resources whose getter leaves out parts because of the record's content and not
  // by class alone, keyed by the singular of the resource. An earlier version may contain such a part even if
  // the present one does not.
  std::map<std::string, ShownVersion> shown = {};
};

// This serves `<package>.ChangeService/ListRecordRevisions` for the kinds whose resource option has
// `history`. The caller must belong to the agency that owns the record, and the record's getter must answer
// the caller now. What the getter now withholds or masks is masked in every version. As in the feed, another
// agency that made a change is named only if the record names it to the caller, and the person only if the
// record names the person too.
void RegisterRecordHistory(RecordHistoryOptions options, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_
