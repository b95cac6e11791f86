// This is the audit log's own identity at the gateway: an agency of kind platform_log with one system, one
// actor and one certificate, as the registry's configuration names them. No RPC makes any of it.
#ifndef ACCORD_SERVICES_REGISTRY_LOG_IDENTITY_H_
#define ACCORD_SERVICES_REGISTRY_LOG_IDENTITY_H_

#include <string>

#include "accord/host/v1/config.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/pki/authority.h"
#include "common/storage/database/database.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

// This is the request id of everything that the registry writes for the log.
inline constexpr char kLogIdentityRequest[] = "log-identity";

class LogIdentity {
 public:
  LogIdentity(storage::Database* database, RegistryStore* store, const pki::Authority* authority)
      : database_(database), store_(store), authority_(authority) {}

  // This makes what the registry holds of the log what the configuration says, with a certificate in PEM, in
  // one transaction: what is missing is made, an agency of kind platform_service that was enrolled for it
  // before becomes the log's, and every other actor and certificate of an agency of the log's kind ends. It
  // does nothing if all is so already, and other replicas may do it at the same time.
  //
  // It fails with FAILED_PRECONDITION, and changes nothing, by rule LOG_CERTIFICATE_INVALID (the certificate
  // is not the authority's, or is of another agency or system), LOG_CERTIFICATE_ENDED,
  // LOG_CERTIFICATE_REVOKED (the office ended it, or a later one did) or LOG_AGENCY_TAKEN (an agency of
  // another kind has this id).
  absl::Status Settle(const host::v1::LogIdentity& config, const std::string& certificate_pem,
                      absl::Time now);
  // This does the same at the start of the registry with the certificate that the configuration names, if it
  // names one. Only an unavailable database is an error; any other refusal is written to the process's log.
  absl::Status Start(const host::v1::LogIdentity& config, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Write = storage::Write;
  // These are the names of the agency, the system and the actor, and the certificate as it is to be stored.
  struct Wanted {
    std::string agency, system, actor;
    v1::Certificate certificate;
  };

  absl::StatusOr<Wanted> Read(const host::v1::LogIdentity& config, const std::string& certificate_pem,
                              absl::Time now) const;
  absl::Status SettleAgency(Tx&, const Write&, const Wanted&);
  absl::Status SettleSystem(Tx&, const Write&, const Wanted&);
  absl::Status SettleActor(Tx&, const Write&, const Wanted&);
  absl::Status SettleCertificate(Tx&, const Write&, const Wanted&);
  absl::Status EndOthers(Tx&, const Write&, const Wanted&);
  absl::Status EndOtherActors(Tx&, const Write&, const Wanted&, const storage::ListQuery& all);
  absl::Status EndOtherCertificates(Tx&, const Write&, const Wanted&, const storage::ListQuery& all);

  storage::Database* const database_;
  RegistryStore* const store_;
  const pki::Authority* const authority_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_LOG_IDENTITY_H_
