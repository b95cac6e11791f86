#include "common/host/parts.h"

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

// What stands for a part in a refusal, and who that is.
struct Missing {
  const char* rule;
  const char* who;
};
const std::map<Part, Missing>& MissingParts() {
  static const std::map<Part, Missing> kMissing = {
      {a::PART_OWNER, {"NOT_THE_OWNER", "the agency whose record it is"}},
      {a::PART_OFFICE, {"NOT_THE_OFFICE", "the coordination office"}},
      {a::PART_SENDER, {"NOT_THE_SENDER", "the sending agency"}},
      {a::PART_RECEIVER, {"NOT_THE_RECEIVER", "the receiving agency"}},
      {a::PART_LEAD, {"NOT_THE_LEAD", "the agency that leads"}},
      {a::PART_SIGNATORY, {"NOT_A_SIGNATORY", "a signatory"}},
      {a::PART_CONSULTED, {"NOT_A_PARTY", "a party that was consulted"}},
      {a::PART_OBSERVER, {"NOT_A_PARTY", "an observer"}},
      {a::PART_ORIGINATOR, {"NOT_THE_ORIGINATOR", "the originator"}},
      {a::PART_BUREAU, {"NOT_THE_BUREAU", "the bureau"}},
      {a::PART_HOLDER, {"NOT_THE_HOLDER", "an agency that holds a copy"}},
      {a::PART_MAKER, {"NOT_THE_MAKER", "the agency that made it"}},
      {a::PART_ASKED, {"NOT_ASKED", "an agency that was asked"}},
      {a::PART_ASSIGNED, {"NOT_ASSIGNED", "an assigned Crown or the coordinator"}},
      {a::PART_COORDINATOR, {"NOT_THE_COORDINATOR", "the coordinator of the provincial team"}},
      {a::PART_CROWN_OFFICE, {"NOT_THE_CROWN_OFFICE", "a Crown of the case's office"}},
      {a::PART_POLICE, {"NOT_THE_POLICE", "the police service of the case"}},
      {a::PART_LEARNER, {"NOT_YOUR_OWN", "the learner"}},
      {a::PART_EMPLOYER, {"NOT_THE_EMPLOYER", "the learner's agency"}},
      {a::PART_READER, {"NOT_A_READER", "who reads it"}},
      {a::PART_RAISER, {"NOT_THE_RAISER", "the agency that raised it"}}};
  return kMissing;
}

// The text at a path of the request.
std::string TextAt(const Message& request, const std::string& path) {
  const Message* at = &request;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (std::size_t i = 0;; ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (i + 1 == parts.size()) return at->GetReflection()->GetString(*at, field);
    at = &at->GetReflection()->GetMessage(*at, field);
  }
}

// The first part that a rule names stands for all of them, but for these.
const char* RuleFor(const a::PartRule& rule) {
  static const std::map<PartSet, const char*> kSeveral = {
      {{a::PART_SENDER, a::PART_RECEIVER}, "NOT_SENDER_OR_RECEIVER"},
      {{a::PART_SIGNATORY, a::PART_CONSULTED}, "NOT_A_PARTY"},
      {{a::PART_SIGNATORY, a::PART_CONSULTED, a::PART_OBSERVER}, "NOT_A_PARTY"},
      {{a::PART_RAISER, a::PART_ASKED}, "NOT_A_SIDE"}};
  PartSet parts;
  for (int part : rule.any()) parts.insert(static_cast<Part>(part));
  const auto several = kSeveral.find(parts);
  return several != kSeveral.end() ? several->second : MissingParts().at(static_cast<Part>(rule.any(0))).rule;
}

absl::Status Refusal(const a::PartRule& rule) {
  std::vector<std::string> who;
  for (int part : rule.any()) who.emplace_back(MissingParts().at(static_cast<Part>(part)).who);
  return Refuse(absl::StatusCode::kPermissionDenied, RuleFor(rule),
                absl::StrCat("Only ", absl::StrJoin(who, " or "), " does this."));
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
  ACCORD_ASSIGN_OR_RETURN(const PartSet parts, Of(call, tx, TextAt(request, rule.of())));
  if (parts.empty()) return NotFound();
  const bool has = std::any_of(rule.any().begin(), rule.any().end(),
                               [&](int part) { return parts.contains(static_cast<Part>(part)); });
  return has ? absl::OkStatus() : Refusal(rule);
}

absl::Status Parts::CheckSeen(Call& call, storage::Transaction& tx, const std::string& name) const {
  return Of(call, tx, name).status();
}

}  // namespace accord::host
