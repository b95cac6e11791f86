#include "services/intelligence/parts.h"

#include <memory>

#include "common/base/error.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/sharing/originator_control.h"

namespace accord::intelligence {
namespace {

namespace a = annotations::v1;
using host::PartSet;
using storage::Resources;

struct Records {
  Records(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : reports("report", tokens),
        releases("release_request", tokens),
        requests("information_request", tokens),
        products("product", tokens),
        notices("purge_notice", tokens),
        control(tokens, rules) {}
  Resources reports, releases, requests, products, notices;
  OriginatorControl control;
};

PartSet ReaderParts(const Records& records, const std::string& name, const std::string& agency,
                    a::Part owner) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(name) == agency) parts.insert({a::PART_OWNER, owner});
  if (records.control.IsBureau(agency)) parts.insert(a::PART_BUREAU);
  return parts;
}

absl::StatusOr<PartSet> ReportParts(Records& records, const host::Call& call, storage::Transaction& tx,
                                    const std::string& name) {
  const std::string& agency = call.caller().agency;
  v1::Report report;
  const absl::Status seen = records.reports.Get(tx, name, agency, &report);
  if (seen.ok()) return ReaderParts(records, name, agency, a::PART_ORIGINATOR);
  if (!absl::IsNotFound(seen)) return seen;
  ACCORD_RETURN_IF_ERROR(records.control.HeldReport(tx, name, agency, call.now()).status());
  return PartSet{a::PART_HOLDER};
}

absl::StatusOr<PartSet> ReleaseParts(Records& records, const host::Call& call, storage::Transaction& tx,
                                     const std::string& name) {
  const std::string& agency = call.caller().agency;
  v1::ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(records.releases.Get(tx, name, agency, &release));
  PartSet parts = ReaderParts(records, name, agency, a::PART_MAKER);
  if (release.originator() == agency) parts.insert(a::PART_ORIGINATOR);
  return parts;
}

absl::StatusOr<PartSet> RequestParts(Records& records, const host::Call& call, storage::Transaction& tx,
                                     const std::string& name) {
  const std::string& agency = call.caller().agency;
  v1::InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(records.requests.Get(tx, name, agency, &asked));
  PartSet parts = ReaderParts(records, name, agency, a::PART_MAKER);
  if (Contains(asked.to(), agency)) parts.insert(a::PART_ASKED);
  return parts;
}

absl::StatusOr<PartSet> ProductParts(Records& records, const host::Call& call, storage::Transaction& tx,
                                     const std::string& name) {
  const std::string& agency = call.caller().agency;
  v1::Product product;
  ACCORD_RETURN_IF_ERROR(records.products.Get(tx, name, agency, &product));
  PartSet parts = ReaderParts(records, name, agency, a::PART_MAKER);
  if (OriginatorsOf(product).contains(agency)) parts.insert(a::PART_ORIGINATOR);
  return parts;
}

absl::StatusOr<PartSet> NoticeParts(Records& records, const host::Call& call, storage::Transaction& tx,
                                    const std::string& name) {
  v1::PurgeNotice notice;
  ACCORD_RETURN_IF_ERROR(records.notices.Get(tx, name, call.caller().agency, &notice));
  return ReaderParts(records, name, call.caller().agency, a::PART_OWNER);
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, const v1::RuleSet* rules, host::Handlers* handlers) {
  const auto records = std::make_shared<Records>(tokens, rules);
  const auto tell = [&](const std::string& collection, auto teller) {
    handlers->parts().Tell(
        collection, [records, teller](host::Call& call, storage::Transaction& tx, const std::string& name) {
          return teller(*records, call, tx, name);
        });
  };
  tell("reports", ReportParts);
  tell("releaseRequests", ReleaseParts);
  tell("informationRequests", RequestParts);
  tell("products", ProductParts);
  tell("purgeNotices", NoticeParts);
}

}  // namespace accord::intelligence
