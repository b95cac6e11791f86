// This file says what the calendar may do to intelligence, and what holds at any time (docs/domain.md 3.2).
#include "common/base/clock.h"
#include "services/intelligence/testing/field_oracle.h"

namespace accord::intelligence {

using google::protobuf::Message;
using testing::As;
using testing::Change;
using testing::OtherFields;
using testing::StateIn;
using testing::World;

void OracleOfIntelligence::Ended(const Change& change, const World& world) {
  for (const auto& [name, record] : world) {
    const auto* copy = As<v1::ReportCopy>(record.get());
    if (copy != nullptr && copy->report() == change.name) knew_[change.name].insert(copy->to_agency());
  }
}

// By section 3.2 a report ends after five years, or after two if it is about victims alone, and when access
// to a youth record ends.
std::string OracleOfIntelligence::ObjectionToEnd(const Change& change, const World& world,
                                                 const std::string& today) {
  const auto over = [&](const v1::Report& report) {
    if (!report.youth_access_ends_on().empty() && report.youth_access_ends_on() < today) return true;
    return !Control::InUse(report) && (report.review_due().empty() || report.review_due() <= today);
  };
  if (const auto* report = As<v1::Report>(change.before.get())) {
    return over(*report) ? "" : "ended before its time";
  }
  const auto* product = As<v1::Product>(change.before.get());
  if (product == nullptr) return "it ended by itself";
  // A product may end with any report that it was made of.
  for (const std::string& input : product->inputs()) {
    const auto found = world.find(input);
    if (found == world.end() || over(*As<v1::Report>(found->second.get()))) return "";
  }
  return "ended though all that it is made of stands";
}

std::string OracleOfIntelligence::OfTime(const Change& change, const World& world, absl::Time now) {
  now_ = now;
  if (change.after == nullptr) {
    Ended(change, world);
    return ObjectionToEnd(change, world, FormatDay(OntarioDay(now)));
  }
  if (change.before == nullptr)
    return As<v1::PurgeNotice>(change.after.get()) != nullptr ? "" : "it made this";
  const std::string from = StateIn(*change.before), to = StateIn(*change.after);
  if (As<v1::Report>(change.after.get()) != nullptr) {
    return (from == "active" || from == "retained") && to == "review_due" ? "" : from + " became " + to;
  }
  // The reasons for which a report was given, or asked for, end with the report.
  if (As<v1::ReportCopy>(change.after.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "purpose");
  }
  if (As<v1::ReleaseRequest>(change.after.get()) != nullptr) {
    if (from == to) return OtherFields(*change.before, *change.after, "justification");
    return (from == "pending" || from == "proposed") && to == "lapsed" ? "" : from + " became " + to;
  }
  if (As<v1::InformationRequest>(change.after.get()) != nullptr) {
    // What was said before it was due is told when it is due.
    return OtherFields(*change.before, *change.after, "overdue state replies");
  }
  if (As<v1::InformationReply>(change.after.get()) != nullptr) return "";
  if (As<v1::PurgeNotice>(change.after.get()) != nullptr)
    return to == "overdue" ? "" : from + " became " + to;
  if (As<v1::Product>(change.after.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "text title agreements state");
  }
  return "the calendar has nothing to do with this";
}

std::string OracleOfIntelligence::OfWorld(const World& world) {
  for (const auto& [name, record] : world) {
    const auto* report = As<v1::Report>(record.get());
    if (report == nullptr) continue;
    if (report->handling() == v1::HANDLING_H5) return "a report that says of itself to be sanitised: " + name;
    for (const auto& entity : report->entities()) {
      if (entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM && report->handling() > v1::HANDLING_H2)
        return "a victim named below the two narrowest handlings: " + name;
    }
  }
  return "";
}

}  // namespace accord::intelligence
