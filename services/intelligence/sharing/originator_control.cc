#include "services/intelligence/sharing/originator_control.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/report_use.h"
#include "services/intelligence/sharing/copy_store.h"
#include "services/intelligence/sharing/releases.h"

namespace accord::intelligence {

using storage::Transaction;
using v1::ReleaseRequest;
using v1::Report;

absl::StatusOr<v1::MemberCategory> OriginatorControl::CategoryOf(Transaction& tx, const std::string& agency) {
  v1::Membership membership;
  const absl::Status read = memberships_.GetAny(
      tx, absl::StrCat("agencies/", rules_->bureau(), "/memberships/", agency), &membership);
  if (!read.ok() && !absl::IsNotFound(read)) return read;
  return membership.category();
}

absl::StatusOr<bool> OriginatorControl::LawEnforcement(Transaction& tx, v1::Handling handling,
                                                       const std::string& agency) {
  if (handling == v1::HANDLING_H4 && IsCrown(agency)) return true;
  ACCORD_ASSIGN_OR_RETURN(const auto category, CategoryOf(tx, agency));
  return category == v1::MEMBER_CATEGORY_I || category == v1::MEMBER_CATEGORY_II;
}

absl::StatusOr<bool> OriginatorControl::HandlingAllows(
    Transaction& tx, v1::Handling handling, const google::protobuf::RepeatedPtrField<std::string>& recipients,
    const std::string& agency) {
  switch (handling) {
    case v1::HANDLING_H2:
      return Contains(recipients, agency) && !ClosedToCrown(handling, agency);
    case v1::HANDLING_H3:
    case v1::HANDLING_H4:
      return LawEnforcement(tx, handling, agency);
    default:
      return false;
  }
}

absl::StatusOr<std::vector<v1::Handling>> OriginatorControl::ClosedTo(Transaction& tx,
                                                                      const std::string& agency) {
  std::vector<v1::Handling> closed;
  if (IsBureau(agency)) return closed;
  google::protobuf::RepeatedPtrField<std::string> named;
  *named.Add() = agency;
  for (const v1::Handling handling :
       {v1::HANDLING_H1, v1::HANDLING_H2, v1::HANDLING_H3, v1::HANDLING_H4, v1::HANDLING_H5}) {
    ACCORD_ASSIGN_OR_RETURN(const bool allowed, HandlingAllows(tx, handling, named, agency));
    if (!allowed) closed.push_back(handling);
  }
  return closed;
}

absl::StatusOr<bool> OriginatorControl::Permits(Transaction& tx, const Report& report,
                                                const std::string& agency) {
  if (agency == OwnerOf(report.name()) || IsBureau(agency)) return true;
  return HandlingAllows(tx, report.handling(), report.recipients(), agency);
}

absl::StatusOr<bool> OriginatorControl::Opens(Transaction& tx, const Report& report,
                                              const std::string& agency, const std::string& release,
                                              absl::Time now) {
  if (!Circulates(report, now)) return false;
  if (release.empty()) return Permits(tx, report, agency);
  if (ClosedToCrown(report.handling(), agency)) return false;
  ReleaseRequest granted;
  ACCORD_RETURN_IF_ERROR(releases_.GetAny(tx, release, &granted));
  // H1 stays with the originator and the bureau, except in imminent danger.
  if (report.handling() == v1::HANDLING_H1 && !granted.emergency()) return false;
  return Covers(granted, report.name(), agency, now);
}

absl::StatusOr<bool> OriginatorControl::Holds(Transaction& tx, const Report& report,
                                              const std::string& agency, absl::Time now) {
  if (report.name().empty()) return false;  // The report was purged.
  if (agency == OwnerOf(report.name())) return true;
  if (IsBureau(agency)) {
    Report seen;
    return reports_.Get(tx, report.name(), agency, &seen).ok();
  }
  ACCORD_ASSIGN_OR_RETURN(const auto held, CopiesOf(tx, report.name(), agency));
  for (const HeldCopy& each : held) {
    ACCORD_ASSIGN_OR_RETURN(const bool opens, Opens(tx, report, agency, each.release, now));
    if (opens) return true;
  }
  return false;
}

absl::StatusOr<Report> OriginatorControl::HeldReport(Transaction& tx, const std::string& name,
                                                     const std::string& agency, absl::Time now) {
  Report report;
  const absl::Status seen = reports_.Get(tx, name, agency, &report);
  if (!seen.ok() && !absl::IsNotFound(seen)) return seen;
  if (!seen.ok()) {
    ACCORD_ASSIGN_OR_RETURN(const auto copies, CopiesOf(tx, name, agency));
    if (copies.empty()) return NotFound();
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
  }
  ACCORD_ASSIGN_OR_RETURN(const bool holds, Holds(tx, report, agency, now));
  if (!holds) return NotFound();
  return report;
}

absl::StatusOr<std::string> OriginatorControl::ReleaseFor(Transaction& tx, const Report& report,
                                                          const std::string& sender, const std::string& to,
                                                          absl::Time now) {
  if (ClosedToCrown(report.handling(), to)) return "";
  storage::ListQuery query{
      sender, {{"report", report.name()}}, 1000, "", absl::StrCat("agencies/", sender, "/releaseRequests/")};
  do {
    ACCORD_ASSIGN_OR_RETURN(const auto page, releases_.List<ReleaseRequest>(tx, query));
    for (const auto& release : page.items) {
      if (report.handling() == v1::HANDLING_H1 && !release.emergency()) continue;
      if (Covers(release, report.name(), to, now)) return release.name();
    }
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  return "";
}

absl::StatusOr<bool> OriginatorControl::MayGive(Transaction& tx, const Report& report,
                                                const std::string& sender, const std::string& to,
                                                absl::Time now) {
  if (!Circulates(report, now)) return false;
  const std::string originator = OwnerOf(report.name());
  if (sender == originator) return Permits(tx, report, to);
  if (to == originator || IsBureau(to)) return true;
  ACCORD_ASSIGN_OR_RETURN(const std::string release, ReleaseFor(tx, report, sender, to, now));
  return !release.empty();
}

absl::StatusOr<bool> OriginatorControl::MayHave(Transaction& tx, const Report& report,
                                                const std::string& sender, const std::string& to,
                                                absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const bool given, MayGive(tx, report, sender, to, now));
  if (given || sender == OwnerOf(report.name()) || !Circulates(report, now)) return given;
  return Holds(tx, report, to, now);
}

}  // namespace accord::intelligence
