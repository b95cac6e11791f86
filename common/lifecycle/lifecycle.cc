#include "common/lifecycle/lifecycle.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord {

Lifecycle::Lifecycle(const google::protobuf::EnumDescriptor* state, std::vector<Transition> transitions)
    : state_(state) {
  for (auto& t : transitions) next_.emplace(std::pair(t.from, std::move(t.event)), t.to);
}

absl::StatusOr<int> Lifecycle::Next(int from, const std::string& event) const {
  const auto it = next_.find({from, event});
  if (it != next_.end()) return it->second;
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
  for (const auto& [key, to] : next_) events.insert(key.second);
  return events;
}

std::string Lifecycle::Table() const {
  std::string text;
  for (const auto& [key, to] : next_) {
    absl::StrAppend(&text, ShortName(state_, key.first), " -- ", key.second, " --> ", ShortName(state_, to),
                    "\n");
  }
  return text;
}

}  // namespace accord
