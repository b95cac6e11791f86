// These are the reasons why a kind of resource lacks a verb that others have. A new kind needs each verb, or
// a row in this table.
#include "common/testing/resource_verbs.h"

namespace accord::testing {
namespace {

using enum ResourceVerb;

constexpr std::string_view kBySweep = "the service makes it by itself, of what it notices or of time";
constexpr std::string_view kAlongside = "another change makes it, which answers with what it made";
constexpr std::string_view kWorkedOut = "it is worked out of other records when it is asked for";
constexpr std::string_view kInside = "it stands in another record, and is read with that";
constexpr std::string_view kListShowsAll = "its list shows all of it, of the few that one reader has";
constexpr std::string_view kSaidOnce = "what it says stands; whoever was wrong makes another";
constexpr std::string_view kFew = "one reader has few of it, oldest first";

}  // namespace

const std::vector<LackedVerb>& LackedVerbs() {
  static const auto* table = new std::vector<LackedVerb>{
      {kCreate, "the log writes it of every call", "audit.Entry"},
      {kCreate, kBySweep, "prosecution.CeilingAlert protocols.PrivacyAlert intelligence.Conflict"},
      {kCreate, kAlongside,
       "intelligence.ProductCopy intelligence.PurgeNotice registry.RoleGrant strategy.Organisation "
       "supports.BenefitPayment supports.OrderLookupNotice"},
      {kCreate, kWorkedOut, "protocols.CoverageCell"},
      {kCreate, "UploadAttachmentChunk brings it, a piece of an attachment", "protocols.AttachmentChunk"},
      {kCreate, "SetActorDisplayName gives it, sealed apart from the actor", "registry.ActorName"},

      {kGet, "ListEntries narrows to one record, and GetInclusionProof proves an entry", "audit.Entry"},
      {kGet, kListShowsAll, "audit.Witness protocols.ReferralFilter supports.OrderLookupNotice"},
      {kGet, kInside, "intelligence.InformationReply"},
      {kGet, kWorkedOut, "protocols.CoverageCell"},
      {kGet, "DownloadAttachmentChunk answers with its bytes", "protocols.AttachmentChunk"},
      {kGet, "ListColleagues shows it to the own agency alone", "registry.ActorName"},
      {kGet, "what was found is kept nowhere but in the answer", "supports.OrderLookup"},

      {kList, "GetCheckpoint answers with the newest, and proofs lead to every older one",
       "audit.Checkpoint"},
      {kList, kInside, "intelligence.InformationReply protocols.AttachmentChunk"},
      {kList, "ListColleagues shows it to the own agency alone", "registry.ActorName"},
      {kList, "what was found is kept nowhere but in the answer", "supports.OrderLookup"},

      {kNarrow, "it has no list",
       "audit.Checkpoint intelligence.InformationReply protocols.AttachmentChunk registry.ActorName "
       "supports.OrderLookup"},
      {kNarrow, kFew,
       "audit.Witness host.LawChange intelligence.Conflict intelligence.Lodgement intelligence.Membership "
       "intelligence.Position intelligence.Product intelligence.ProductCopy intelligence.PurgeNotice "
       "prosecution.LinkToken protocols.EmergencyAccess protocols.PrivacyAlert protocols.ReferralFilter "
       "registry.AccessReview registry.RoleGrant registry.System strategy.ApprovalLimit strategy.Coalition "
       "strategy.ConflictDeclaration strategy.Contribution strategy.EngagementRollup strategy.Envelope "
       "strategy.Fund strategy.FundingAgreement strategy.FundingCall strategy.LegislativeInitiative "
       "strategy.OfficeRole strategy.Organisation strategy.ProgressReport supports.BenefitPayment supports.Facility "
       "supports.FundLine training.Attestation training.CompletionCorrection "
       "training.Import training.IndicatorList training.Observation training.TrainingModel"},
      {kNarrow, "ListColleagues and ListDutyContacts find people by role", "registry.Actor"},
      {kNarrow, "its list is that of one system", "registry.Certificate"},

      {kChange, "the log is never changed", "audit.Checkpoint audit.Entry audit.Witness"},
      {kChange, kSaidOnce,
       "intelligence.InformationReply intelligence.ProductCopy intelligence.ReportCopy "
       "prosecution.CaseNote protocols.AttachmentChunk protocols.Note strategy.Engagement "
       "strategy.EngagementRollup strategy.OfficeRole supports.OrderLookup "
       "supports.OrderLookupNotice training.Attestation training.CompletionCorrection training.IndicatorList "
       "training.Observation"},
      {kChange, "SetMembershipCategory sets it anew", "intelligence.Membership"},
      {kChange, kWorkedOut, "protocols.CoverageCell"},
      {kChange, "it tells what happened", "registry.RoleGrant"},
      {kChange, "SetActorDisplayName gives it anew", "registry.ActorName"},

      {kWatch, "WatchDisclosures tells who saw an agency's records, and proofs show that the log grows",
       "audit.Checkpoint audit.Entry audit.Witness"},
      {kWatch, "the record that it stands in is told of",
       "intelligence.InformationReply protocols.AttachmentChunk"},
      {kWatch, "the protocols that it is worked out of are told of", "protocols.CoverageCell"},
      {kWatch, "one person keeps it for the own lists", "protocols.ReferralFilter"},
      {kWatch, "names of people are in no feed", "registry.ActorName"},
      {kWatch, "its notice is told to who prepared the order that was found", "supports.OrderLookup"},

      {kHistory,
       "what it said before is shown to nobody: it stands as it was made, or who reads it now need not have "
       "been allowed to read that; the feed and the log say who changed it, when, and by which RPC",
       "*"},

      {kCount, "CountProsecutions counts it", "prosecution.Accused prosecution.Case"},
      {kCount, "CountSupports counts it", "supports.SupportCase"},
      {kCount, "CountBenefits counts it", "supports.BenefitClaim"},
      {kCount, "CountTraining counts who completed a course",
       "training.CompletionCertificate training.Course training.Enrolment training.Offering"},
      {kCount, "TabulateIndicators shows its figures", "strategy.Indicator strategy.IndicatorObservation"},
      {kCount, "ListCoverageCells is the table itself", "protocols.CoverageCell"},
      {kCount, "no figure of it leaves the service: its list is short, or its number would tell of somebody",
       "*"}};
  return *table;
}

}  // namespace accord::testing
