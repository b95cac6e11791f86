// This fixture has DeconflictionService alone, with a database of either kind, and does what an agency's own
// system does to lodge.
#ifndef ACCORD_SERVICES_INTELLIGENCE_TESTING_DECONFLICTION_FIXTURE_H_
#define ACCORD_SERVICES_INTELLIGENCE_TESTING_DECONFLICTION_FIXTURE_H_

#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/upkeep/sweeper.h"
#include "common/oprf/oprf.h"
#include "common/storage/backup/closed_records.h"
#include "common/storage/backup/restoration.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"
#include "common/testing/service_fixture.h"
#include "services/intelligence/deconfliction/deconfliction_service.h"

namespace accord::intelligence {

inline v1::RuleSet DeconflictionRules() {
  v1::RuleSet rules;
  rules.set_bureau("ci-ciso");
  rules.set_daily_evaluations(1000);
  rules.set_lodgement_days(90);
  return rules;
}

// This is what one side is told: its own lodgement, whom to call, and whether the conflict still stands.
using Told = std::tuple<std::string, std::string, std::string, bool>;
inline Told ToldBy(const v1::Conflict& conflict) {
  return {conflict.lodgement(), conflict.call_agency(), conflict.call(), conflict.open()};
}

class Deconfliction : public testing::ServiceTest, public ::testing::WithParamInterface<std::string> {
 protected:
  explicit Deconfliction(const std::string& backend = GetParam())
      : ServiceTest({DeconflictionMigration()},
                    backend == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : ""),
        service_(&in_process_.page_tokens(), &rules_),
        sweeper_(
            &in_process_.database(), &in_process_.clock(),
            {{DeconflictionService::kLodgement, std::bind_front(&DeconflictionService::PassTime, &service_)},
             {DeconflictionService::kEpoch, std::bind_front(&DeconflictionService::PassEpoch, &service_)}}) {
    service_.Register(&in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
  }

  static Caller Police(const std::string& agency, const std::string& officer = "officer") {
    return {agency,  annotations::v1::AGENCY_KIND_POLICE_SERVICE, "ims",
            officer, {annotations::v1::ROLE_POLICE_INTEL},        annotations::v1::PURPOSE_INTELLIGENCE};
  }
  static Caller Bureau(Role role) {
    return {"ci-ciso", annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE,
            "ims",     "b",
            {role},    annotations::v1::PURPOSE_INTELLIGENCE};
  }
  const Caller york_ = Police("ps-york"), peel_ = Police("ps-peel"), durham_ = Police("ps-durham");
  const Caller coordinator_ = Bureau(annotations::v1::ROLE_CISO_COORDINATOR);
  const Caller director_ = Bureau(annotations::v1::ROLE_CISO_DIRECTOR);

  // This closes the lodgement as a restore does when it brings back an end that the data did not have.
  absl::Status KeepClosed(const std::string& name) {
    const absl::Time now = in_process_.clock().Now();
    return in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(storage::MarkRestored(tx, 0, now));
      return storage::CloseRecord(tx, DeconflictionService::kLodgement, name, "", now);
    });
  }

  // This does what an agency's own system does: it blinds, has the element evaluated, and unblinds.
  absl::StatusOr<std::pair<std::string, int64_t>> Evaluated(const Caller& caller, const std::string& target) {
    const oprf::Blinded blinded = oprf::Blind(target);
    v1::EvaluateTargetsRequest request;
    request.add_blinded_elements(blinded.element);
    ACCORD_ASSIGN_OR_RETURN(const auto evaluated, Call<v1::EvaluateTargetsResponse>(caller, request));
    ACCORD_ASSIGN_OR_RETURN(std::string element,
                            oprf::Unblind(blinded.blind, evaluated.evaluated_elements(0)));
    return std::pair(std::move(element), evaluated.epoch());
  }
  v1::CreateLodgementRequest Request(const Caller& caller, const std::string& element, int64_t epoch,
                                     const std::string& contact, int from_hours = 0, int until_hours = 24) {
    v1::CreateLodgementRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.set_target(element);
    request.set_epoch(epoch);
    auto& lodgement = *request.mutable_lodgement();
    lodgement.set_contact(contact);
    *lodgement.mutable_from() = ToProto(in_process_.clock().Now() + absl::Hours(from_hours));
    *lodgement.mutable_until() = ToProto(in_process_.clock().Now() + absl::Hours(until_hours));
    return request;
  }
  absl::StatusOr<v1::LodgementResult> Lodged(const Caller& caller, const std::string& target,
                                             const std::string& contact, int from_hours = 0,
                                             int until_hours = 24) {
    ACCORD_ASSIGN_OR_RETURN(const auto evaluated, Evaluated(caller, target));
    return Call<v1::LodgementResult>(
        caller, Request(caller, evaluated.first, evaluated.second, contact, from_hours, until_hours));
  }
  absl::StatusOr<v1::Lodgement> Close(const Caller& caller, const v1::Lodgement& lodgement) {
    v1::CloseLodgementRequest request;
    request.set_name(lodgement.name());
    request.set_etag(lodgement.etag());
    return Call<v1::Lodgement>(caller, request);
  }
  absl::StatusOr<v1::Conflict> Acknowledge(const Caller& caller, const v1::Conflict& conflict) {
    v1::AcknowledgeConflictRequest request;
    request.set_name(conflict.name());
    request.set_etag(conflict.etag());
    return Call<v1::Conflict>(caller, request);
  }
  std::vector<Told> Conflicts(const Caller& caller) {
    std::vector<Told> told;
    v1::ListConflictsRequest request;
    request.set_page_size(1000);
    do {
      const auto page = testing::Must(Call<v1::ListConflictsResponse>(caller, request));
      for (const auto& conflict : page.conflicts()) told.push_back(ToldBy(conflict));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return told;
  }
  absl::StatusOr<v1::DeconflictionKey> Rotate() {
    return Call<v1::DeconflictionKey>(director_, v1::RotateDeconflictionKeyRequest());
  }
  void Sweep() { EXPECT_OK(sweeper_.Sweep()); }
  int64_t Count(const std::string& what) {
    const auto rows = in_process_.database().Read(
        [&](storage::Transaction& tx) { return tx.Query<int64_t>("select count(*) from " + what); });
    return std::get<0>(rows->at(0));
  }

  const v1::RuleSet rules_ = DeconflictionRules();
  DeconflictionService service_;
  host::Sweeper sweeper_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_TESTING_DECONFLICTION_FIXTURE_H_
