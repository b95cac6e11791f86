#include "services/intelligence/testing/field_oracle.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"

namespace accord::intelligence {
namespace {

using google::protobuf::Message;
using testing::Act;
using testing::As;
using testing::Change;
using testing::OtherFields;
using testing::StateIn;
using testing::Words;
using testing::World;

// This gives what an agency is to a record.
std::set<std::string> PartsIn(const std::string& agency, const Message& record, const Control& control,
                              const std::set<std::string>& wanted) {
  std::set<std::string> parts;
  const std::string name = testing::TextOf(record, "name");
  if (agency == "ci-ciso") parts.insert("bureau");
  if (OwnerOf(name) == agency) parts.insert({"owner", "maker"});
  if (const auto* report = As<v1::Report>(&record)) {
    if (OwnerOf(name) == agency) parts.insert("originator");
    if (wanted.contains("holder") && control.Holds(*report, agency)) parts.insert("holder");
    if (!control.Holds(*report, "ci-ciso")) parts.erase("bureau");
  }
  if (const auto* release = As<v1::ReleaseRequest>(&record)) {
    if (release->originator() == agency) parts.insert("originator");
  }
  if (const auto* product = As<v1::Product>(&record)) {
    if (control.Originators(*product).contains(agency)) parts.insert("originator");
  }
  if (const auto* asked = As<v1::InformationRequest>(&record)) {
    if (Names(asked->to(), agency)) parts.insert("asked");
  }
  return parts;
}

std::string AboutOf(const Message& made) {
  if (const auto* copy = As<v1::ReportCopy>(&made)) return copy->report();
  if (const auto* release = As<v1::ReleaseRequest>(&made)) return release->report();
  if (const auto* product = As<v1::Product>(&made)) return product->inputs(0);
  if (const auto* reply = As<v1::InformationReply>(&made)) return reply->information_request();
  return "";
}

std::string PersonOf(const Caller& who) { return absl::StrCat(who.agency, "/", who.actor); }

}  // namespace

OracleOfIntelligence::OracleOfIntelligence()
    : TableOracle(Terms{
          .lines = &Lines(),
          .is_among = IsAmong,
          .has_part =
              [this](const Caller& who, const Message& record, const std::string& parts, const World& world) {
                const Control control(world, now_);
                return testing::AnyIn(parts, PartsIn(who.agency, record, control, Words(parts)));
              },
          .about = [](const Change& made) { return AboutOf(*made.after); },
          .of_deed = std::bind_front(&OracleOfIntelligence::ObjectionToDeed, this),
          .bar = std::bind_front(&OracleOfIntelligence::ObjectionToTwo, this),
          .first_look = std::bind_front(&OracleOfIntelligence::FirstLook, this)}) {}

std::string OracleOfIntelligence::ObjectionToTwo(const Act& act, const std::string& record) {
  static const std::vector<std::pair<std::string, std::string>> kPairs = {
      {"CreateReport UpdateReportDraft SubmitReport", "GradeReport"},
      {"GradeReport", "UpdateReportDraft SubmitReport"},
      {"CreateProduct SanitiseProduct", "ApproveProduct"},
      {"ProposeReportPurge", "ConfirmReportPurge"},
      {"ProposeEmergencyRelease", "ConfirmEmergencyRelease"}};
  for (const auto& [done, barred] : kPairs) {
    if (!Words(barred).contains(act.method)) continue;
    for (const std::string& each : Words(done)) {
      if (did_[record].contains(PersonOf(*act.who) + " " + each))
        return "one person does what is two's: " + each;
    }
  }
  return "";
}

testing::TableOracle::Verdict OracleOfIntelligence::FirstLook(const Act& act, const Change& change,
                                                              const World& world) {
  if (change.after == nullptr) Ended(change, world);
  if (const auto* report = As<v1::Report>(change.after.get())) sources_.insert(report->source_register_ref());
  const std::string objection = SideEffect(act, change, world);
  return {objection.empty(), objection};
}

std::string OracleOfIntelligence::ObjectionToDeed(const Act& act, const Change& change, const World& world) {
  const Control control(world, now_);
  const std::string& agency = act.who->agency;
  if (const auto* copy = As<v1::ReportCopy>(change.after.get())) {
    const v1::Report& report = *control.Report(copy->report());
    const bool own = OwnerOf(report.name()) == agency;
    if (!control.Opens(report, copy->to_agency(), copy->release())) return "given to whom it is not allowed";
    if (!own && copy->release().empty()) return "given on without a release";
    if (!own && OwnerOf(copy->release()) != agency) return "given on under another agency's release";
    if (copy->to_agency().rfind("cr-", 0) == 0 && copy->disclosure_officer().empty()) {
      return "to a Crown without a disclosure officer";
    }
  }
  if (const auto* product = As<v1::Product>(change.after.get())) {
    if (act.method == "CreateProduct" || act.method == "ApproveProduct") {
      for (const std::string& input : product->inputs()) {
        const v1::Report* report = control.Report(input);
        if (report == nullptr || !Control::InUse(*report)) return "made of what is not in use";
        const bool sanitised = !product->sanitised_text().empty() || product->handling() == v1::HANDLING_H5;
        if (!sanitised && product->handling() > report->handling()) return "looser than an input";
        if (act.method == "CreateProduct" && !control.Holds(*report, agency))
          return "made of what one has not";
      }
    }
    if (act.method == "ApproveProduct") {
      if (!product->sanitised_text().empty() && !control.Agreed(*product))
        return "approved without agreement";
      if (product->sanitised_text().empty() && product->handling() == v1::HANDLING_H5) return "not sanitised";
    }
    if (act.method == "SanitiseProduct") {
      const auto& list = product->checklist();
      if (!list.no_source() || !list.no_method() || !list.no_victim() || !list.no_live_operation()) {
        return "sanitised with a line of the checklist open";
      }
      if (!product->agreements().empty()) return "an agreement outlived the text";
    }
    if (act.method == "AgreeProduct" || act.method == "WithdrawProductAgreement") {
      const auto* before = As<v1::Product>(change.before.get());
      const auto others = [&](const v1::Product& p) {
        int count = 0;
        for (const auto& each : p.agreements()) count += each.agency() != agency;
        return count;
      };
      if (others(*before) != others(*product)) return "another originator's agreement";
    }
  }
  if (const auto* release = As<v1::ReleaseRequest>(change.after.get())) {
    for (const std::string& to : release->granted_recipients()) {
      if (!Names(release->recipients(), to)) return "granted to whom nobody asked for";
    }
    if (OwnerOf(release->report()) != release->originator()) return "decided by another agency";
  }
  if (change.before == nullptr && As<v1::ReportCopy>(change.after.get()) == nullptr &&
      OwnerOf(change.name) != agency) {
    return "made in the name of another agency";
  }
  return "";
}

std::string OracleOfIntelligence::SideEffect(const Act& act, const Change& change, const World& world) {
  const Control control(world, now_);
  const auto* copy = As<v1::ProductCopy>(change.after.get());
  if (act.method == "IssueProduct" && copy != nullptr && change.before == nullptr) {
    const v1::Product* product = control.Product(copy->product());
    if (product == nullptr || OwnerOf(product->name()) != act.who->agency) return "not the maker's";
    return control.MayHave(*product, copy->to_agency()) ? "" : "issued to whom an input does not allow";
  }
  const auto* line = As<v1::ReportCopy>(change.after.get());
  if (act.method == "IssueProduct" && line != nullptr && change.before == nullptr) {
    return line->product().empty() ? "a report left with a product" : "";
  }
  const auto* product = As<v1::Product>(change.after.get());
  const auto* before = As<v1::Product>(change.before.get());
  // A recall voids what was agreed, and a purge erases what was made of it.
  if (act.method == "RecallReport" && product != nullptr && before != nullptr) {
    return product->agreements_size() < before->agreements_size()
               ? OtherFields(*before, *product, "agreements")
               : "not by a recall";
  }
  if (act.method == "ConfirmReportPurge" && before != nullptr) {
    return product == nullptr || StateIn(*product) == "withdrawn" ||
                   OtherFields(*before, *product, "text title agreements state").empty()
               ? ""
               : "not by a purge";
  }
  if (act.method == "ConfirmReportPurge" && As<v1::PurgeNotice>(change.after.get()) != nullptr) return "";
  if (act.method == "ConfirmReportPurge" && change.after != nullptr &&
      As<v1::ReportCopy>(change.before.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "purpose disclosure_officer");
  }
  if (act.method == "ConfirmReportPurge" && change.after != nullptr &&
      As<v1::ReleaseRequest>(change.before.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "justification");
  }
  if (act.method == "ConfirmReportPurge" && change.after == nullptr &&
      As<v1::Report>(change.before.get()) == nullptr) {
    return "";
  }
  const auto* request = As<v1::InformationRequest>(change.after.get());
  if (act.method == "AnswerInformationRequest" && request != nullptr && change.before != nullptr) {
    return OtherFields(*change.before, *change.after, "state replies");
  }
  return "not an effect of this";
}

void OracleOfIntelligence::Learn(const Act& act, const std::vector<Change>& changes, absl::Time now) {
  TableOracle::Learn(act, changes, now);
  for (const Change& change : changes) did_[change.name].insert(PersonOf(*act.who) + " " + act.method);
}

}  // namespace accord::intelligence
