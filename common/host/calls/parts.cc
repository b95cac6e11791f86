#include "common/host/calls/parts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::host {
namespace {

namespace a = annotations::v1;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// This is the rule by which a missing part is refused, with who has that part.
struct MissingPart {
  const rules::Rule* rule;
  const char* who;
};
const std::map<Part, MissingPart>& MissingParts() {
  static const std::map<Part, MissingPart> kMissing = {
      {a::PART_OWNER, {&rules::kNotTheOwner, "the agency whose record it is"}},
      {a::PART_OFFICE, {&rules::kNotTheOffice, "the coordination office"}},
      {a::PART_SENDER, {&rules::kNotTheSender, "the sending agency"}},
      {a::PART_RECEIVER, {&rules::kNotTheReceiver, "the receiving agency"}},
      {a::PART_LEAD, {&rules::kNotTheLead, "the agency that leads"}},
      {a::PART_SIGNATORY, {&rules::kNotASignatory, "a signatory"}},
      {a::PART_CONSULTED, {&rules::kNotAParty, "a party that was consulted"}},
      {a::PART_OBSERVER, {&rules::kNotAParty, "an observer"}},
      {a::PART_ORIGINATOR, {&rules::kNotTheOriginator, "the originator"}},
      {a::PART_BUREAU, {&rules::kNotTheBureau, "the bureau"}},
      {a::PART_HOLDER, {&rules::kNotTheHolder, "an agency that holds a copy"}},
      {a::PART_MAKER, {&rules::kNotTheMaker, "the agency that made it"}},
      {a::PART_ASKED, {&rules::kNotAsked, "an agency that was asked"}},
      {a::PART_ASSIGNED, {&rules::kNotAssigned, "an assigned Crown or the coordinator"}},
      {a::PART_COORDINATOR, {&rules::kNotTheCoordinator, "the coordinator of the provincial team"}},
      {a::PART_CROWN_OFFICE, {&rules::kNotTheCrownOffice, "a Crown of the case's office"}},
      {a::PART_POLICE, {&rules::kNotThePolice, "the police service of the case"}},
      {a::PART_LEARNER, {&rules::kNotYourOwn, "the learner"}},
      {a::PART_EMPLOYER, {&rules::kNotTheEmployer, "the learner's agency"}},
      {a::PART_READER, {&rules::kNotAReader, "who reads it"}},
      {a::PART_RAISER, {&rules::kNotTheRaiser, "the agency that raised it"}},
      {a::PART_CASE_TEAM, {&rules::kNotTheCaseTeam, "a worker of the support case"}}};
  return kMissing;
}

// This gives the text at a path of the request.
std::string RequestTextAt(const Message& request, const std::string& path) {
  const Message* at = &request;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (std::size_t i = 0;; ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (i + 1 == parts.size()) return at->GetReflection()->GetString(*at, field);
    at = &at->GetReflection()->GetMessage(*at, field);
  }
}

// A rule that names several parts refuses by the rule of its first part, except for these combinations.
const rules::Rule& RuleForMissingPart(const a::PartRule& rule) {
  static const std::map<PartSet, const rules::Rule*> kSeveral = {
      {{a::PART_SENDER, a::PART_RECEIVER}, &rules::kNotSenderOrReceiver},
      {{a::PART_SIGNATORY, a::PART_CONSULTED}, &rules::kNotAParty},
      {{a::PART_SIGNATORY, a::PART_CONSULTED, a::PART_OBSERVER}, &rules::kNotAParty},
      {{a::PART_RAISER, a::PART_ASKED}, &rules::kNotASide}};
  PartSet parts;
  for (int part : rule.any()) parts.insert(static_cast<Part>(part));
  const auto several = kSeveral.find(parts);
  return *(several != kSeveral.end() ? several->second
                                     : MissingParts().at(static_cast<Part>(rule.any(0))).rule);
}

absl::Status RefuseMissingPart(const a::PartRule& rule) {
  std::vector<std::string> who;
  for (int part : rule.any()) who.emplace_back(MissingParts().at(static_cast<Part>(part)).who);
  return Refuse(RuleForMissingPart(rule), absl::StrCat("Only ", absl::StrJoin(who, " or "), " does this."));
}

}  // namespace

absl::StatusOr<PartSet> Parts::Of(Call& call, storage::Transaction& tx, const std::string& name) const {
  const std::vector<std::string> segments = absl::StrSplit(name, '/');
  const std::string collection = segments.size() < 2 ? "" : segments[segments.size() - 2];
  const auto teller = tellers_.find(collection);
  if (teller != tellers_.end()) return teller->second(call, tx, name);
  PartSet parts;
  if (OwnerOf(name) == call.caller().agency) parts.insert(a::PART_OWNER);
  if (call.caller().kind == a::AGENCY_KIND_COORDINATION_OFFICE) parts.insert(a::PART_OFFICE);
  return parts;
}

absl::Status Parts::Check(const Method& method, const Message& request, Call& call,
                          storage::Transaction& tx) const {
  const a::PartRule& rule = method.rule.part();
  if (rule.of().empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const PartSet parts, Of(call, tx, RequestTextAt(request, rule.of())));
  if (parts.empty()) return NotFound();
  const bool has = std::any_of(rule.any().begin(), rule.any().end(),
                               [&](int part) { return parts.contains(static_cast<Part>(part)); });
  return has ? absl::OkStatus() : RefuseMissingPart(rule);
}

absl::Status Parts::CheckSeen(Call& call, storage::Transaction& tx, const std::string& name) const {
  return Of(call, tx, name).status();
}

}  // namespace accord::host
