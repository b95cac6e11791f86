#include "services/registry/certificate_rows.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/pki/certificate_check.h"

namespace accord::registry {
namespace {

using Tx = storage::Transaction;

constexpr char kKey[] = "key", kEnds[] = "ends", kRenewed[] = "renewed";

// This gives an instant as text, which is in the order of time.
std::string CertificateRowTime(absl::Time at) {
  return absl::StrFormat("%020d", std::max<int64_t>(absl::ToUnixMicros(at), 0));
}

absl::StatusOr<std::vector<CertificateAt>> CertificatesAfter(Tx& tx, const std::string& agency,
                                                             const char* field, absl::Time after) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, std::string>(
          "select name, value from visible where kind = 'certificate' and agency = :p1 and field = :p2 and "
          "value > :p3 order by value, name",
          agency, std::string(field), CertificateRowTime(after))));
  std::vector<CertificateAt> found;
  for (const auto& [name, value] : rows) {
    int64_t micros = 0;
    if (!absl::SimpleAtoi(value, &micros)) return absl::InternalError("a certificate's row has no time");
    found.push_back({name, absl::FromUnixMicros(micros)});
  }
  return found;
}

std::vector<std::string> NamesInRows(const std::vector<std::tuple<std::string>>& rows) {
  std::vector<std::string> names;
  for (const auto& [name] : rows) names.push_back(name);
  return names;
}

}  // namespace

std::map<std::string, std::string> CertificateRows(const v1::Certificate& certificate) {
  const std::string owner = OwnerOf(certificate.name());
  const auto of_owner = [&owner](const char* field) { return absl::StrCat(field, "@", owner); };
  std::map<std::string, std::string> rows;
  // If no certificate can be read there is no key, and the row says that it was looked for.
  rows[of_owner(kKey)] = pki::KeyDigestOf(certificate.certificate_pem()).value_or("");
  if (certificate.state() == v1::CERTIFICATE_STATE_ACTIVE) {
    rows[of_owner(kEnds)] = CertificateRowTime(FromProto(certificate.not_after()));
  }
  if (!certificate.renewed_from().empty()) {
    rows[of_owner(kRenewed)] = CertificateRowTime(FromProto(certificate.create_time()));
  }
  return rows;
}

absl::StatusOr<std::vector<std::string>> CertificatesWithKey(Tx& tx, const std::string& agency,
                                                             const std::string& key_digest) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select name from visible where kind = 'certificate' and "
                                                "agency = :p1 and field = :p2 and value = :p3",
                                                agency, std::string(kKey), key_digest));
  return NamesInRows(rows);
}

absl::StatusOr<std::vector<CertificateAt>> CertificatesInForce(Tx& tx, const std::string& agency,
                                                               absl::Time now) {
  return CertificatesAfter(tx, agency, kEnds, now);
}

absl::StatusOr<std::vector<CertificateAt>> CertificatesRenewedAfter(Tx& tx, const std::string& agency,
                                                                    absl::Time after) {
  return CertificatesAfter(tx, agency, kRenewed, after);
}

absl::StatusOr<std::vector<std::string>> CertificatesWithoutRows(Tx& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>(
          "select v.name from visible v where v.kind = 'certificate' and v.agency = :p1 and v.field = '' and "
          "not exists (select 1 from visible k where k.kind = v.kind and k.name = v.name and k.agency = "
          "v.agency and k.field = :p2) order by v.name",
          agency, std::string(kKey)));
  return NamesInRows(rows);
}

}  // namespace accord::registry
