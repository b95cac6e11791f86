#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "common/access/decide.h"
#include "common/access/matrix.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/testing/golden.h"

namespace accord {
namespace {

using namespace annotations::v1;

const Method& EchoMethod(const std::string& name) {
  static std::vector<Method> methods = *MethodsOf("accord.testing.v1.EchoService");
  for (const auto& m : methods) {
    if (m.descriptor->name() == name) return m;
  }
  std::abort();
}

TEST(Method, EveryRpcOfThisBuildHasASoundRule) {
  for (const auto& service : AllServices(true))
    EXPECT_TRUE(MethodsOf(service).ok()) << MethodsOf(service).status();
}

TEST(Decide, NamesWhatIsMissing) {
  Caller caller{"cas-york",         AGENCY_KIND_CHILDREN_AID_SOCIETY, "cms", "w1", {ROLE_CAS_WORKER},
                PURPOSE_UNSPECIFIED};
  const Method& method = EchoMethod("EchoForPolice");
  EXPECT_EQ(RuleOf(Decide(method, caller)), "AGENCY_KIND_NOT_PERMITTED");
  caller.kind = AGENCY_KIND_POLICE_SERVICE;
  EXPECT_EQ(RuleOf(Decide(method, caller)), "ROLE_NOT_PERMITTED");
  caller.roles = {ROLE_POLICE_MEMBER};
  EXPECT_EQ(RuleOf(Decide(method, caller)), "PURPOSE_MISSING");
  caller.purpose = PURPOSE_TRAINING;
  EXPECT_EQ(RuleOf(Decide(method, caller)), "PURPOSE_NOT_PERMITTED");
  caller.purpose = PURPOSE_CRIMINAL_INVESTIGATION;
  EXPECT_TRUE(Decide(method, caller).ok());
}

TEST(Decide, InternalMethodsAreForNoAgency) {
  const auto methods = *MethodsOf("accord.audit.v1.AuditWriterService");
  EXPECT_EQ(RuleOf(Decide(methods[0], {})), "METHOD_INTERNAL");
}

// The golden file shows a reviewer what a change permits. ACCORD_UPDATE_GOLDEN=1 rewrites it.
TEST(AccessMatrix, IsTheGoldenFile) {
  testing::ExpectGolden("tests/access_matrix.golden", {*AccessMatrix()});
}

// The head of the matrix explains its lines to somebody who reads it for the first time.
TEST(AccessMatrix, ExplainsAtItsHeadEachWordThatItsLinesBeginOrEndWith) {
  const std::string text = *AccessMatrix();
  const std::size_t end = text.find("\n\n");
  ASSERT_NE(end, std::string::npos);
  const std::string legend = text.substr(0, end), blocks = text.substr(end);
  for (const char* word : {"mutates", "discloses", "by nobody", "not who did", "service ", "grant"}) {
    EXPECT_NE(legend.find(word), std::string::npos) << word;
  }
  // For a record in which nobody has a part, the request names no record.
  EXPECT_NE(blocks.find("  by nobody\n"), std::string::npos);
  EXPECT_EQ(blocks.find("by nobody of"), std::string::npos);
}

// These methods admit any agency, because their handlers show nothing but the caller's own.
const std::map<std::string, std::string>& OwnAgencyOnly() {
  static const std::map<std::string, std::string> methods = {
      {"accord.audit.v1.AuditService.ListEntries", "calls of the own agency, and who touched its records"},
      {"accord.registry.v1.AccessReviewService.CreateAccessReview", "CheckAdministers"},
      {"accord.registry.v1.AccessReviewService.GetAccessReview", "visible to its agency and the office"},
      {"accord.registry.v1.AccessReviewService.ListAccessReviews", "visible to its agency and the office"},
      {"accord.registry.v1.AccessReviewService.DecideAccessReview", "visible to its agency and the office"},
      {"accord.registry.v1.ChangeService.ListRecordRevisions",
       "records of the own agency, by the Get methods below"},
      {"accord.registry.v1.ChangeService.WatchChanges", "what the Get methods below answer, by its name"},
      {"accord.registry.v1.RegistryAdminService.CreateSystem", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.SuspendSystem", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.ResumeSystem", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.CreateActor", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.UpdateActor", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.DisableActor", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.EnableActor", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.SetActorDisplayName", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.SetAgencyDutyContacts", "CheckAdministers"},
      {"accord.registry.v1.RegistryAdminService.RevokeCertificate", "CheckAdministers"},
      {"accord.registry.v1.RegistryService.GetSystem", "visible to its agency and the office"},
      {"accord.registry.v1.RegistryService.ListSystems", "visible to its agency and the office"},
      {"accord.registry.v1.RegistryService.GetActor", "visible to its agency and the office"},
      {"accord.registry.v1.RegistryService.ListActors", "visible to its agency and the office"},
      {"accord.registry.v1.RegistryService.GetCertificate", "visible to its agency and the office"},
      {"accord.registry.v1.RegistryService.ListCertificates", "visible to its agency and the office"},
  };
  return methods;
}

// Every registered person of every agency may call these methods, including administrators.
const std::set<std::string>& OpenToEverybody() {
  static const std::set<std::string> methods = {
      "accord.audit.v1.AuditService.GetCheckpoint",
      "accord.audit.v1.AuditService.GetInclusionProof",
      "accord.audit.v1.AuditService.GetTiles",
      "accord.audit.v1.AuditService.GetConsistencyProof",
      "accord.audit.v1.AuditService.ListWitnesses",
      "accord.audit.v1.AuditService.GetWitnessedCheckpoint",
      "accord.prosecution.v1.AccusedService.ListOffences",
      "accord.prosecution.v1.CaseService.GetEstablishment",
      "accord.prosecution.v1.VocabularyService.ListCourtRegions",
      "accord.prosecution.v1.VocabularyService.ListRecognizanceRules",
      "accord.prosecution.v1.VocabularyService.ListStageEvents",
      "accord.protocols.v1.ProtocolService.GetProtocol",
      "accord.protocols.v1.ProtocolService.ListProtocols",
      "accord.protocols.v1.VocabularyService.ListGrounds",
      "accord.protocols.v1.VocabularyService.ListTerritories",
      "accord.registry.v1.PeopleService.ListColleagues",
      "accord.registry.v1.PeopleService.ListDutyContacts",
      "accord.registry.v1.RegistryAdminService.RenewCertificate",
      "accord.registry.v1.RegistryService.GetTransparencyLog",
      "accord.registry.v1.RegistryService.GetAgency",
      "accord.registry.v1.RegistryService.ListAgencies",
      "accord.strategy.v1.EngagementService.GetCoalition",
      "accord.strategy.v1.EngagementService.GetEngagement",
      "accord.strategy.v1.EngagementService.GetEngagementRollup",
      "accord.strategy.v1.EngagementService.GetOrganisation",
      "accord.strategy.v1.EngagementService.ListCoalitions",
      "accord.strategy.v1.EngagementService.ListEngagementRollups",
      "accord.strategy.v1.EngagementService.ListEngagements",
      "accord.strategy.v1.EngagementService.ListOrganisations",
      "accord.strategy.v1.FundingCallService.GetFund",
      "accord.strategy.v1.FundingCallService.GetFundingCall",
      "accord.strategy.v1.FundingCallService.ListFundingCalls",
      "accord.strategy.v1.FundingCallService.ListFunds",
      "accord.strategy.v1.IndicatorService.GetIndicator",
      "accord.strategy.v1.IndicatorService.GetIndicatorObservation",
      "accord.strategy.v1.IndicatorService.ListIndicatorObservations",
      "accord.strategy.v1.IndicatorService.ListIndicators",
      "accord.strategy.v1.IndicatorService.TabulateIndicators",
      "accord.strategy.v1.InitiativeService.GetInitiative",
      "accord.strategy.v1.InitiativeService.GetLegislativeInitiative",
      "accord.strategy.v1.InitiativeService.ListInitiatives",
      "accord.strategy.v1.InitiativeService.ListLegislativeInitiatives",
      "accord.strategy.v1.MoneyService.GetContribution",
      "accord.strategy.v1.MoneyService.GetEnvelope",
      "accord.strategy.v1.MoneyService.ListContributions",
      "accord.strategy.v1.MoneyService.ListEnvelopes",
      "accord.strategy.v1.ProgressReportService.GetOfficeRole",
      "accord.strategy.v1.ProgressReportService.GetProgressReport",
      "accord.strategy.v1.ProgressReportService.ListOfficeRoles",
      "accord.strategy.v1.ProgressReportService.ListProgressReports",
      "accord.strategy.v1.ProgressReportService.RenderProgressReport",
      "accord.training.v1.CertificateService.VerifyCompletionCertificate",
      "accord.training.v1.CourseService.GetCourse",
      "accord.training.v1.CourseService.ListCourses",
      "accord.training.v1.CourseService.GetIndicatorList",
      "accord.training.v1.CourseService.GetTrainingModel",
      "accord.training.v1.CourseService.ListIndicatorLists",
      "accord.training.v1.CourseService.ListTrainingModels",
      "accord.training.v1.OfferingService.GetOffering",
      "accord.training.v1.OfferingService.ListOfferings",
  };
  return methods;
}

// The administrator of an agency enrols its own people and systems. Each agency names its own
// administrators, so the role must permit nothing else.
TEST(AccessMatrix, APlatformAdministratorOfAnyAgencyHasItsOwnAgencysEntriesAndNoMore) {
  std::set<std::string> own, open;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    ASSERT_TRUE(methods.ok()) << methods.status();
    for (const Method& method : *methods) {
      for (const Grant& grant : method.grants) {
        const bool office = grant.kinds_size() == 1 && grant.kinds(0) == AGENCY_KIND_COORDINATION_OFFICE;
        const auto& roles = grant.roles();
        if (office) continue;
        if (std::find(roles.begin(), roles.end(), ROLE_PLATFORM_ADMIN) != roles.end()) {
          own.insert(method.descriptor->full_name());
        } else if (roles.empty()) {
          open.insert(method.descriptor->full_name());
        }
      }
    }
  }
  std::set<std::string> listed;
  for (const auto& [method, why] : OwnAgencyOnly()) listed.insert(method);
  EXPECT_THAT(own, ::testing::ContainerEq(listed))
      << "grant it to the coordination office alone, or say here why not";
  EXPECT_THAT(open, ::testing::ContainerEq(OpenToEverybody()));
}

TEST(AccessMatrix, WhatServicesChangedIsForTheLogAndTheOffice) {
  int found = 0;
  for (const std::string& service : AllServices()) {
    if (!service.ends_with(".RevisionService")) continue;
    const auto methods = MethodsOf(service);
    ASSERT_TRUE(methods.ok()) << methods.status();
    for (const Method& method : *methods) {
      ++found;
      Caller caller{"ps-york", AGENCY_KIND_POLICE_SERVICE, "rms",
                    "admin",   {ROLE_PLATFORM_ADMIN},      PURPOSE_ADMINISTRATION};
      EXPECT_EQ(RuleOf(Decide(method, caller)), "AGENCY_KIND_NOT_PERMITTED");
      caller.kind = AGENCY_KIND_COORDINATION_OFFICE;
      // The office may list the changes; only the log follows them as a stream.
      EXPECT_EQ(RuleOf(Decide(method, caller)),
                method.path.ends_with("/WatchRevisionKeys") ? "AGENCY_KIND_NOT_PERMITTED" : "");
      // Owners are told what the log reads of their records, and the matrix shows that to
      // its reviewer.
      EXPECT_EQ(method.rule.discloses(), Decide(method, caller).ok()) << method.path;
      // Another service that calls through the gateway, such as training, is not the log.
      caller.kind = AGENCY_KIND_PLATFORM_SERVICE;
      caller.roles = {ROLE_PLATFORM_SERVICE};
      EXPECT_EQ(RuleOf(Decide(method, caller)), "AGENCY_KIND_NOT_PERMITTED");
      caller.kind = AGENCY_KIND_PLATFORM_LOG;
      caller.roles = {ROLE_PLATFORM_AUDITOR};
      EXPECT_TRUE(Decide(method, caller).ok());
    }
  }
  EXPECT_GE(found, 5);
}

TEST(Names, RoundTrip) {
  EXPECT_EQ(PurposeName(PURPOSE_CHILD_PROTECTION), "child_protection");
  EXPECT_EQ(ParsePurpose("child_protection"), PURPOSE_CHILD_PROTECTION);
  EXPECT_FALSE(ParsePurpose("unspecified"));
  EXPECT_FALSE(ParsePurpose("curiosity"));
}

}  // namespace
}  // namespace accord
