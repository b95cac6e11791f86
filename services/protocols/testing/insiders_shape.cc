#include "services/protocols/testing/insiders_shape.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/testing/request_shaper.h"

namespace accord::protocols {
namespace {

using google::protobuf::Message;
using testing::World;

// Every attachment is this file, in one piece.
const std::string kFile = "what was written down";

class ReferralShaper : public testing::RequestShaper {
 public:
  using RequestShaper::RequestShaper;

  void Shape(Message* request) {
    Try<v1::CreateProtocolRequest>(request, [&](auto* r) { NewProtocol(r); });
    Try<v1::UpdateProtocolRequest>(request, [&](auto* r) { ChangedProtocol(r); });
    Try<v1::SignProtocolRequest>(request, [&](auto* r) { Digest(r); });
    Try<v1::RenewProtocolRequest>(request, [&](auto* r) { Digest(r); });
    Try<v1::DisposeProtocolCommentRequest>(request, [&](auto* r) {
      const auto* p = In<v1::Protocol>(r->name());
      if (p != nullptr && !p->comments().empty()) r->set_comment_id(dice_->Any(p->comments()).id());
    });
    Try<v1::TerminateProtocolRequest>(request, [&](auto* r) {
      if (dice_->Percent(70)) r->clear_terminates_on();
    });
    Try<v1::ReviewProtocolRequest>(request, [&](auto* r) {
      r->set_kind(dice_->Percent(50) ? v1::REVIEW_KIND_PARTY_REQUEST : v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE);
    });
    Try<v1::OpenLegislativeReviewsRequest>(request, [&](auto* r) {
      for (const auto& [name, record] : world_) {
        const auto* p = dynamic_cast<const v1::Protocol*>(record.get());
        if (p == nullptr || p->state() != v1::PROTOCOL_STATE_IN_FORCE || p->legal_basis().empty()) continue;
        r->set_law(p->legal_basis(0));
        if (dice_->Percent(50)) break;
      }
      r->set_changed_on(Day(-dice_->Below(3)));
    });
    Try<v1::CreateReferralRequest>(request, [&](auto* r) { NewReferral(r->mutable_referral()); });
    Try<v1::CloseReferralRequest>(request, [&](auto* r) { Closing(r); });
    Try<v1::ScreenReferralRequest>(request, [&](auto* r) {
      if (dice_->Percent(50)) r->set_outcome(v1::REFERRAL_STATE_JOINT);
      if (dice_->Percent(15)) r->set_outcome(v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA);
    });
    Try<v1::ClearReferralFlagRequest>(request, [&](auto* r) {
      const auto* referral = In<v1::Referral>(r->name());
      if (referral != nullptr && !referral->flags().empty())
        r->set_flag_id(dice_->Any(referral->flags()).id());
    });
    Try<v1::CorrectReferralRequest>(request, [&](auto* r) {
      static const std::vector<std::string> kPaths = {
          "reporter_belief",     "indicators", "youth_wishes", "phone_contact_at", "caregiver_suspect",
          "indigenous_identity", "age_band",   "event_date",   "urgency",          "existing_order"};
      r->mutable_update_mask()->clear_paths();
      r->mutable_update_mask()->add_paths(dice_->Any(kPaths));
      // What changes nothing is refused, so some of the corrections surely change something.
      const auto* referral = In<v1::Referral>(r->referral().name());
      if (referral == nullptr || !dice_->Percent(50)) return;
      r->mutable_update_mask()->set_paths(0, "caregiver_suspect");
      r->mutable_referral()->set_caregiver_suspect(!referral->caregiver_suspect());
    });
    Try<v1::RecordReferralYouthRecordRequest>(request, [&](auto* r) {
      auto* record = r->mutable_record();
      record->set_disposition(dice_->Percent(50) ? v1::YOUTH_DISPOSITION_ACQUITTAL
                                                 : v1::YOUTH_DISPOSITION_INDICTABLE_CONVICTION);
      record->set_counted_from(dice_->Percent(50) ? "2026-09-25" : "2026-11-20");
    });
    Try<v1::RecordReferralVoluntaryAgreementRequest>(request, [&](auto* r) {
      r->mutable_agreement()->set_starts_on("2026-11-20");
      r->set_consent_given(dice_->Percent(90));
      r->mutable_agreement()->set_ends_on(dice_->Percent(50) ? "2027-03-01" : "2027-06-01");
    });
    Try<v1::CreateNoteRequest>(request, [&](auto* r) {
      r->set_parent("agencies/" + who_.agency);
      if (r->note().has_phone_contact()) r->mutable_note()->set_readers(v1::READERS_BOTH);
    });
    Try<v1::CreateAttachmentRequest>(request, [&](auto* r) {
      r->set_parent("agencies/" + who_.agency);
      auto* attachment = r->mutable_attachment();
      attachment->clear_sha256();
      attachment->set_size(static_cast<int64_t>(kFile.size()));
      if (dice_->Percent(60)) attachment->clear_evidence();
      if (!attachment->has_evidence()) return;
      attachment->set_size(0);
      attachment->set_sha256(Hex(Sha256(kFile)));
    });
    Try<v1::UploadAttachmentChunkRequest>(request, [&](auto* r) {
      r->set_data(kFile);
      r->set_offset(0);
    });
    Try<v1::CommitAttachmentRequest>(request, [&](auto* r) { r->set_sha256(Hex(Sha256(kFile))); });
    Try<v1::DownloadAttachmentChunkRequest>(request, [&](auto* r) {
      if (dice_->Percent(80)) r->set_offset(0);
    });
    Try<v1::LinkDuplicateRequest>(request, [&](auto* r) { NewLink(r->mutable_duplicate()); });
    Try<v1::CreateDisputeRequest>(request, [&](auto* r) { NewDispute(r->mutable_dispute()); });
    Try<v1::CreateInspectorReferralRequest>(
        request, [&](auto* r) { r->mutable_inspector_referral()->set_observed_on("2026-11-20"); });
    Try<v1::PlanJointInvestigationRequest>(request, [&](auto* r) {
      r->clear_order();
      r->add_order(v1::JOINT_STEP_KIND_CHILD_INTERVIEW);
      r->add_order(v1::JOINT_STEP_KIND_DEBRIEF);
    });
    Try<v1::LeaveJointInvestigationRequest>(request, [&](auto* r) {
      const auto* joint = In<v1::JointInvestigation>(r->name());
      if (joint != nullptr && !joint->team().empty()) r->set_actor(dice_->Any(joint->team()).actor());
      if (dice_->Percent(50)) r->clear_successor();
    });
    // Lists are asked for everything.
    Try<v1::ListReferralsRequest>(request, [&](auto* r) {
      if (dice_->Percent(50)) r->Clear();
    });
  }

 private:
  template <class Req>
  void Digest(Req* request) {
    const auto* p = In<v1::Protocol>(request->name());
    if (p != nullptr && dice_->Percent(95)) request->set_text_digest(p->text_digest());
  }
  static v1::PartyCapacity CapacityOf(const std::string& agency) {
    return absl::StartsWith(agency, "cas-")  ? v1::PARTY_CAPACITY_CAS
           : absl::StartsWith(agency, "ps-") ? v1::PARTY_CAPACITY_POLICE
                                             : v1::PARTY_CAPACITY_CROWN;
  }
  void Party(const std::string& agency, v1::PartyPart part, v1::Protocol* protocol) {
    auto* party = protocol->add_parties();
    party->set_agency(agency);
    // The gateway lets no other through: it knows the agency's
    // kind (services/gateway/admission/named_check.h).
    party->set_capacity(CapacityOf(agency));
    party->set_part(part);
    if (dice_->Percent(50)) party->set_signatory_name(requests_->Mark());
  }
  void Parties(v1::Protocol* protocol) {
    protocol->clear_parties();
    Party("cas-york", v1::PARTY_PART_SIGNATORY, protocol);
    const bool york = dice_->Percent(60);
    Party(york ? "ps-york" : "ps-durham", v1::PARTY_PART_SIGNATORY, protocol);
    if (dice_->Percent(50)) {
      Party(york ? "ps-durham" : "ps-york", static_cast<v1::PartyPart>(1 + dice_->Below(3)), protocol);
    }
    for (const char* other : {"cr-york", "ci-ciso", "co-pahtco"}) {
      if (dice_->Percent(20)) Party(other, static_cast<v1::PartyPart>(2 + dice_->Below(2)), protocol);
    }
  }
  void Sections(v1::Protocol* protocol) {
    protocol->clear_sections();
    for (int code = 1; v1::SectionCode_IsValid(code); ++code) {
      if (code == v1::SECTION_CODE_TRAINING && dice_->Percent(10)) continue;
      auto* section = protocol->add_sections();
      section->set_code(static_cast<v1::SectionCode>(code));
      section->set_text(requests_->Mark());
      section->set_visibility(static_cast<v1::SectionVisibility>(1 + dice_->Below(3)));
    }
  }
  void NewProtocol(v1::CreateProtocolRequest* request) {
    auto* p = request->mutable_protocol();
    if (who_.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE)
      request->set_parent("agencies/cas-york");
    Parties(p);
    Sections(p);
    p->clear_territory();
    p->add_territory(dice_->Percent(50) ? "york-region" : "durham-region");
    if (dice_->Percent(10)) p->clear_territory();
    p->set_effective_from(Day(dice_->Percent(80) ? -dice_->Below(10) : dice_->Below(20)));
    if (dice_->Percent(70)) p->clear_effective_to();
    const std::string supersedes = p->supersedes(), parent = p->parent_protocol();
    p->clear_supersedes();
    p->clear_parent_protocol();
    if (p->kind() == v1::PROTOCOL_KIND_HT_ADDENDUM)
      p->set_parent_protocol(parent.empty() ? supersedes : parent);
    if (p->parent_protocol().empty() && p->kind() == v1::PROTOCOL_KIND_HT_ADDENDUM) {
      p->set_kind(v1::PROTOCOL_KIND_HT_STANDALONE);
    }
    if (const auto* old = In<v1::Protocol>(supersedes)) {
      if (p->parent_protocol() != supersedes && dice_->Percent(60)) {
        p->set_supersedes(supersedes);
        p->set_kind(old->kind());
        p->set_parent_protocol(old->parent_protocol());
        if (dice_->Percent(60)) *p->mutable_parties() = old->parties();
        *p->mutable_territory() = old->territory();
      }
    }
    request->set_from_template(dice_->Percent(20));
    if (who_.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE) {
      request->set_from_template(true);
      p->clear_sections();
    }
  }
  void ChangedProtocol(v1::UpdateProtocolRequest* request) {
    static const std::vector<std::string> kPaths = {"title",          "territory", "legal_basis",
                                                    "effective_from", "parties",   "sections"};
    auto* p = request->mutable_protocol();
    request->mutable_update_mask()->clear_paths();
    request->mutable_update_mask()->add_paths(dice_->Any(kPaths));
    Parties(p);
    Sections(p);
    p->clear_territory();
    p->add_territory("york-region");
  }
  void NewReferral(v1::Referral* r) {
    r->clear_birth_date();
    r->set_event_date("2026-11-20");
    r->clear_ground_code();
    if (const auto* p = In<v1::Protocol>(r->protocol())) {
      for (int again = 0; again < 4; ++again) {
        const auto& other = dice_->Any(p->parties());
        r->set_to_agency(other.agency());
        if (other.part() == v1::PARTY_PART_SIGNATORY && other.agency() != who_.agency) break;
      }
    }
    if (!absl::StartsWith(r->to_agency(), "cas-") && r->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT) {
      r->set_kind(v1::REFERRAL_KIND_JOINT_INVESTIGATION);
    }
    if (r->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT) r->set_ground_code("sexual_exploitation");
    const bool service = r->kind() == v1::REFERRAL_KIND_SERVICE_REFERRAL;
    if (!service) r->clear_service();
    if (service) r->set_service(v1::SERVICE_KIND_HOUSING);
    if (service) r->set_consent_given(true);
    r->set_staff_suspect(dice_->Percent(15));
    r->clear_implicated_agency();
    if (r->staff_suspect()) r->set_implicated_agency(dice_->Percent(50) ? "cas-york" : "ps-york");
    if (dice_->Percent(60)) r->clear_phone_contact_at();
    if (r->urgency() == v1::URGENCY_IMMEDIATE)
      *r->mutable_phone_contact_at() = ToProto(now_ - absl::Minutes(5));
    if (dice_->Percent(40)) r->set_age_band(v1::AGE_BAND_16_17);
    if (dice_->Percent(15)) {
      r->set_event_date("2017-03-01");
      r->set_existing_order(false);
    }
    if (dice_->Percent(50)) r->set_indigenous_identity(v1::INDIGENOUS_IDENTITY_NO);
  }
  void Closing(v1::CloseReferralRequest* request) {
    const auto* r = In<v1::Referral>(request->name());
    if (r == nullptr) return;
    const bool investigated = r->state() == v1::REFERRAL_STATE_JOINT ||
                              r->state() == v1::REFERRAL_STATE_CAS_LEAD ||
                              r->state() == v1::REFERRAL_STATE_POLICE_LEAD;
    request->set_investigation_outcome(investigated ? v1::INVESTIGATION_OUTCOME_SUSPECTED
                                                    : v1::INVESTIGATION_OUTCOME_UNSPECIFIED);
    if (const auto* joint = In<v1::JointInvestigation>(r->joint_investigation())) {
      request->set_investigation_outcome(joint->outcome());
    }
  }
  // The link is mostly to another referral between the same two agencies.
  void NewLink(v1::Duplicate* link) {
    const auto* one = In<v1::Referral>(link->referral());
    if (one == nullptr || dice_->Percent(20)) return;
    for (const auto& [name, record] : world_) {
      const auto* other = dynamic_cast<const v1::Referral*>(record.get());
      if (other == nullptr || name == one->name() || dice_->Percent(50)) continue;
      const std::set<std::string> sides = {OwnerOf(one->name()), one->to_agency()};
      if (sides.contains(OwnerOf(name)) && sides.contains(other->to_agency())) link->set_same_as(name);
    }
  }
  void NewDispute(v1::Dispute* dispute) {
    if (const auto* r = In<v1::Referral>(dispute->about())) {
      dispute->set_with_agency(r->to_agency() == who_.agency ? OwnerOf(r->name()) : r->to_agency());
    }
    if (const auto* p = In<v1::Protocol>(dispute->about())) {
      dispute->set_with_agency(dice_->Any(p->parties()).agency());
    }
  }
};

}  // namespace

void Shape(const Caller& who, const World& world, absl::Time now, testing::RandomRequest* requests,
           Message* request) {
  ReferralShaper(who, world, now, requests).Shape(request);
}

}  // namespace accord::protocols
