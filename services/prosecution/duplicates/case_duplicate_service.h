// These are the handlers of CaseDuplicateService: links between cases, or accused, that were entered twice.
#ifndef ACCORD_SERVICES_PROSECUTION_DUPLICATES_CASE_DUPLICATE_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_DUPLICATES_CASE_DUPLICATE_SERVICE_H_

#include <string>

#include "accord/prosecution/v1/case_duplicate_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/prosecution/cases/case_readers.h"

namespace accord::prosecution {

class CaseDuplicateService {
 public:
  CaseDuplicateService(const storage::PageTokens* tokens, RulesNow rules)
      : duplicates_("case_duplicate", tokens),
        cases_("case", tokens),
        accused_("accused", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

  // This is a link, with the cases of both ends.
  struct Opened {
    v1::CaseDuplicate link;
    v1::Case one, other;
  };
  // This gives the link if the caller reads both ends, and NOT_FOUND otherwise.
  absl::StatusOr<Opened> Open(const Caller&, storage::Transaction&, const std::string& name);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::CaseDuplicate>;

  Result Link(host::Call&, Tx&, const storage::Write&, const v1::LinkCaseDuplicateRequest&);
  Result Get(host::Call&, Tx&, const v1::GetCaseDuplicateRequest&);
  absl::StatusOr<v1::ListCaseDuplicatesResponse> List(host::Call&, Tx&, const v1::ListCaseDuplicatesRequest&);
  Result Unlink(host::Call&, Tx&, const storage::Write&, const v1::UnlinkCaseDuplicateRequest&);

  // This gives the case of a record, which is a case or an accused, if the caller reads it, and
  // NOT_FOUND otherwise.
  absl::Status ReadRecord(const Caller&, Tx&, const std::string& name, v1::Case* of);
  absl::Status ReadEnds(const Caller&, Tx&, Opened*);
  storage::Placement PlacementOf(const Opened&) const;
  absl::Status CheckNotLinked(Tx&, const std::string& agency, const v1::CaseDuplicate&);
  // Masks what the caller may not read at either end.
  v1::CaseDuplicate Shown(host::Call&, Opened) const;

  storage::Resources duplicates_;
  storage::Resources cases_;
  storage::Resources accused_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_DUPLICATES_CASE_DUPLICATE_SERVICE_H_
