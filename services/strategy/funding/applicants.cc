#include "services/strategy/funding/applicants.h"

#include "accord/strategy/v1/engagement_resources.pb.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {
namespace {

constexpr int kOrganisationsAtATime = 1000;

}  // namespace

absl::StatusOr<bool> Applicants::HasApplication(Tx& tx, const std::string& viewer,
                                                const std::string& funding_call, const std::string& field,
                                                const std::string& value) {
  storage::ListQuery query{viewer, {}, 1, "", ""};
  if (!field.empty()) query.filters.emplace_back(field, value);
  query.filters.emplace_back("funding_call", funding_call);
  ACCORD_ASSIGN_OR_RETURN(const auto page, applications_.List<v1::FundingApplication>(tx, query));
  return !page.items.empty();
}

absl::StatusOr<bool> Applicants::Includes(Tx& tx, const std::string& funding_call,
                                          const std::string& agency) {
  const std::string& office = rules_->office_agency();
  // The office enters applications on paper for other organisations, so they are not its own.
  if (agency != office) {
    ACCORD_ASSIGN_OR_RETURN(const bool own, HasApplication(tx, agency, funding_call, "", ""));
    if (own) return true;
  }
  ACCORD_ASSIGN_OR_RETURN(const bool said,
                          HasApplication(tx, office, funding_call, "applicant_agency", agency));
  if (said) return true;
  const storage::ListQuery query{office, {{"agency", agency}}, kOrganisationsAtATime, "", ""};
  ACCORD_ASSIGN_OR_RETURN(const auto organisations, organisations_.ListEvery<v1::Organisation>(tx, query));
  for (const v1::Organisation& each : organisations) {
    ACCORD_ASSIGN_OR_RETURN(const bool applies,
                            HasApplication(tx, office, funding_call, "organisation", each.name()));
    if (applies) return true;
  }
  return false;
}

absl::Status Applicants::CheckNoApplicant(storage::Transaction& tx, const std::string& funding_call,
                                          const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(const bool applies, Includes(tx, funding_call, agency));
  if (!applies) return absl::OkStatus();
  return Refuse(rules::kScorerConflicted, "Nobody of an agency that applies to the call scores or decides.");
}

absl::Status Applicants::CheckScorers(storage::Transaction& tx, const std::string& funding_call,
                                      const std::vector<Evaluated>& all) {
  std::set<std::string> agencies;
  for (const Evaluated& each : all) {
    for (const v1::FundingAssessment& assessment : each.scores.live) {
      agencies.insert(assessment.scorer_agency());
    }
  }
  for (const std::string& agency : agencies) {
    ACCORD_RETURN_IF_ERROR(CheckNoApplicant(tx, funding_call, agency));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::set<std::string>> Applicants::AgenciesOf(storage::Transaction& tx,
                                                             const v1::FundingApplication& application) {
  std::set<std::string> agencies;
  if (const std::string owner = OwnerOf(application.name()); owner != rules_->office_agency()) {
    agencies.insert(owner);
  }
  if (!application.applicant_agency().empty()) agencies.insert(application.applicant_agency());
  if (application.organisation().empty()) return agencies;
  v1::Organisation organisation;
  ACCORD_RETURN_IF_ERROR(organisations_.GetAny(tx, application.organisation(), &organisation));
  if (!organisation.agency().empty()) agencies.insert(organisation.agency());
  return agencies;
}

absl::Status Applicants::StopReaders(storage::Transaction& tx, const v1::FundingApplication& application) {
  ACCORD_ASSIGN_OR_RETURN(const std::set<std::string> agencies, AgenciesOf(tx, application));
  for (const std::string& agency : agencies) {
    ACCORD_ASSIGN_OR_RETURN(const auto reads, ApplicationsReadByAgency(tx, agency));
    for (const auto& [name, person] : reads) {
      v1::FundingApplication read;
      ACCORD_RETURN_IF_ERROR(applications_.GetAny(tx, name, &read));
      if (read.funding_call() != application.funding_call()) continue;
      ACCORD_RETURN_IF_ERROR(SetApplicationReader(tx, *rules_, &applications_, name, person, false));
    }
  }
  return absl::OkStatus();
}

}  // namespace accord::strategy
