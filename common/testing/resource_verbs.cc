#include "common/testing/resource_verbs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/changes.pb.h"
#include "common/access/method.h"
#include "common/access/service_files.h"
#include "common/base/error.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

// Kinds that several services keep are declared in this package, once for all of them.
constexpr char kSharedPackage[] = "accord.host.v1";

const annotations::v1::Resource& ResourceOption(const Descriptor& type) {
  return type.options().GetExtension(annotations::v1::resource);
}

bool IsResource(const Descriptor& type) { return type.options().HasExtension(annotations::v1::resource); }

void CollectKinds(const FileDescriptor* file, std::set<const FileDescriptor*>* seen,
                  std::map<std::string, const Descriptor*>* kinds) {
  if (!absl::StartsWith(file->package(), "accord.") || !seen->insert(file).second) return;
  for (int i = 0; i < file->dependency_count(); ++i) CollectKinds(file->dependency(i), seen, kinds);
  for (int i = 0; i < file->message_type_count(); ++i) {
    const Descriptor* type = file->message_type(i);
    if (IsResource(*type)) (*kinds)[type->full_name()] = type;
  }
}

// This says whether the method answers with one such resource, alone or beside something else.
bool AnswersOne(const MethodDescriptor& method, const Descriptor& kind) {
  const Descriptor& answer = *method.output_type();
  if (IsResource(answer)) return &answer == &kind;
  for (int i = 0; i < answer.field_count(); ++i) {
    if (!answer.field(i)->is_repeated() && answer.field(i)->message_type() == &kind) return true;
  }
  return false;
}

bool ListsKind(const MethodDescriptor& method, const Descriptor& kind) {
  if (!absl::StartsWith(method.name(), "List")) return false;
  for (int i = 0; i < method.output_type()->field_count(); ++i) {
    const FieldDescriptor* field = method.output_type()->field(i);
    if (field->is_repeated() && field->message_type() == &kind) return true;
  }
  return false;
}

// This says whether the request names an existing resource: by `name`, or by the name of the resource that
// it contains.
bool ActsOnKind(const Method& method, const Descriptor& kind) {
  const Descriptor& request = *method.descriptor->input_type();
  if (const FieldDescriptor* name = request.FindFieldByName("name")) {
    const auto& named = name->options().GetExtension(annotations::v1::rule).resource();
    return named.empty() ||
           std::find(named.begin(), named.end(), ResourceOption(kind).singular()) != named.end();
  }
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor* field = request.field(i);
    const bool holds = !field->is_repeated() && field->message_type() == &kind;
    if (holds && method.rule.part().of() == absl::StrCat(field->name(), ".name")) return true;
  }
  return false;
}

// This gives the fields of a list's request that filter or order the rows.
std::vector<std::string> Narrowing(const MethodDescriptor& list) {
  static const std::set<std::string> no_choice = {"parent", "page_size", "page_token", "read_mask"};
  std::vector<std::string> fields;
  for (int i = 0; i < list.input_type()->field_count(); ++i) {
    const std::string& name = list.input_type()->field(i)->name();
    if (!no_choice.contains(name)) fields.push_back(name);
  }
  return fields;
}

bool CountsKind(const MethodDescriptor& method, const Descriptor& kind) {
  const std::string plural = absl::StrReplaceAll(ResourceOption(kind).plural(), {{"_", ""}});
  return absl::AsciiStrToLower(method.name()) == absl::StrCat("count", absl::AsciiStrToLower(plural));
}

void AddVerbsOf(const Method& method, VerbsOfKind* kind) {
  const MethodDescriptor& rpc = *method.descriptor;
  const std::string& type = kind->resource->name();
  // All services that keep a shared kind have the same RPCs.
  const auto add = [&](ResourceVerb verb, const std::string& text) {
    std::vector<std::string>& rpcs = kind->rpcs[verb];
    if (std::find(rpcs.begin(), rpcs.end(), text) == rpcs.end()) rpcs.push_back(text);
  };
  if (rpc.name() == "Get" + type) add(ResourceVerb::kGet, rpc.name());
  if (rpc.name() == absl::StrCat("List", type, "Revisions")) add(ResourceVerb::kHistory, rpc.name());
  if (CountsKind(rpc, *kind->resource)) add(ResourceVerb::kCount, rpc.name());
  if (ListsKind(rpc, *kind->resource)) {
    add(ResourceVerb::kList, rpc.name());
    const std::vector<std::string> fields = Narrowing(rpc);
    if (!fields.empty()) {
      add(ResourceVerb::kNarrow, absl::StrCat(rpc.name(), " by ", absl::StrJoin(fields, ", ")));
    }
  }
  if (!method.rule.mutates() || !AnswersOne(rpc, *kind->resource)) return;
  add(ActsOnKind(method, *kind->resource) ? ResourceVerb::kChange : ResourceVerb::kCreate, rpc.name());
}

VerbsOfKind VerbsOf(const Descriptor* resource) {
  VerbsOfKind kind{resource, {}, {}};
  const std::string& own = resource->file()->package();
  std::set<std::string> feeds;
  for (const std::string& service : AllServices()) {
    const std::string package = service.substr(0, service.rfind('.'));
    if (package != own && own != kSharedPackage) continue;
    const auto methods = MethodsOf(service);
    EXPECT_TRUE(methods.ok()) << methods.status();
    if (!methods.ok()) continue;
    if (absl::EndsWith(service, ".ChangeService")) feeds.insert(package);
    for (const Method& method : *methods) {
      if (method.grants.empty()) continue;
      AddVerbsOf(method, &kind);
      const bool got = method.descriptor->name() == "Get" + resource->name();
      if (got || ListsKind(*method.descriptor, *resource)) kind.packages.insert(package);
    }
  }
  const bool told = std::any_of(kind.packages.begin(), kind.packages.end(),
                                [&](const std::string& package) { return feeds.contains(package); });
  if (told && WhyLacked(kind.name(), ResourceVerb::kWatch).empty()) {
    kind.rpcs[ResourceVerb::kWatch].push_back("WatchChanges");
  }
  if (feeds.contains(own) && ResourceOption(*resource).history()) {
    kind.rpcs[ResourceVerb::kHistory].push_back("ListRecordRevisions");
  }
  return kind;
}

// This gives the reason that the table has for this kind itself.
std::string_view ReasonFor(const std::string& kind, ResourceVerb verb) {
  for (const LackedVerb& each : LackedVerbs()) {
    if (each.verb != verb) continue;
    const std::vector<std::string> kinds =
        absl::StrSplit(absl::string_view(each.kinds.data(), each.kinds.size()), ' ');
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return each.why;
  }
  return "";
}

}  // namespace

const std::vector<ResourceVerb>& ResourceVerbs() {
  static const auto* all = new std::vector<ResourceVerb>{
      ResourceVerb::kCreate, ResourceVerb::kGet,   ResourceVerb::kList,    ResourceVerb::kNarrow,
      ResourceVerb::kChange, ResourceVerb::kWatch, ResourceVerb::kHistory, ResourceVerb::kCount};
  return *all;
}

std::string_view VerbWord(ResourceVerb verb) {
  switch (verb) {
    case ResourceVerb::kCreate:
      return "create";
    case ResourceVerb::kGet:
      return "get";
    case ResourceVerb::kList:
      return "list";
    case ResourceVerb::kNarrow:
      return "narrow";
    case ResourceVerb::kChange:
      return "change";
    case ResourceVerb::kWatch:
      return "watch";
    case ResourceVerb::kHistory:
      return "history";
    case ResourceVerb::kCount:
      break;
  }
  return "count";
}

std::string VerbsOfKind::name() const {
  static const std::regex common("^accord\\.|\\.v1(?=\\.)");
  return std::regex_replace(resource->full_name(), common, "");
}

std::vector<VerbsOfKind> VerbsOfAllKinds() {
  std::set<const FileDescriptor*> seen;
  std::map<std::string, const Descriptor*> found;
  for (const FileDescriptor* file : ServiceFiles()) {
    if (file->package() != "accord.testing.v1") CollectKinds(file, &seen, &found);
  }
  std::vector<VerbsOfKind> kinds;
  for (const auto& [name, type] : found) kinds.push_back(VerbsOf(type));
  return kinds;
}

std::string_view WhyLacked(const std::string& kind, ResourceVerb verb) {
  const std::string_view own = ReasonFor(kind, verb);
  return own.empty() ? ReasonFor("*", verb) : own;
}

std::string ResourceVerbsText() {
  std::string text;
  for (const VerbsOfKind& kind : VerbsOfAllKinds()) {
    absl::StrAppend(&text, kind.name(), "\n");
    for (const ResourceVerb verb : ResourceVerbs()) {
      const auto rpcs = kind.rpcs.find(verb);
      const std::string why(ReasonFor(kind.name(), verb));
      std::string cell = why.empty() ? "none" : "none: " + why;
      if (rpcs != kind.rpcs.end()) cell = absl::StrJoin(rpcs->second, "; ");
      absl::StrAppendFormat(&text, "  %-8s %s\n", std::string(VerbWord(verb)), cell);
    }
  }
  return text;
}

int HoldFeedKinds(InProcess* in_process, const std::string& package, const Caller& who) {
  int watched = 0;
  for (const VerbsOfKind& kind : VerbsOfAllKinds()) {
    if (kind.resource->file()->package() != package && !kind.packages.contains(package)) continue;
    host::v1::WatchChangesRequest request;
    request.add_kinds(ResourceOption(*kind.resource).singular());
    request.set_progress(true);
    const absl::Status told = in_process->Stream<host::v1::Change>(
        who, request, [](const host::v1::Change& /*change*/) { return false; });
    if (kind.rpcs.contains(ResourceVerb::kWatch)) {
      ++watched;
      EXPECT_TRUE(told.ok()) << kind.name() << " is no kind of the feed: " << told;
    } else {
      EXPECT_EQ(RuleOf(told), "FIELD_INVALID") << kind.name() << " is a kind of the feed";
    }
  }
  return watched;
}

}  // namespace accord::testing
