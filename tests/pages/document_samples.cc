#include "tests/pages/document_samples.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "tests/pages/board_samples.h"

namespace accord::ctl {
namespace {

namespace of_protocols = protocols::v1;
namespace of_prosecution = prosecution::v1;

constexpr char kDigest[] = "3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8557";

absl::Time PrintedAt() { return absl::FromCivil(absl::CivilSecond(2026, 11, 26, 16, 30, 0), OntarioZone()); }

void AddFlag(of_protocols::Referral* referral, const std::string& text, bool cleared) {
  auto* flag = referral->add_flags();
  flag->set_text(text);
  flag->set_due_on("2026-12-01");
  flag->set_agency("ps-york");
  flag->set_cleared(cleared);
}

of_protocols::Referral FewOfAReferral() {
  of_protocols::Referral referral;
  referral.set_name("agencies/cas-york/referrals/01m8a5dx");
  referral.set_protocol("agencies/cas-york/protocols/01m8a4aa");
  referral.set_kind(of_protocols::REFERRAL_KIND_MISSING_YOUTH);
  referral.set_to_agency("ps-york");
  referral.set_state(of_protocols::REFERRAL_STATE_ACKNOWLEDGED);
  referral.set_urgency(of_protocols::URGENCY_H12);
  referral.set_age_band(of_protocols::AGE_BAND_12_15);
  referral.set_event_date("2026-11-25");
  referral.set_reporter_belief("She has not come back since Friday.\nA car was waiting for her.");
  referral.set_youth_wishes("She wants to go home.");
  referral.set_lawful_basis("CYFSA s. 125");
  referral.set_reporting_mandatory(true);
  referral.add_indicators("older boyfriend");
  referral.add_indicators("new telephone");
  *referral.mutable_create_time() = ToProto(PrintedAt() - absl::Hours(6));
  *referral.mutable_acknowledge_due() = ToProto(PrintedAt() - absl::Hours(4));
  *referral.mutable_acknowledged_at() = ToProto(PrintedAt() - absl::Hours(5));
  referral.set_acknowledged_by("member");
  *referral.mutable_assessment_due() = ToProto(PrintedAt() - absl::Hours(1));
  *referral.mutable_response_due() = ToProto(PrintedAt() + absl::Hours(6));
  AddFlag(&referral, "Ask the school.", false);
  AddFlag(&referral, "Tell the foster home.", true);
  auto* escalation = referral.add_escalations();
  escalation->set_clock(of_protocols::REFERRAL_CLOCK_ASSESSMENT);
  escalation->set_level(1);
  *escalation->mutable_due() = referral.assessment_due();
  *escalation->mutable_time() = referral.assessment_due();
  return referral;
}

of_protocols::Referral ManyOfAReferral() {
  of_protocols::Referral referral = FewOfAReferral();
  referral.clear_flags();
  for (int i = 0; i < 300; ++i) {
    AddFlag(&referral, absl::StrCat("A", 101 + i, " ask again, and say so when it is done: end", 101 + i),
            i % 3 == 0);
  }
  return referral;
}

of_protocols::Referral HostileReferral() {
  of_protocols::Referral referral = FewOfAReferral();
  referral.set_name(HostileText());
  referral.set_protocol(HostileText());
  referral.set_to_agency(HostileText());
  referral.set_reporter_belief(HostileText());
  referral.set_youth_wishes(HostileText());
  referral.set_lawful_basis(HostileText());
  referral.set_acknowledged_by(HostileText());
  referral.set_event_date(HostileText());
  referral.clear_flags();
  for (int i = 0; i < 20; ++i) {
    AddFlag(&referral, absl::StrCat("A", 901 + i, " ", HostileText(), " end", 901 + i), false);
  }
  return referral;
}

}  // namespace

PrintedFor AReader(const MaskedPaths& masked) {
  return {"worker, York Region Children's Aid Society",
          PrintedAt(),
          OntarioZone(),
          {{"cas-york", "York Region Children's Aid Society"},
           {"ps-york", "York Regional Police"},
           {"pc-opc", "Ontario Police College"}},
          masked};
}

std::map<std::string, ReferralSample> ReferralSamples() {
  PrintedFor hostile = AReader({HostileText()});
  hostile.reader = HostileText();
  hostile.agencies["ps-york"] = HostileText();
  return {{"none", {{}, AReader()}},
          {"few", {FewOfAReferral(), AReader({"subject_ref", "indigenous_identity"})}},
          {"many", {ManyOfAReferral(), AReader()}},
          {"hostile", {HostileReferral(), hostile}}};
}

std::string ReferralPage(const std::string& kind) {
  const ReferralSample sample = ReferralSamples().at(kind);
  // A record without anything in it has no part to show.
  const PrintedDocument nothing{.title = Text("Referral of a young person"),
                                .name = "agencies/cas-york/referrals/none"};
  return PrintedPage(kind == "none" ? nothing : ReferralDocument(sample.referral, sample.whom), sample.whom);
}

of_protocols::Protocol AProtocol() {
  of_protocols::Protocol protocol;
  protocol.set_name("agencies/cas-york/protocols/01m8a4aa");
  protocol.set_kind(of_protocols::PROTOCOL_KIND_HT_STANDALONE);
  protocol.set_title("York Region trafficking protocol");
  protocol.set_state(of_protocols::PROTOCOL_STATE_PARTIALLY_SIGNED);
  protocol.set_version(2);
  protocol.set_text_digest(kDigest);
  protocol.set_effective_from("2026-12-01");
  protocol.add_territory("york-region");
  protocol.add_legal_basis("CYFSA");
  auto* society = protocol.add_parties();
  society->set_agency("cas-york");
  society->set_capacity(of_protocols::PARTY_CAPACITY_CAS);
  society->set_part(of_protocols::PARTY_PART_SIGNATORY);
  society->set_signatory_title("Executive Director");
  society->set_signed_by("director");
  society->set_signed_digest(kDigest);
  *society->mutable_signed_at() = ToProto(PrintedAt() - absl::Hours(48));
  auto* police = protocol.add_parties();
  police->set_agency("ps-york");
  police->set_capacity(of_protocols::PARTY_CAPACITY_POLICE);
  police->set_part(of_protocols::PARTY_PART_SIGNATORY);
  auto* section = protocol.add_sections();
  section->set_code(of_protocols::SECTION_CODE_PURPOSE);
  section->set_text("The parties work together.\nThey answer at every hour.");
  section->set_visibility(of_protocols::SECTION_VISIBILITY_PUBLIC);
  return protocol;
}

of_prosecution::Accused AnAccusedOnPaper() {
  of_prosecution::Accused accused;
  accused.set_name("agencies/cr-york/cases/01m8/accused/01m9");
  accused.set_information_number("26-4711");
  accused.set_police_service("ps-york");
  accused.set_court_region("central-east");
  accused.set_charge_date("2025-05-15");
  accused.set_forum(of_prosecution::FORUM_OCJ);
  accused.set_stage(of_prosecution::STAGE_PRETRIAL);
  auto* clock = accused.mutable_clock();
  clock->set_start("2025-05-15");
  clock->set_ceiling_months(18);
  clock->set_days_to_ceiling(-12);
  for (auto* result : {clock->mutable_conservative(), clock->mutable_crown(), clock->mutable_as_found()}) {
    result->set_total_days(560);
    result->set_net_days(560);
    result->set_remaining_days(560);
    result->set_ceiling("2026-11-14");
    result->set_net_above_ceiling(true);
    result->set_remaining_above_ceiling(true);
  }
  auto* delay = accused.add_delays();
  delay->set_from("2026-01-10");
  delay->set_to("2026-02-10");
  delay->set_cause(of_prosecution::DELAY_CAUSE_WAIVER);
  delay->set_position(of_prosecution::DELAY_POSITION_DISPUTED);
  auto* argument = accused.add_delay_arguments();
  argument->set_question(of_prosecution::DELAY_QUESTION_BELOW_CEILING);
  argument->set_party(of_prosecution::DELAY_PARTY_DEFENCE);
  argument->set_on("2026-03-02");
  auto* stage = accused.add_stages();
  stage->set_stage(of_prosecution::STAGE_CHARGED);
  stage->set_on("2025-05-15");
  auto* forum = accused.add_forums();
  forum->set_forum(of_prosecution::FORUM_OCJ);
  forum->set_on("2025-05-15");
  return accused;
}

training::v1::CompletionCertificate ACertificate() {
  training::v1::CompletionCertificate certificate;
  certificate.set_name("agencies/pc-opc/completionCertificates/01mb");
  certificate.set_serial("ABCD2345");
  certificate.set_course_title("Trafficking investigation");
  certificate.set_course_version(1);
  certificate.set_learner("e1999");
  certificate.set_learner_agency("ps-york");
  certificate.set_issued_on("2026-02-28");
  certificate.set_expires_on("2029-02-28");
  certificate.set_status(training::v1::CERTIFICATE_STATUS_VALID);
  certificate.set_digest(kDigest);
  return certificate;
}

std::string ProtocolPage() { return PrintedPage(ProtocolDocument(AProtocol(), AReader()), AReader()); }

std::string ClockPage() {
  const PrintedFor whom = AReader({"accused_ref", "delays.evidence_ref", "delay_arguments.evidence_ref"});
  return PrintedPage(ClockDocument(AnAccusedOnPaper(), whom), whom);
}

std::string CertificatePage() {
  const PrintedFor whom = AReader({"verification_code"});
  return PrintedPage(CertificateDocument(ACertificate(), whom), whom);
}

}  // namespace accord::ctl
