#include "common/testing/walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/testing/random_request.h"

namespace accord::testing {
namespace {

using google::protobuf::Message;

std::string RequestFor(const Method& method, const Walk& walk, const std::string& who,
                       const std::string& name) {
  // All walks of one service share the number, because a request id may be used once.
  static int number = 0;
  const std::unique_ptr<Message> request = RequiredOnly(method);
  SetText(request.get(), method.rule.part().of(), name);
  SetText(request.get(), "request_id", absl::StrCat("walk-", ++number, "-0000"));
  if (walk.finish) walk.finish(who, request.get());
  return request->SerializeAsString();
}

// This says whether a call was refused for the caller's part in the record, or for the record's state.
bool HeldUp(const absl::Status& status, const std::set<std::string>& by) {
  const std::string rule = RuleOf(status);
  return absl::IsNotFound(status) || by.contains(rule) || absl::StartsWith(rule, "NOT_THE_") ||
         absl::StartsWith(rule, "NOT_A_") || rule == "NOT_SENDER_OR_RECEIVER" || rule == "NOT_ASKED" ||
         rule == "NOT_ASSIGNED" || rule == "NOT_YOUR_OWN" || rule == "STATE_NOT_PERMITTED";
}

bool Permits(const std::vector<const Permitted*>& rows, const std::string& who, const std::string& state) {
  return std::any_of(rows.begin(), rows.end(), [&](const Permitted* row) {
    return row->who.contains(who) && (row->states.empty() || row->states.contains(state));
  });
}

}  // namespace

std::set<std::string> ChangesBut(const std::string& service, const std::set<std::string>& walked) {
  std::set<std::string> others;
  const auto methods = *MethodsOf(service);
  for (const Method& method : methods) {
    if (!walked.contains(method.descriptor->name())) others.insert(method.descriptor->name());
  }
  return others;
}

std::vector<std::string> ShortNamesOf(const google::protobuf::EnumDescriptor* type) {
  std::vector<std::string> names;
  for (int i = 1; i < type->value_count(); ++i) names.push_back(ShortName(type, type->value(i)->number()));
  return names;
}

std::string Store(InProcess* in_process, const std::string& kind, Message* record,
                  const storage::Placement& placement) {
  const std::string name = TextOf(*record, "name");
  storage::Resources resources(kind, &in_process->page_tokens());
  const absl::Status stored = in_process->database().Transact([&](storage::Transaction& tx) {
    return resources.Insert(tx, record, {"test", "test", name, in_process->clock().Now()}, placement);
  });
  EXPECT_TRUE(stored.ok()) << stored;
  return name;
}

int WalkChanges(InProcess* in_process, const Walk& walk, const std::set<std::string>& elsewhere) {
  int calls = 0;
  std::map<std::string, std::vector<const Permitted*>> rows;
  for (const Permitted& row : walk.table) rows[row.method].push_back(&row);
  const auto methods = MethodsOf(walk.service);
  EXPECT_TRUE(methods.ok()) << methods.status();
  for (const Method& method : *methods) {
    const std::string name(method.descriptor->name());
    if (!method.rule.mutates() || elsewhere.contains(name)) continue;
    const auto row = rows.find(name);
    if (row == rows.end()) {
      ADD_FAILURE() << name << " stands in no line of the table";
      continue;
    }
    for (const auto& [who, agency] : walk.agencies) {
      const auto caller = Granted(method, agency);
      if (!caller) continue;
      NoteWalked(walk.service, name);
      for (const std::string& state : walk.states) {
        const std::string record = walk.make(state);
        const bool may = Permits(row->second, who, state);
        const absl::Status status =
            in_process->CallBytes(method.path, *caller, RequestFor(method, walk, who, record)).status();
        ++calls;
        EXPECT_EQ(!HeldUp(status, walk.held_up_by), may)
            << name << " by the " << who << " in " << state << ": " << status;
        if (!may) {
          EXPECT_NE(RuleOf(status), "") << name << " by the " << who << ": " << status;
        }
      }
    }
    rows.erase(row);
  }
  for (const auto& [name, row] : rows) ADD_FAILURE() << name << " is no change of " << walk.service;
  return calls;
}

int WalkWholeTable(InProcess* in_process, const Walk& walk) {
  std::set<std::string> walked;
  for (const Permitted& row : walk.table) walked.insert(row.method);
  return WalkChanges(in_process, walk, ChangesBut(walk.service, walked));
}

}  // namespace accord::testing
