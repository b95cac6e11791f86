// What records said before: each service answers it alike, for people of the agency that owns the record.
#ifndef ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_
#define ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_

#include <map>
#include <string>

#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

struct RecordHistoryOptions {
  // The package is, for example, `accord.protocols.v1`.
  std::string package;
  const storage::PageTokens* tokens = nullptr;
  // These kinds are not stored under the singular of their resource: for example `certificate` ->
  // `completion_certificate`.
  std::map<std::string, std::string> stored_as = {};
};

// Answers `<package>.ChangeService/ListRecordRevisions` for the kinds whose resource says `history`. Whoever
// asks must be of the agency that owns the record, and the method that gets it must answer them now; what
// that method withholds or masks from them now is masked in every version.
void RegisterRecordHistory(RecordHistoryOptions options, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_RECORD_HISTORY_H_
