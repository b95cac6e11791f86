// Witnesses are agencies that look after the log: they cosign its checkpoints, and no later log may
// contradict them.
#ifndef ACCORD_SERVICES_AUDIT_WITNESS_WITNESS_SERVICE_H_
#define ACCORD_SERVICES_AUDIT_WITNESS_WITNESS_SERVICE_H_

#include <string>

#include "accord/audit/v1/audit_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/merkle/checkpoint.h"
#include "services/audit/witness/witnessed_file.h"

namespace accord::audit {

class WitnessService {
 public:
  WitnessService(const storage::PageTokens* tokens, std::string origin, const Key* key, WitnessedFile* file)
      : witnesses_("witness", tokens), origin_(std::move(origin)), key_(key), file_(file) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::Witness> RegisterWitness(host::Call&, Tx&, const storage::Write&,
                                              const v1::RegisterWitnessRequest&);
  absl::StatusOr<v1::ListWitnessesResponse> List(host::Call&, Tx&, const v1::ListWitnessesRequest&);
  absl::StatusOr<v1::Checkpoint> Cosign(host::Call&, Tx&, const storage::Write&,
                                        const v1::CosignCheckpointRequest&);
  absl::StatusOr<v1::Checkpoint> Get(host::Call&, Tx&, const v1::GetWitnessedCheckpointRequest&);
  absl::StatusOr<v1::Checkpoint> Newest(Tx&, absl::Time now);
  // This fails with INVALID_ARGUMENT if the agency has this key already, or has the largest permitted number
  // of keys.
  absl::Status CheckNew(Tx&, const std::string& agency, const std::string& public_key);

  storage::Resources witnesses_;
  const std::string origin_;
  const Key* key_;
  WitnessedFile* file_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_WITNESS_WITNESS_SERVICE_H_
