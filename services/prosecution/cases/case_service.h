// These are the handlers of CaseService.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_CASE_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_CASE_SERVICE_H_

#include <string>

#include "accord/prosecution/v1/case_service.pb.h"
#include "common/aggregates/office_counts.h"
#include "common/host/calls/handlers.h"
#include "services/prosecution/cases/case_readers.h"

namespace accord::prosecution {

class CaseService {
 public:
  CaseService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("case", tokens), accused_("accused", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This gives what the office counts: all accused by stage, by region and by restitution.
  absl::StatusOr<Tallies> CountAll(storage::Transaction& tx);
  // This gives a case to the seats that list it, if it was stored before seats existed.
  absl::Status Place(storage::Transaction& tx, const std::string& name);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Case>;

  absl::StatusOr<v1::Establishment> Establishment(host::Call&, Tx&, const v1::GetEstablishmentRequest&);
  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateCaseRequest&);
  Result Get(host::Call&, Tx&, const v1::GetCaseRequest&);
  absl::StatusOr<v1::ListCasesResponse> List(host::Call&, Tx&, const v1::ListCasesRequest&);
  Result Correct(host::Call&, Tx&, const storage::Write&, const v1::CorrectCaseRequest&);
  Result Assign(host::Call&, Tx&, const storage::Write&, const v1::AssignCrownRequest&);
  Result Replace(host::Call&, Tx&, const storage::Write&, const v1::ReplaceCrownRequest&);
  Result DeclareConflict(host::Call&, Tx&, const storage::Write&, const v1::DeclareCaseConflictRequest&);
  Result RecordBan(host::Call&, Tx&, const storage::Write&, const v1::RecordPublicationBanRequest&);
  Result RecordAid(host::Call&, Tx&, const storage::Write&, const v1::RecordTestimonialAidRequest&);
  Result RecordRecords(host::Call&, Tx&, const storage::Write&, const v1::RecordRecordsApplicationRequest&);
  absl::StatusOr<v1::ListCaseStatusesResponse> ListStatuses(host::Call&, Tx&,
                                                            const v1::ListCaseStatusesRequest&);
  absl::StatusOr<v1::CountProsecutionsResponse> Count(host::Call&, Tx&, const v1::CountProsecutionsRequest&);

  // This stores the case with its open tasks, which are the steps that the law still requires.
  Result Keep(host::Call&, Tx&, const storage::Write&, const std::string& etag, v1::Case);

  storage::Resources cases_;
  storage::Resources accused_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_CASE_SERVICE_H_
