// These are the handlers of SurvivorNoticeService, by which a worker reaches a survivor by the safe
// contact only.
#ifndef ACCORD_SERVICES_SUPPORTS_NOTICES_SURVIVOR_NOTICE_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_NOTICES_SURVIVOR_NOTICE_SERVICE_H_

#include <map>
#include <string>

#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::supports {

class SurvivorNoticeService {
 public:
  explicit SurvivorNoticeService(const storage::PageTokens* tokens)
      : cases_("support_case", tokens), notices_("survivor_notice", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::SurvivorNotice>;
  using Page = absl::StatusOr<v1::ListSurvivorNoticesResponse>;

  Result Plan(host::Call&, Tx&, const storage::Write&, const v1::PlanSurvivorNoticeRequest&);
  Result Get(host::Call&, Tx&, const v1::GetSurvivorNoticeRequest&);
  Page List(host::Call&, Tx&, const v1::ListSurvivorNoticesRequest&);
  Result Close(host::Call&, Tx&, const storage::Write&, const v1::CloseSurvivorNoticeRequest&);
  // This gives the case that the request names, or all cases if it names none, as far as the caller works in
  // them. They are keyed by their names.
  absl::StatusOr<std::map<std::string, v1::SupportCase>> CasesToList(const Caller& caller, Tx&,
                                                                     const std::string& support_case);
  // This gives the notice as it is stored, and its case. It fails with NOT_FOUND unless the caller works in
  // the case.
  absl::Status Read(const Caller& caller, Tx&, const std::string& name, v1::SurvivorNotice* notice,
                    v1::SupportCase* of);

  storage::Resources cases_;
  storage::Resources notices_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_NOTICES_SURVIVOR_NOTICE_SERVICE_H_
