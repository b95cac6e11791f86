#include <gmock/gmock.h>

#include "common/testing/open_fields.h"

namespace accord::intelligence {
namespace {

// These fields are structure: agencies, people by their own ids, states, days, digests, and what the service
// itself checks against a table. Whatever else is held is sealed.
TEST(IntelligenceClassified, EveryFieldIsSealedOrNamedHereAsStructure) {
  const std::map<std::string, std::set<std::string>> structure = {
      {"Conflict", {"acknowledge_time", "acknowledged_by", "call_agency", "lodgement", "open"}},
      {"Entity", {"id", "kind"}},
      {"Grade", {"by", "by_agency", "information_validity", "on", "source_reliability"}},
      {"HandlingChange", {"at", "by", "handling", "recipients"}},
      {"InformationReply", {"agency", "information_request"}},
      {"InformationRequest",
       {"due", "next_due", "overdue", "positions", "predicate_offence", "priority", "state", "to"}},
      {"Link", {"a", "b"}},
      {"Lodgement", {"from", "officer", "open", "until"}},
      {"MemberCategoryChange", {"by", "category", "on"}},
      {"Membership", {"category"}},
      {"Position", {"portfolio", "state", "title"}},
      {"PositionChange", {"home_agency", "incumbent", "on", "state"}},
      {"Product",
       {"approver", "author", "handling", "inputs", "kind", "recalled_inputs", "recipients",
        "sanitised_digest", "sanitiser", "state"}},
      {"ProductCopy", {"from", "handling", "product", "to_agency"}},
      {"PurgeNotice", {"confirmed_by", "confirmed_on", "digests", "due", "next_due", "report", "state"}},
      {"ReleaseRequest",
       {"due", "emergency", "emergency_by", "expires_on", "granted_recipients", "next_due", "originator",
        "recipients", "report", "state", "urgent"}},
      {"Report",
       {"caveats", "digest", "handling", "predicate_offence", "purge_proposed_by", "recipients", "review_due",
        "state", "submitter", "youth_access_ends_on"}},
      {"ReportCopy",
       {"digest", "from", "from_agency", "handling", "product", "release", "report", "sanitised",
        "to_agency"}},
      {"SanitisingAgreement", {"agency", "by", "digest", "on"}},
      {"SanitisingChecklist", {"no_live_operation", "no_method", "no_source", "no_victim"}},
  };
  EXPECT_EQ(accord::testing::OpenFields("accord.intelligence.v1"), structure)
      << "give the field a class, or say here that it is structure";
}

}  // namespace
}  // namespace accord::intelligence
