// These are the handlers of SupportDisclosureService, which keeps what was told of a survivor without
// consent, and whether the survivor knows of it.
#ifndef ACCORD_SERVICES_SUPPORTS_DISCLOSURES_SUPPORT_DISCLOSURE_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_DISCLOSURES_SUPPORT_DISCLOSURE_SERVICE_H_

#include <string>

#include "accord/supports/v1/support_disclosure_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::supports {

class SupportDisclosureService {
 public:
  explicit SupportDisclosureService(const storage::PageTokens* tokens)
      : cases_("support_case", tokens), disclosures_("support_disclosure", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::SupportDisclosure>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateSupportDisclosureRequest&);
  Result Get(host::Call&, Tx&, const v1::GetSupportDisclosureRequest&);
  absl::StatusOr<v1::ListSupportDisclosuresResponse> List(host::Call&, Tx&,
                                                          const v1::ListSupportDisclosuresRequest&);
  Result Record(host::Call&, Tx&, const storage::Write&, const v1::RecordSupportDisclosureRequest&);
  // This gives the disclosure to the workers of its case only. It fails with NOT_FOUND for everybody else.
  Result Read(const Caller& caller, Tx&, const std::string& name);

  storage::Resources cases_;
  storage::Resources disclosures_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_DISCLOSURES_SUPPORT_DISCLOSURE_SERVICE_H_
