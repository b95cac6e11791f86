#include "services/registry/certificate_record.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/ids.h"

namespace accord::registry {

v1::Certificate CertificateRecordOf(const std::string& system, const pki::Issued& issued) {
  v1::Certificate certificate;
  certificate.set_fingerprint(Hex(issued.fingerprint));
  certificate.set_name(absl::StrCat(system, "/certificates/", certificate.fingerprint().substr(0, 32)));
  certificate.set_state(v1::CERTIFICATE_STATE_ACTIVE);
  *certificate.mutable_not_before() = ToProto(issued.not_before);
  *certificate.mutable_not_after() = ToProto(issued.not_after);
  certificate.set_certificate_pem(issued.pem);
  return certificate;
}

}  // namespace accord::registry
