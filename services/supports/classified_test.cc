#include "common/testing/open_fields.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// These fields are open because they are structure: days, states, purposes, names of records, and the
// agency's own workers. Everything else in a survivor's records is sealed.
TEST(Classified, EveryFieldOfASurvivorsRecordsIsSealedOrNamedHereAsStructure) {
  const std::map<std::string, std::set<std::string>> structure = {
      {"BenefitClaim",
       {"amount_approved_cents",
        "amount_requested_cents",
        "asked_agency",
        "authority_ref",
        "benefit",
        "benefit_version",
        "business_days_left",
        "consent",
        "consent_withdrawn",
        "decide_by",
        "event_on",
        "event_until",
        "expires_on",
        "fund_line",
        "overdue",
        "payment",
        "requested_on",
        "residual_need_declared",
        "rule_set",
        "state",
        "support_case"}},
      {"BenefitDecision", {"amount_cents", "by_agency", "code", "event", "on"}},
      {"BenefitPayment",
       {"amount_cents", "benefit", "claim", "fiscal_year", "for_agency", "fund_line", "paid_on",
        "reversal_proposed_cents", "reversed_cents", "reverses", "state"}},
      {"Consent",
       {"expires_on", "form_version", "given_on", "link_revocation", "purpose", "rule_set", "state",
        "withdrawal_channel", "withdrawn_at", "withdrawn_by"}},
      {"CrisisPartner",
       {"catchment", "contradicts_attestation", "funded_from", "funded_to", "hours_24_7", "partner_agency",
        "phone", "source"}},
      {"Facility", {"confidential", "location_kind", "region", "source", "telephone", "title"}},
      // The address belongs to a public site, because FacilityService refuses the address of a
      // confidential one.
      {"FacilityAddress", {"city", "postal_code", "street"}},
      {"FacilityApproval", {"from", "source", "to"}},
      {"FundLine",
       {"allocation", "allocation_etag", "amount_cents", "fiscal_year", "fund", "paid_cents",
        "reserved_cents"}},
      {"Payee", {"delivery", "kind"}},
      {"OrderLookup", {"notice", "reason"}},
      {"OrderLookupNotice", {"actor", "agency", "found", "reason"}},
      {"RestrainingOrder",
       {"consent", "enforceable", "ended_on", "expires_on", "filed_on", "lookup_gaps", "made_on",
        "publication_order", "rule_set", "state", "support_case", "unserved_days", "without_notice"}},
      {"SupportCase", {"crisis_contact_on", "opened_on", "program", "state", "transferred", "workers"}},
      {"SupportDisclosure",
       {"basis", "counsel_offered_on", "disclosed_on", "ordered_to_accused_on", "survivor_told_on",
        "told_of_accused_on"}},
      {"SupportReferral",
       {"acknowledge_by", "consent", "consent_withdrawn", "expires_on", "for_manager", "form_version", "kind",
        "rule_set", "state", "support_case"}},
      {"SurvivorNotice", {"due_on", "outcome", "state"}},
      {"WorkerPosition", {"announced_on", "program", "site", "source", "state"}},
      {"WorkerPositionChange", {"on", "reason", "state"}},
  };
  EXPECT_EQ(accord::testing::OpenFields("accord.supports.v1"), structure)
      << "give the field a class, or say here that it is structure";
}

class SupportsClassified : public SupportsFixture {};

TEST_F(SupportsClassified, WhatASurvivorSaysIsSealedWhereItIsStored) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToRefer());
  Sent(consent);
  v1::AdvanceSupportCaseRequest close;
  close.set_event("close");
  close.set_outcome("OUTCOME-WORDS");
  v1::SupportCase closed = item;
  ASSERT_EQ(Move(worker_, &closed, close), "");
  const std::string stored = StoredWithoutKey();
  EXPECT_NE(stored, "");
  for (const char* words : {"SUBJECT-WORDS-1", "LANGUAGE-WORDS", "NEEDS-WORDS", "SAFETY-WORDS", "CODE-WORDS",
                            "OUTCOME-WORDS", "416 555 0100"}) {
    EXPECT_THAT(stored, Not(HasSubstr(words))) << words;
  }
}

}  // namespace
}  // namespace accord::supports
