#include "common/testing/table_oracle.h"

namespace accord::testing {

using google::protobuf::Message;

std::string TableOracle::Objection(const Caller& who, const std::string& method, const std::string& record,
                                   const World& world) {
  const auto found = world.find(record);
  std::string objection = "nobody does this at all";
  for (const Line& line : *terms_.lines) {
    if (line.act != method) continue;
    if (!terms_.is_among(who, line.people)) {
      objection = "not for people of this role, agency and purpose";
    } else if (line.parts.empty()) {
      return "";
    } else if (found == world.end()) {
      objection = "there is no such record";
    } else if (!terms_.has_part(who, *found->second, line.parts, world)) {
      objection = "not for somebody of this part";
    } else if (!Among(terms_.state(*found->second), line.from)) {
      objection = "not in this state: " + terms_.state(*found->second);
    } else {
      objection = terms_.bar ? terms_.bar(Act{&who, method, nullptr}, record) : "";
      if (objection.empty()) return "";
    }
  }
  return objection;
}

std::string TableOracle::Objection(const Act& act, const Change& change, const World& world) {
  const Verdict verdict = terms_.first_look ? terms_.first_look(act, change, world) : Verdict();
  if (verdict.settled) return verdict.objection;
  const Message& record = change.after != nullptr ? *change.after : *change.before;
  const std::string kind(record.GetDescriptor()->name());
  std::string objection = verdict.objection;
  for (const Line& line : *terms_.lines) {
    if (line.act != act.method || line.kind != kind) continue;
    const bool makes = line.from[0] == '-';
    if (makes != (change.before == nullptr)) continue;
    const std::string about = makes ? terms_.about(change) : change.name;
    const std::string barred = Objection(*act.who, act.method, about, world);
    if (!barred.empty()) return barred;
    if (line.to == "-") return change.after == nullptr ? "" : "it is still there";
    if (change.after == nullptr) return "it is gone";
    if (!line.parts.empty() && !terms_.has_part(*act.who, *world.at(about), line.parts, world)) continue;
    if (!makes && !Among(terms_.state(*change.before), line.from)) continue;
    if (!Among(terms_.state(*change.after), line.to)) {
      objection = "leads to " + terms_.state(*change.after);
      continue;
    }
    const std::string others = makes ? "" : OtherFields(*change.before, *change.after, line.fields);
    if (!others.empty()) {
      objection = others;
      continue;
    }
    return terms_.of_deed(act, change, world);
  }
  return objection;
}

}  // namespace accord::testing
