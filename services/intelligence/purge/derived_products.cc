#include "services/intelligence/purge/derived_products.h"

#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/storage/retention/retention.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/products/product_input_store.h"
#include "services/intelligence/products/product_placement.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/report_use.h"
#include "services/intelligence/sharing/copy_placement.h"
#include "services/intelligence/sharing/releases.h"

namespace accord::intelligence {
namespace {

using storage::Transaction;
using storage::Write;
using v1::Product;
using v1::Report;

constexpr char kReport[] = "report";
constexpr char kProduct[] = "product";

// This gives the products made from a report, except those that ended with another of their inputs.
absl::StatusOr<std::vector<std::string>> LiveProductsFrom(Transaction& tx, const std::string& report) {
  ACCORD_ASSIGN_OR_RETURN(auto names, ProductsFrom(tx, report));
  std::vector<std::string> live;
  for (auto& name : names) {
    ACCORD_ASSIGN_OR_RETURN(const bool ended, storage::HasEnded(tx, OwnerOf(name), name));
    if (!ended) live.push_back(std::move(name));
  }
  return live;
}

// This erases from each record about a report what `clear` takes out of it, in every version.
template <class M, class Clear>
absl::Status EraseFromEach(Transaction& tx, storage::Resources& records, const std::string& kind,
                           const Report& report, const Write& write, const Clear& clear) {
  const storage::ListQuery query{OwnerOf(report.name()), {{"report", report.name()}}, 1000, "", ""};
  ACCORD_ASSIGN_OR_RETURN(auto all, records.ListEvery<M>(tx, query));
  for (M& each : all) {
    ACCORD_RETURN_IF_ERROR(storage::EraseContent(tx, kind, each.name()));
    clear(&each);
    const std::string etag = each.etag();
    ACCORD_RETURN_IF_ERROR(records.Update(tx, &each, etag, write, intelligence::PlacementOf(each)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status DerivedProducts::VoidAgreements(Transaction& tx, const Report& report, const Write& write) {
  const std::string originator = OwnerOf(report.name());
  ACCORD_ASSIGN_OR_RETURN(const auto names, LiveProductsFrom(tx, report.name()));
  for (const auto& name : names) {
    Product product;
    ACCORD_RETURN_IF_ERROR(products_.GetAny(tx, name, &product));
    if (!DropAgreements(originator, &product)) continue;
    const std::string etag = product.etag();
    ACCORD_RETURN_IF_ERROR(products_.Update(tx, &product, etag, write, PlacementOf(product)));
  }
  return absl::OkStatus();
}

absl::Status DerivedProducts::PurgeOne(Transaction& tx, const std::string& name, bool keep_sanitised,
                                       const std::string& reason, const Write& write) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.GetAny(tx, name, &product));
  if (!Sanitised(product) || !keep_sanitised) {
    return storage::EndRecord(tx, kProduct, name, reason, storage::End::kPurged, write);
  }
  ACCORD_RETURN_IF_ERROR(storage::EraseContent(tx, kProduct, name));
  product.clear_text();
  const std::string etag = product.etag();
  return products_.Update(tx, &product, etag, write, PlacementOf(product));
}

absl::Status DerivedProducts::EraseReasons(Transaction& tx, const Report& report, const Write& write) {
  ACCORD_RETURN_IF_ERROR(EraseFromEach<v1::ReportCopy>(tx, copies_, "report_copy", report, write,
                                                       [](v1::ReportCopy* copy) { copy->clear_purpose(); }));
  return EraseFromEach<v1::ReleaseRequest>(
      tx, releases_, "release_request", report, write,
      [](v1::ReleaseRequest* release) { release->clear_justification(); });
}

absl::StatusOr<int> DerivedProducts::Purge(Transaction& tx, const Report& report, const std::string& reason,
                                           const Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const int notices, notices_.Issue(tx, report, write));
  ACCORD_ASSIGN_OR_RETURN(const auto names, LiveProductsFrom(tx, report.name()));
  for (const auto& name : names) {
    ACCORD_RETURN_IF_ERROR(PurgeOne(tx, name, InUse(report), reason, write));
  }
  ACCORD_RETURN_IF_ERROR(EraseReasons(tx, report, write));
  ACCORD_RETURN_IF_ERROR(
      storage::EndRecord(tx, kReport, report.name(), reason, storage::End::kPurged, write));
  return notices;
}

absl::Status DerivedProducts::Seal(Transaction& tx, const Report& report, const std::string& reason,
                                   const Write& write) {
  ACCORD_RETURN_IF_ERROR(notices_.Issue(tx, report, write).status());
  ACCORD_ASSIGN_OR_RETURN(const auto names, LiveProductsFrom(tx, report.name()));
  for (const auto& name : names) {
    ACCORD_RETURN_IF_ERROR(storage::EndRecord(tx, kProduct, name, reason, storage::End::kSealed, write));
  }
  ACCORD_RETURN_IF_ERROR(EraseReasons(tx, report, write));
  return storage::EndRecord(tx, kReport, report.name(), reason, storage::End::kSealed, write);
}

}  // namespace accord::intelligence
