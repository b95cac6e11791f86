#include "common/lifecycle/lifecycle.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord {

Lifecycle::Lifecycle(const google::protobuf::EnumDescriptor* state, std::vector<Transition> transitions)
    : state_(state) {
  for (auto& t : transitions) next_.emplace(std::pair(t.from, std::move(t.event)), Step{t.to, t.undoable});
}

absl::StatusOr<int> Lifecycle::Next(int from, const std::string& event) const {
  const auto it = next_.find({from, event});
  if (it != next_.end()) return it->second.to;
  return Refuse(rules::kStateNotPermitted,
                from == 0 ? "Not possible as the first step."
                          : absl::StrCat("Not possible in the state ", ShortName(state_, from), "."));
}

std::vector<int> Lifecycle::States() const {
  std::vector<int> states;
  for (int i = 0; i < state_->value_count(); ++i) {
    if (state_->value(i)->number() != 0) states.push_back(state_->value(i)->number());
  }
  return states;
}

std::set<std::string> Lifecycle::Events() const {
  std::set<std::string> events;
  for (const auto& [key, step] : next_) events.insert(key.second);
  return events;
}

std::vector<Transition> Lifecycle::Transitions() const {
  std::vector<Transition> all;
  for (const auto& [key, step] : next_) all.push_back({key.first, key.second, step.to, step.undoable});
  return all;
}

absl::Status Lifecycle::CheckUndoable(int to) const {
  if (std::any_of(next_.begin(), next_.end(),
                  [to](const auto& each) { return each.second.to == to && each.second.undoable; })) {
    return absl::OkStatus();
  }
  return Refuse(rules::kStateNotPermitted,
                absl::StrCat("No step that leads to the state ", ShortName(state_, to), " can be undone."));
}

bool Lifecycle::Undoable(int from, int to) const {
  return from != to && std::any_of(next_.begin(), next_.end(), [from, to](const auto& each) {
           return each.first.first == from && each.second.to == to && each.second.undoable;
         });
}

std::string Lifecycle::Table() const {
  std::string text;
  for (const auto& [key, step] : next_) {
    absl::StrAppend(&text, ShortName(state_, key.first), " -- ", key.second, " --> ",
                    ShortName(state_, step.to), step.undoable ? ", until it is acted on" : "", "\n");
  }
  return text;
}

}  // namespace accord
