#include "services/strategy/testing/field_oracle.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/base/clock.h"

namespace accord::strategy {
namespace {

using google::protobuf::Message;
using testing::Act;
using testing::AnyIn;
using testing::As;
using testing::Change;
using testing::In;
using testing::Line;
using testing::Words;
using testing::World;

bool IsOffice(const Caller& who) { return who.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE; }
bool IsStaff(const Caller& who) { return IsOffice(who) && who.Has(annotations::v1::ROLE_OFFICE_STAFF); }
bool IsDirector(const Caller& who) { return IsOffice(who) && who.Has(annotations::v1::ROLE_OFFICE_DIRECTOR); }
bool LeadsAMinistry(const Caller& who) {
  return who.kind == annotations::v1::AGENCY_KIND_MINISTRY && who.Has(annotations::v1::ROLE_MINISTRY_LEAD);
}
bool IsAboutMoney(const Caller& who) { return who.purpose == annotations::v1::PURPOSE_FUNDING; }
bool Pays(const Caller& who) {
  return (IsOffice(who) || who.kind == annotations::v1::AGENCY_KIND_MINISTRY) &&
         who.Has(annotations::v1::ROLE_FINANCE_OFFICER);
}
bool GetsMoney(const Caller& who) {
  return who.kind == annotations::v1::AGENCY_KIND_VICTIM_SERVICES &&
         who.Has(annotations::v1::ROLE_VS_MANAGER);
}

bool Represents(const Caller& who) { return who.Has(annotations::v1::ROLE_INDIGENOUS_REP); }

// This tells whether the person is one of `staff directors leads planners committers askers approvers
// payers representatives`.
bool IsAmong(const Caller& who, const std::string& people) {
  const auto words = Words(people);
  return (words.contains("staff") && IsStaff(who)) || (words.contains("leads") && LeadsAMinistry(who)) ||
         (words.contains("directors") && IsDirector(who)) ||
         (words.contains("planners") && IsStaff(who) && IsAboutMoney(who)) ||
         (words.contains("committers") && IsDirector(who) && IsAboutMoney(who)) ||
         (words.contains("askers") && (IsStaff(who) || GetsMoney(who)) && IsAboutMoney(who)) ||
         (words.contains("approvers") && (IsStaff(who) || LeadsAMinistry(who)) && IsAboutMoney(who)) ||
         (words.contains("payers") && Pays(who) && IsAboutMoney(who)) ||
         (words.contains("representatives") && Represents(who));
}

// This tells whether the indicator names the person's agency as a governing body.
bool Governs(const Caller& who, const v1::Indicator& indicator) {
  const auto& bodies = indicator.governing_bodies();
  return std::find(bodies.begin(), bodies.end(), who.agency) != bodies.end();
}

// This tells whether each governing body has agreed to the indicator as it is now. A withdrawn or expired
// agreement does not count.
bool IsAgreed(const v1::Indicator& indicator, const World& world, absl::Time now) {
  const std::string today = FormatDay(OntarioDay(now));
  std::set<std::string> agreed;
  for (const auto& [name, record] : world) {
    const auto* each = As<v1::DataAuthorisation>(record.get());
    if (each == nullptr || each->indicator() != indicator.name()) continue;
    const bool ended = !each->expires_on().empty() && each->expires_on() < today;
    const bool stands = each->state() == v1::DATA_AUTHORISATION_STATE_IN_FORCE && !ended;
    if (stands && each->definition_version() == indicator.definition_version()) agreed.insert(OwnerOf(name));
  }
  const auto& bodies = indicator.governing_bodies();
  return !bodies.empty() && std::all_of(bodies.begin(), bodies.end(),
                                        [&](const std::string& body) { return agreed.contains(body); });
}

// This tells whether the report has a sentence that the person's ministry has to confirm.
bool IsNamedIn(const v1::ProgressReport& report, const Caller& who) {
  for (const auto& section : report.sections()) {
    for (const auto& sentence : section.sentences()) {
      if (sentence.ministry() == who.agency) return true;
    }
  }
  return false;
}

// This tells whether the person is of the ministry that owns the money, of the recipient or of the office.
bool Concerns(const Caller& who, const v1::Allocation& allocation, const World& world) {
  const auto* envelope = In<v1::Envelope>(world, allocation.envelope());
  return IsOffice(who) || allocation.recipient() == who.agency ||
         (envelope != nullptr && envelope->ministry() == who.agency);
}

std::set<std::string> PartsIn(const Caller& who, const Message& record, const World& world) {
  std::set<std::string> parts;
  const auto* allocation = As<v1::Allocation>(&record);
  if (const auto* payment = As<v1::Payment>(&record)) {
    allocation = In<v1::Allocation>(world, payment->allocation());
  }
  if (allocation != nullptr && Concerns(who, *allocation, world)) parts.insert("concerned");
  if (OwnerOf(testing::TextOf(record, "name")) == who.agency) parts.insert("owner");
  if (IsOffice(who)) parts.insert("office");
  const auto* indicator = As<v1::Indicator>(&record);
  if (indicator != nullptr && indicator->owner_ministry() == who.agency) parts.insert("observer");
  if (indicator != nullptr && Governs(who, *indicator)) parts.insert("asked");
  const auto* report = As<v1::ProgressReport>(&record);
  if (report != nullptr && IsNamedIn(*report, who)) parts.insert("named");
  return parts;
}

// This gives the record that a new one refers to: the indicator or the corrected observation of an
// observation, the allocation or the reversed payment of a payment, and the edition that a report restates.
std::string AboutOf(const Change& made) {
  const auto* report = As<v1::ProgressReport>(made.after.get());
  if (report != nullptr && !report->restates().empty()) return report->restates();
  if (const auto* payment = As<v1::Payment>(made.after.get())) {
    return payment->reverses().empty() ? payment->allocation() : payment->reverses();
  }
  if (const auto* agreed = As<v1::DataAuthorisation>(made.after.get())) return agreed->indicator();
  const auto* observation = As<v1::IndicatorObservation>(made.after.get());
  if (observation == nullptr) return made.name;
  return observation->corrects().empty() ? observation->indicator() : observation->corrects();
}

std::string OfDeed(const Act& act, const Change& change, const World& /*world*/) {
  const Caller& who = *act.who;
  // Every payment is named under the office, whoever requests it.
  const bool payment = As<v1::Payment>(change.after.get()) != nullptr;
  if (change.before == nullptr && !payment && OwnerOf(change.name) != who.agency) {
    return "in another agency's name";
  }
  const auto* indicator = As<v1::Indicator>(change.after.get());
  if (indicator != nullptr && change.before == nullptr && !IsOffice(who) &&
      indicator->owner_ministry() != who.agency) {
    return "for another ministry";
  }
  const auto* observation = As<v1::IndicatorObservation>(change.after.get());
  if (observation != nullptr && observation->has_value() == !observation->text().empty()) {
    return "neither a figure nor words, or both";
  }
  const auto* report = As<v1::ProgressReport>(change.after.get());
  if (report != nullptr && report->state() == v1::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED &&
      report->confirmations_size() != report->ministries_size()) {
    return "confirmed before every ministry has";
  }
  return "";
}

std::string NameOf(const Caller& who) { return absl::StrCat(who.agency, "/", who.actor); }

}  // namespace

const std::vector<Line>& Lines() {
  static const std::vector<Line> kLines = {
      {"CreateIndicator", "Indicator", "staff leads", "", "-", "current", ""},
      {"ReviseIndicator", "Indicator", "staff leads", "owner", "current", "current",
       "definition definition_version definitions target source_ref"},
      {"RetireIndicator", "Indicator", "staff leads", "owner", "current", "retired", "state retired_reason"},
      {"CreateIndicatorObservation", "IndicatorObservation", "leads", "observer", "- current", "draft", ""},
      {"ReviseIndicatorObservation", "IndicatorObservation", "leads", "owner", "draft", "draft",
       "indicator definition_version period_start period_end value text qualifier as_stated evidence "
       "source_ref"},
      {"SubmitIndicatorObservation", "IndicatorObservation", "leads", "owner", "draft", "submitted",
       "state return_reason"},
      {"VerifyIndicatorObservation", "IndicatorObservation", "staff", "office", "submitted", "verified",
       "state"},
      {"ReturnIndicatorObservation", "IndicatorObservation", "staff", "office", "submitted", "draft",
       "state return_reason"},
      {"CorrectIndicatorObservation", "IndicatorObservation", "leads", "owner", "verified", "corrected",
       "state"},
      {"CorrectIndicatorObservation", "IndicatorObservation", "leads", "owner", "- verified", "submitted",
       ""},
      {"CreateDataAuthorisation", "DataAuthorisation", "representatives", "asked", "- current", "in_force",
       ""},
      {"WithdrawDataAuthorisation", "DataAuthorisation", "representatives", "owner", "in_force", "withdrawn",
       "state withdrawn_on"},
      {"CreateEnvelope", "Envelope", "planners", "", "-", "", ""},
      {"SetEnvelopeCeilings", "Envelope", "committers", "office", "*", "",
       "first_fiscal_year ceilings years_source_ref"},
      {"CreateAllocation", "Allocation", "planners", "", "-", "planned", ""},
      {"CommitAllocation", "Allocation", "committers", "office", "planned", "committed", "state"},
      {"ReduceAllocation", "Allocation", "committers", "office", "committed", "committed",
       "amount_cents state_reason"},
      {"CloseAllocation", "Allocation", "committers", "office", "committed", "closed", "state state_reason"},
      {"CreateContribution", "Contribution", "planners", "", "-", "planned", ""},
      {"AdvanceContribution", "Contribution", "planners", "office", "planned", "committed",
       "state amount_cents source_ref"},
      {"AdvanceContribution", "Contribution", "planners", "office", "committed", "received",
       "state amount_cents source_ref"},
      {"CreateApprovalLimit", "ApprovalLimit", "committers", "", "-", "", ""},
      {"ReviseApprovalLimit", "ApprovalLimit", "committers", "owner", "*", "", "amount_cents source_ref"},
      {"CreateOfficeRole", "OfficeRole", "staff", "", "-", "", ""},
      {"CreateProgressReport", "ProgressReport", "staff", "", "-", "draft", ""},
      {"ReviseProgressReport", "ProgressReport", "staff", "owner",
       "draft ministry_confirmed director_approved", "draft",
       "state title title_fr sections ministries confirmations digest approve_time"},
      {"ConfirmProgressReport", "ProgressReport", "leads", "named", "draft", "draft ministry_confirmed",
       "state confirmations"},
      {"ApproveProgressReport", "ProgressReport", "directors", "owner", "ministry_confirmed",
       "director_approved", "state approve_time"},
      {"PublishProgressReport", "ProgressReport", "staff", "owner", "director_approved", "published",
       "state publish_time"},
      {"RestateProgressReport", "ProgressReport", "directors", "owner", "- published", "draft", ""},
      {"CreatePayment", "Payment", "askers", "concerned", "- committed", "requested", ""},
      {"ApprovePayment", "Payment", "approvers", "concerned", "requested", "approved", "state"},
      {"PayPayment", "Payment", "payers", "concerned", "approved failed", "paid",
       "state invoice_ref paid_on fiscal_year state_reason carry_decision"},
      {"FailPayment", "Payment", "payers", "concerned", "paid", "failed", "state state_reason"},
      {"CancelPayment", "Payment", "askers approvers", "concerned",
       "requested approved failed reversal_requested", "cancelled", "state state_reason"},
      // A reversal that is confirmed or cancelled no longer counts as requested.
      {"CancelPayment", "Payment", "askers approvers", "concerned", "paid", "paid",
       "reversal_requested_cents"},
      {"RequestPaymentReversal", "Payment", "payers", "concerned", "paid", "paid",
       "reversal_requested_cents"},
      {"RequestPaymentReversal", "Payment", "payers", "concerned", "- paid", "reversal_requested", ""},
      {"ConfirmPaymentReversal", "Payment", "approvers", "concerned", "reversal_requested", "reversal",
       "state"},
      {"ConfirmPaymentReversal", "Payment", "approvers", "concerned", "paid", "paid",
       "reversal_requested_cents reversed_cents"},
  };
  return kLines;
}

OracleOfStrategy::OracleOfStrategy()
    : TableOracle(
          Terms{.lines = &Lines(),
                .is_among = IsAmong,
                .has_part = [](const Caller& who, const Message& record, const std::string& parts,
                               const World& world) { return AnyIn(parts, PartsIn(who, record, world)); },
                .about = AboutOf,
                .of_deed = OfDeed,
                .bar = [this](const Act& act, const std::string& record) { return Bar(act, record); }}) {}

std::string OracleOfStrategy::Bar(const Act& act, const std::string& record) const {
  const auto among = [&](const std::map<std::string, std::set<std::string>>& people) {
    const auto found = people.find(record);
    return found != people.end() && found->second.contains(NameOf(*act.who));
  };
  if (act.method == "CommitAllocation" && among(planned_)) return "commits what he or she planned";
  if (act.method == "ApprovePayment" && among(planned_)) return "approves what he or she asked for";
  if (act.method == "ConfirmPaymentReversal" && among(asked_back_)) {
    return "confirms what he or she asked for";
  }
  if (act.method == "PayPayment" && (among(planned_) || among(approved_))) {
    return "pays what he or she asked for or approved";
  }
  if (act.method == "PublishProgressReport" && among(approved_)) return "publishes what he or she approved";
  return "";
}

std::string OracleOfStrategy::OfTime(const Change&, const World&, absl::Time) {
  return "the calendar has nothing to do with this";
}

std::string OracleOfStrategy::OfWorld(const World& world) {
  std::map<std::string, int64_t> committed, taken;
  std::set<std::string> instalments;
  for (const auto& [name, record] : world) {
    if (const auto* payment = As<v1::Payment>(record.get())) {
      if (!payment->reverses().empty() || payment->state() == v1::PAYMENT_STATE_CANCELLED) continue;
      if (payment->reversed_cents() + payment->reversal_requested_cents() > payment->amount_cents()) {
        return "more comes back than was paid: " + name;
      }
      if (!instalments.insert(absl::StrCat(payment->allocation(), " ", payment->instalment_no())).second) {
        return "an instalment that is there twice: " + name;
      }
      const auto* of = In<v1::Allocation>(world, payment->allocation());
      if (of == nullptr) return "of no allocation: " + name;
      const int64_t all = taken[of->name()] += payment->amount_cents() - payment->reversed_cents();
      if (all > of->amount_cents()) return "more is paid than there is of " + of->name();
      continue;
    }
    const auto* allocation = As<v1::Allocation>(record.get());
    if (allocation == nullptr || allocation->state() != v1::ALLOCATION_STATE_COMMITTED) continue;
    const auto* envelope = In<v1::Envelope>(world, allocation->envelope());
    if (envelope == nullptr) return "of no envelope: " + name;
    const int64_t sum = committed[envelope->name()] += allocation->amount_cents();
    if (sum > envelope->total_cents()) return "more is committed than there is of " + envelope->name();
  }
  return "";
}

bool OracleOfStrategy::MayLearn(const Caller& who, const testing::Told& told, const World& world,
                                absl::Time now) {
  const auto& [name, record, text] = told;
  if (const auto* observation = As<v1::IndicatorObservation>(record)) {
    const bool published = observation->state() == v1::OBSERVATION_STATE_VERIFIED ||
                           observation->state() == v1::OBSERVATION_STATE_CORRECTED;
    // Figures that distinguish Indigenous people are published only with the agreement of their
    // governing bodies.
    const auto* indicator = In<v1::Indicator>(world, observation->indicator());
    const bool open =
        indicator != nullptr && (!indicator->indigenous_disaggregated() || IsAgreed(*indicator, world, now));
    return (published && open) || OwnerOf(name) == who.agency || IsOffice(who);
  }
  if (const auto* allocation = As<v1::Allocation>(record)) {
    if (!IsAboutMoney(who)) return false;
    if (IsStaff(who) || IsDirector(who)) return true;
    const auto* envelope = In<v1::Envelope>(world, allocation->envelope());
    const bool paying =
        envelope != nullptr && envelope->ministry() == who.agency && (LeadsAMinistry(who) || Pays(who));
    return paying || (IsOffice(who) && Pays(who)) || allocation->recipient() == who.agency;
  }
  if (const auto* payment = As<v1::Payment>(record)) {
    const auto* of = In<v1::Allocation>(world, payment->allocation());
    const bool grown = IsStaff(who) || IsDirector(who) || LeadsAMinistry(who) || Pays(who) || GetsMoney(who);
    return IsAboutMoney(who) && grown && of != nullptr && Concerns(who, *of, world);
  }
  if (const auto* agreed = As<v1::DataAuthorisation>(record)) {
    const auto* indicator = In<v1::Indicator>(world, agreed->indicator());
    const bool observes = indicator != nullptr && indicator->owner_ministry() == who.agency;
    return OwnerOf(name) == who.agency || IsOffice(who) || observes;
  }
  if (As<v1::ApprovalLimit>(record) != nullptr) {
    return IsAboutMoney(who) && (IsStaff(who) || IsDirector(who));
  }
  if (const auto* report = As<v1::ProgressReport>(record)) {
    return report->state() == v1::PROGRESS_REPORT_STATE_PUBLISHED || IsOffice(who) || IsNamedIn(*report, who);
  }
  // Everybody reads the records that make up the strategy.
  return record != nullptr;
}

void OracleOfStrategy::Learn(const Act& act, const std::vector<Change>& changes, absl::Time now) {
  TableOracle::Learn(act, changes, now);
  for (const Change& change : changes) {
    if (act.method == "CreateAllocation" || act.method == "CreatePayment") {
      planned_[change.name].insert(NameOf(*act.who));
    }
    // The request is about the new row, and not about the row that it refers to.
    if (act.method == "RequestPaymentReversal" && change.before == nullptr) {
      asked_back_[change.name].insert(NameOf(*act.who));
    }
    if (act.method == "ApprovePayment" || act.method == "ApproveProgressReport") {
      approved_[change.name].insert(NameOf(*act.who));
    }
  }
}

}  // namespace accord::strategy
