// This decides who reads what of a survivor: the workers of the case read all of it, managers and privacy
// officers see its outline, and nobody else sees anything.
#ifndef ACCORD_SERVICES_SUPPORTS_CASE_ACCESS_H_
#define ACCORD_SERVICES_SUPPORTS_CASE_ACCESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "accord/supports/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This gives the name of the support case to which a consent or a disclosure belongs.
std::string SupportCaseOf(const std::string& name);
// This tells whether the caller is one of the case's workers, at the case's own agency.
bool IsCaseWorker(const Caller& caller, const v1::SupportCase& item);
// This tells whether the caller is a manager or the privacy officer, who see only that their agency has
// these cases.
bool IsCaseOverseer(const Caller& caller);
// This gives the viewer for which the caller lists the cases that he or she works in.
std::string CaseWorkerViewerOf(const Caller& caller);
// This gives the viewer for which the caller lists cases.
std::string CaseViewerOf(const Caller& caller);
storage::Placement CasePlacement(const v1::SupportCase& item);

// This gives the case to its workers and to those who oversee them. It fails with NOT_FOUND for
// everybody else.
absl::Status ReadCase(const Caller& caller, storage::Transaction& tx, storage::Resources* cases,
                      const std::string& name, v1::SupportCase* out);
// This gives the case to its workers only. It fails with NOT_FOUND for everybody else.
absl::Status ReadCaseAsWorker(const Caller& caller, storage::Transaction& tx, storage::Resources* cases,
                              const std::string& name, v1::SupportCase* out);
// This gives a page of the records under the parent in this collection, as the caller's agency may list them.
// `request` is any request that asks for a page.
template <typename Request>
storage::ListQuery PageOfRecordsUnder(const std::string& record, const std::string& collection,
                                      const Caller& caller, const Request& request) {
  return {caller.agency,
          {},
          request.page_size(),
          request.page_token(),
          absl::StrCat(record, "/", collection, "/")};
}
// Masks in the answer everything that is sensitive.
void WithholdAllOfCase(host::Call* call);
// Masks everything that is sensitive unless the caller is a worker of the case.
void WithholdCaseFromOthers(const v1::SupportCase& item, host::Call* call);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CASE_ACCESS_H_
