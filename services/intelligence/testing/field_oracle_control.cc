// This file states originator control in plain lines (docs/domain.md 3.3).
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "services/intelligence/testing/field_oracle.h"

namespace accord::intelligence {
namespace {

const char kBureauAgency[] = "ci-ciso";

template <class M>
const M* As(const google::protobuf::Message& record) {
  return dynamic_cast<const M*>(&record);
}

}  // namespace

const v1::Report* Control::Report(const std::string& name) const {
  const auto found = world_.find(name);
  return found == world_.end() ? nullptr : As<v1::Report>(*found->second);
}

const v1::Product* Control::Product(const std::string& name) const {
  const auto found = world_.find(name);
  return found == world_.end() ? nullptr : As<v1::Product>(*found->second);
}

bool Control::InUse(const v1::Report& report) {
  return report.state() == v1::REPORT_STATE_ACTIVE || report.state() == v1::REPORT_STATE_REVIEW_DUE ||
         report.state() == v1::REPORT_STATE_RETAINED;
}

// H2 allows those who are named except Crowns, H3 allows members of categories I and II, and H4 allows those
// and Crowns. H1 allows nobody, and H5 is no handling of what is not sanitised.
bool Control::Allows(v1::Handling handling, const google::protobuf::RepeatedPtrField<std::string>& recipients,
                     const std::string& agency) const {
  // What may go to anybody may go to the bureau.
  if (agency == kBureauAgency) return true;
  if (absl::StartsWith(agency, "cr-")) return handling == v1::HANDLING_H4;
  if (handling == v1::HANDLING_H2) return Names(recipients, agency);
  if (handling != v1::HANDLING_H3 && handling != v1::HANDLING_H4) return false;
  const auto found = world_.find(absl::StrCat("agencies/", kBureauAgency, "/memberships/", agency));
  if (found == world_.end()) return false;
  const auto category = As<v1::Membership>(*found->second)->category();
  return category == v1::MEMBER_CATEGORY_I || category == v1::MEMBER_CATEGORY_II;
}

bool Control::Permits(const v1::Report& report, const std::string& agency) const {
  return agency == OwnerOf(report.name()) || agency == kBureauAgency ||
         Allows(report.handling(), report.recipients(), agency);
}

bool Control::Live(const v1::ReleaseRequest& release, const v1::Report& report,
                   const std::string& agency) const {
  return release.report() == report.name() && release.state() == v1::RELEASE_STATE_GRANTED &&
         (report.handling() == v1::HANDLING_H4 || !absl::StartsWith(agency, "cr-")) &&
         Names(release.granted_recipients(), agency) && release.expires_on() >= FormatDay(OntarioDay(now_)) &&
         (report.handling() != v1::HANDLING_H1 || release.emergency());
}

bool Control::Opens(const v1::Report& report, const std::string& agency, const std::string& release) const {
  if (!InUse(report)) return false;
  if (release.empty()) return Permits(report, agency);
  const auto found = world_.find(release);
  return found != world_.end() && Live(*As<v1::ReleaseRequest>(*found->second), report, agency);
}

bool Control::Holds(const v1::Report& report, const std::string& agency) const {
  if (agency == OwnerOf(report.name())) return true;
  if (agency == kBureauAgency) {
    // This holds from when it is submitted until it is taken back.
    return report.state() != v1::REPORT_STATE_DRAFT && report.state() != v1::REPORT_STATE_RECALLED;
  }
  return std::any_of(world_.begin(), world_.end(), [&](const auto& each) {
    const auto* copy = As<v1::ReportCopy>(*each.second);
    return copy != nullptr && copy->report() == report.name() && copy->to_agency() == agency &&
           copy->product().empty() && Opens(report, agency, copy->release());
  });
}

bool Control::Released(const v1::Report& report, const std::string& from, const std::string& to) const {
  return std::any_of(world_.begin(), world_.end(), [&](const auto& each) {
    const auto* release = As<v1::ReleaseRequest>(*each.second);
    return release != nullptr && OwnerOf(release->name()) == from && Live(*release, report, to);
  });
}

std::set<std::string> Control::Originators(const v1::Product& product) const {
  std::set<std::string> originators;
  for (const std::string& input : product.inputs()) originators.insert(OwnerOf(input));
  return originators;
}

// What was issued stands when an input is purged after its time, and is erased when the purged input was not
// in use.
bool Control::Stand(const v1::Product& product) const {
  return std::all_of(product.inputs().begin(), product.inputs().end(), [&](const std::string& input) {
    const v1::Report* report = Report(input);
    return report == nullptr ? !product.sanitised_text().empty() : InUse(*report);
  });
}

bool Control::MakerHolds(const v1::Product& product) const {
  return std::all_of(product.inputs().begin(), product.inputs().end(), [&](const std::string& input) {
    const v1::Report* report = Report(input);
    return report != nullptr && InUse(*report) && Holds(*report, OwnerOf(product.name()));
  });
}

bool Control::Agreed(const v1::Product& product) const {
  for (const std::string& originator : Originators(product)) {
    const bool agreed = std::any_of(
        product.agreements().begin(), product.agreements().end(),
        [&](const auto& a) { return a.agency() == originator && a.digest() == product.sanitised_digest(); });
    if (originator != OwnerOf(product.name()) && !agreed) return false;
  }
  return true;
}

bool Control::MayHave(const v1::Product& product, const std::string& agency) const {
  if (!Stand(product)) return false;
  if (!product.sanitised_text().empty()) {
    return Agreed(product) && (product.handling() == v1::HANDLING_H5 ||
                               Allows(product.handling(), product.recipients(), agency));
  }
  if (!Allows(product.handling(), product.recipients(), agency) || !MakerHolds(product)) return false;
  const std::string maker = OwnerOf(product.name());
  return std::all_of(product.inputs().begin(), product.inputs().end(), [&](const std::string& input) {
    const v1::Report& report = *Report(input);
    return maker == OwnerOf(input) ? Permits(report, agency)
                                   : Holds(report, agency) || Released(report, maker, agency);
  });
}

}  // namespace accord::intelligence
