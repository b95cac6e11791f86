#include "common/testing/insiders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;

// This gives the kind in a method's name: `CreateJointInvestigation` -> `joint_investigation`.
std::string SnakeOf(std::string_view camel) {
  std::string snake;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      if (!snake.empty()) snake += '_';
      snake += static_cast<char>(c - 'A' + 'a');
    } else {
      snake += c;
    }
  }
  return snake;
}

int Named(const char* variable, int otherwise) {
  const char* named = std::getenv(variable);
  return named == nullptr ? otherwise : std::atoi(named);
}

}  // namespace

std::string Described(const Caller& who) {
  std::vector<std::string> roles;
  for (const Role role : who.roles) roles.push_back(RoleName(role));
  return absl::StrCat(who.agency, "/", who.actor, " (", absl::StrJoin(roles, ","), "; ",
                      PurposeName(who.purpose), ")");
}

int StepsOr(int fixed) { return Named("ACCORD_MODEL_STEPS", fixed); }

void ExpectThatActsHappened(const Insiders& insiders, const std::set<std::string>& acts, int steps) {
  constexpr int kLong = 20000;
  constexpr std::size_t kMissingInAShortOne = 10;
  std::set<std::string> missing;
  for (const std::string& act : acts) {
    if (!insiders.done().contains(act)) missing.insert(act);
  }
  EXPECT_LE(missing.size(), steps < kLong ? kMissingInAShortOne : 0)
      << insiders.Summary() << "\nnever had an effect: " << absl::StrJoin(missing, ", ");
}

bool RunWhole(Insiders* insiders, const std::set<std::string>& acts, int steps) {
  insiders->Run();
  std::printf("%s\n", insiders->Summary().c_str());
  if (::testing::Test::HasFailure()) return false;
  ExpectThatActsHappened(*insiders, acts, steps);
  return true;
}

Insiders::Insiders(InProcess* in_process, Oracle* oracle, RandomRequest* requests, Dice* dice,
                   Options options)
    : in_process_(in_process),
      oracle_(oracle),
      requests_(requests),
      dice_(dice),
      options_(std::move(options)) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const std::string& service : AllServices()) {
    if (!absl::StartsWith(service, options_.package + ".")) continue;
    const FileDescriptor* file = pool->FindServiceByName(service)->file();
    std::vector<const FileDescriptor*> files = {file};
    for (int i = 0; i < file->dependency_count(); ++i) files.push_back(file->dependency(i));
    for (const FileDescriptor* each : files) {
      for (int i = 0; i < each->message_type_count(); ++i) {
        const Descriptor* type = each->message_type(i);
        if (!type->options().HasExtension(annotations::v1::resource)) continue;
        prototypes_[type->options().GetExtension(annotations::v1::resource).singular()] =
            google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
      }
    }
    for (const auto& [kind, singular] : options_.stored_as) {
      if (prototypes_.contains(singular)) prototypes_[kind] = prototypes_[singular];
    }
    if (options_.elsewhere.contains(service)) continue;
    const auto methods = MethodsOf(service);
    for (const Method& method : *methods) {
      if (method.unary()) methods_.push_back(method);
    }
  }
}

void Insiders::Run() {
  Look(true);
  for (step_ = 0; step_ < options_.steps && !failed_; ++step_) Step();
  now_doing_ = "looking at everything";
  // A complete comparison finds no change that was not reported.
  const auto missed = Look(true);
  if (!failed_ && !missed.empty()) Fail("changed without an event: " + missed.front().name);
}

World Insiders::Before(const std::vector<Change>& changes) const {
  if (changes.empty()) return {};
  World before = world_;
  for (const Change& change : changes) {
    if (change.before != nullptr) {
      before[change.name] = change.before;
    } else {
      before.erase(change.name);
    }
  }
  return before;
}

void Insiders::Step() {
  const int changes = changes_;
  const int way = dice_->Below(100);
  if (step_ == options_.steps * 2 / 3) {
    PassTime(options_.leap);
  } else if (way < 2) {
    PassTime(absl::Minutes(1 + dice_->Below(400)) +
             absl::Hours(dice_->Percent(15) ? 24 * (1 + dice_->Below(35)) : 0));
  } else if (way < 5 && !past_.empty()) {
    Repeat();
  } else {
    Try();
  }
  if (failed_) return;
  if (changes_ == changes) return;
  const std::string broken = oracle_->OfWorld(world_);
  if (!broken.empty()) Fail(broken);
}

void Insiders::PassTime(absl::Duration by) {
  now_doing_ = "time passes";
  in_process_->clock().Advance(by);
  options_.sweep();
  // This tells the oracle the time, whatever the act's result.
  oracle_->Learn({&options_.people.front(), "", nullptr}, {}, Now());
  const std::vector<Change> changes = Look(true);
  const World before = Before(changes);
  for (const Change& change : changes) {
    ++changes_;
    const std::string objection = oracle_->OfTime(change, before, Now());
    if (objection.empty()) continue;
    const std::string was = change.before == nullptr ? "" : change.before->ShortDebugString();
    return Fail(absl::StrCat("the calendar: ", objection, " (", change.name, "), which was ", was));
  }
}

std::string Insiders::PickRecord(const Method& method) const {
  const auto named = options_.about.find(std::string(method.descriptor->name()));
  std::string kind;
  if (named != options_.about.end()) {
    kind = named->second;
  } else {
    const std::string snake = SnakeOf(method.descriptor->name());
    for (const auto& [each, prototype] : prototypes_) {
      if (absl::StrContains(snake, each) && each.size() > kind.size()) kind = each;
    }
  }
  std::vector<std::string> fitting;
  for (const std::string& name : order_) {
    if (world_.contains(name) && kinds_.at(name) == kind) fitting.push_back(name);
  }
  if (fitting.empty() || dice_->Percent(3)) return order_.empty() ? "" : dice_->Any(order_);
  // Newer records are preferred, because they have more steps ahead.
  const int young = std::min<int>(static_cast<int>(fitting.size()), 12);
  if (dice_->Percent(70)) return fitting[fitting.size() - 1 - static_cast<std::size_t>(dice_->Below(young))];
  return dice_->Any(fitting);
}

const Method& Insiders::PickMethod() const {
  while (true) {
    const Method& method = dice_->Any(methods_);
    const bool rare = options_.rare.contains(std::string(method.descriptor->name()));
    const bool often = options_.often.contains(std::string(method.descriptor->name()));
    if (dice_->Percent(rare ? 5 : often ? 100 : method.rule.mutates() ? 30 : 12)) return method;
  }
}

std::vector<const Caller*> Insiders::Allowed(const std::string& method, const std::string& record) const {
  std::vector<const Caller*> allowed;
  for (const Caller& each : options_.people) {
    if (oracle_->Objection(each, method, record, world_).empty()) allowed.push_back(&each);
  }
  return allowed;
}

void Insiders::Try() {
  const Method& method = PickMethod();
  const std::string method_name(method.descriptor->name());
  std::string record = PickRecord(method);
  Caller who = dice_->Any(options_.people);
  if (method.rule.mutates() && dice_->Percent(70)) {
    std::vector<const Caller*> allowed = Allowed(method_name, record);
    for (int again = 0; again < 6 && allowed.empty(); ++again) {
      record = PickRecord(method);
      allowed = Allowed(method_name, record);
    }
    if (!allowed.empty()) who = *dice_->Any(allowed);
  } else if (dice_->Percent(15)) {
    who.purpose = static_cast<Purpose>(dice_->Below(annotations::v1::Purpose_ARRAYSIZE));
  }
  const auto request = requests_->Make(method.descriptor->input_type(), who, record, world_, order_, Now());
  if (dice_->Percent(85)) options_.shape(who, world_, Now(), request.get());
  if (options_.under.contains(method_name) && dice_->Percent(95)) {
    request->GetReflection()->SetString(request.get(), request->GetDescriptor()->FindFieldByName("parent"),
                                        record);
  }
  if (const auto* id = request->GetDescriptor()->FindFieldByName("request_id")) {
    request->GetReflection()->SetString(request.get(), id, absl::StrCat("insider-", ++request_ids_));
  }
  const int changes = changes_;
  CallAndJudge(who, method, *request);
  constexpr std::size_t kRemembered = 60;
  Past past{who, &method, std::shared_ptr<Message>(request->New()), changes_ > changes};
  past.request->CopyFrom(*request);
  if (past_.size() < kRemembered) {
    past_.push_back(std::move(past));
  } else {
    past_[static_cast<std::size_t>(dice_->Below(kRemembered))] = std::move(past);
  }
}

void Insiders::Repeat() {
  const Past past = dice_->Any(past_);
  const int changes = changes_;
  CallAndJudge(past.who, *past.method, *past.request);
  if (past.changed && changes_ > changes) Fail("a repeated request took effect twice");
}

void Insiders::CallAndJudge(const Caller& who, const Method& method, const Message& request) {
  now_doing_ = absl::StrCat(Described(who), " ", method.descriptor->name(), " ", request.ShortDebugString());
  ++calls_;
  const std::string name(method.descriptor->name());
  const auto reply = in_process_->CallBytes(method.path, who, request.SerializeAsString());
  const std::vector<Change> changes = Look(false);
  const World before = Before(changes);
  if (!reply.ok()) {
    ++refused_;
    ++refusals_[name][RuleOf(reply.status())];
  }
  if (!reply.ok() && !changes.empty()) return Fail("refused, and changed " + changes.front().name);
  const Act act{&who, name, &request};
  for (const Change& change : changes) {
    ++changes_;
    const std::string objection = oracle_->Objection(act, change, before);
    if (!objection.empty()) return Fail(absl::StrCat(objection, " (", change.name, ")"));
  }
  if (reply.ok() && (!changes.empty() || !method.rule.mutates())) ++done_[name];
  JudgeAnswer(who, method, request, reply, changes);
  oracle_->Learn(act, changes, Now());
  if (failed_) return;
  if (RuleOf(reply.status()) == "" && absl::IsInternal(reply.status()))
    return Fail("broke: " + reply.status().ToString());
  // A record that has moved on may be answered differently the second time.
  const bool moved = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.before != nullptr || change.after == nullptr;
  });
  if (!moved) TryTwin(who, method, request, reply.status());
  for (const Change& change : changes) ReadAround(change.name);
}

void Insiders::Fail(const std::string& what) {
  // Each kind of failure is reported once.
  if (!told_.insert(what.substr(0, 40)).second) return;
  failed_ = static_cast<int>(told_.size()) >= Named("ACCORD_MODEL_FAILURES", 1);
  ADD_FAILURE() << "seed " << dice_->seed() << " step " << step_ << ": " << what << "\nwhile " << now_doing_;
}

std::string Insiders::Summary() const {
  std::string table;
  for (const Method& method : methods_) {
    const std::string name(method.descriptor->name());
    const auto done = done_.find(name);
    absl::StrAppend(&table, "\n  ", done == done_.end() ? 0 : done->second, " ", name, ";");
    const auto refused = refusals_.find(name);
    if (refused == refusals_.end()) continue;
    for (const auto& [rule, times] : refused->second) absl::StrAppend(&table, " ", times, " ", rule);
  }
  return absl::StrCat("seed ", dice_->seed(), ": ", step_, " steps, ", calls_, " calls, ", refused_,
                      " refused, ", changes_, " changes, ", twins_, " of hidden records beside absent ones, ",
                      texts_, " texts and names learnt", table);
}

}  // namespace accord::testing
