// This renews the certificate of the connector by itself, once two thirds of its life are over.
#ifndef ACCORD_CLIENTS_CONNECTOR_RENEWAL_H_
#define ACCORD_CLIENTS_CONNECTOR_RENEWAL_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/client/client.h"
#include "accord/connector/config.pb.h"
#include "clients/accordctl/core/certificate_files.h"
#include "common/pki/authority.h"

namespace accord::connector {

struct RenewalOptions {
  // They are between attempts that fail.
  client::Waits waits = client::Waits(client::Seconds(60), client::Seconds(3600));
  // It is between two looks at a certificate that is not due.
  client::Seconds look{60};
  // For so long the gateways may be yet to hear of the next certificate.
  client::Seconds news{30};
};

// This says how the renewal goes, since this process began.
struct RenewalSeen {
  // The present certificate ends then, and is renewed from `due` on. They are nothing while it cannot
  // be read.
  std::optional<absl::Time> ends = std::nullopt, due = std::nullopt;
  // This says how many attempts have failed since the last certificate was taken.
  int64_t failures = 0;
  // Why the last of them did, in plain words, and the rule that refused it; it is empty if none did.
  std::string problem = "";
  std::string reason = "";
};

// This returns FAILED_PRECONDITION, with what to do, for a `renewal` that names no person or no purpose. A
// configuration without one is whole: then nothing is renewed.
absl::Status CheckRenewal(const ConnectorConfig& config);

class Renewal {
 public:
  // Everybody of the agency may renew, because the certificate decides. The call names `person`.
  Renewal(const client::Client& client, const RenewalConfig& person,
          const RenewalOptions& options = RenewalOptions());
  // It closes the client, so that it waits for no call under the present certificate.
  ~Renewal();
  Renewal(const Renewal&) = delete;
  Renewal& operator=(const Renewal&) = delete;

  RenewalSeen seen();

 private:
  void Run();
  // This renews if it is due, and says how long to rest.
  client::Seconds Look(client::Waits* waits);
  // These four throw what the client throws.
  absl::Status RenewIfDue();
  absl::StatusOr<ctl::NextPair> Obtain(const pki::Issued& present, ctl::CertificateFiles* files);
  absl::Status Ask(const ctl::NextPair& next);
  // This waits until a gateway takes the next certificate: nobody reads one that opens nothing yet.
  void AwaitAdmission(const ctl::NextPair& next);
  absl::StatusOr<pki::Issued> Present();
  void Failed(const std::string& problem, const std::string& reason);
  void Went();
  // This is false if it is over.
  bool Rest(client::Seconds seconds);

  // It calls for the person.
  const client::Client client_;
  const RenewalOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  RenewalSeen seen_;
  std::thread thread_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_RENEWAL_H_
