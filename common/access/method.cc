#include "common/access/method.h"

#include <google/protobuf/descriptor_database.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/access/sensitive.h"
#include "common/access/service_files.h"
#include "common/base/error.h"

namespace accord {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

// These are the grants of each audience of a gRPC service, keyed by the audience's name.
using Audiences = std::map<std::string, std::vector<annotations::v1::Grant>>;

absl::StatusOr<Audiences> MethodAudiences(const google::protobuf::ServiceDescriptor& service) {
  const auto fail = [&](absl::string_view what) {
    return absl::FailedPreconditionError(absl::StrCat("audiences of ", service.full_name(), ": ", what));
  };
  Audiences audiences;
  for (const auto& each : service.options().GetRepeatedExtension(annotations::v1::audience)) {
    if (each.name().empty()) return fail("one has no name");
    if (each.grants().empty()) return fail(absl::StrCat(each.name(), " grants nothing to anybody"));
    if (audiences.contains(each.name())) return fail(absl::StrCat(each.name(), " is there twice"));
    audiences[each.name()].assign(each.grants().begin(), each.grants().end());
  }
  return audiences;
}

// A part without a path concerns the record that the request calls `name`. PART_NOBODY concerns
// no record.
void CompleteMethodPart(annotations::v1::AccessRule* rule) {
  const auto& part = rule->part();
  if (part.any().empty() || !part.of().empty() || part.any(0) == annotations::v1::PART_NOBODY) return;
  rule->mutable_part()->set_of("name");
}

// This says whether a path leads to a single string of the request.
bool IsMethodPathToText(const google::protobuf::Descriptor* request, const std::string& path) {
  const std::vector<std::string> segments = absl::StrSplit(path, '.');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto* field = request->FindFieldByName(segments[i]);
    if (field == nullptr || field->is_repeated()) return false;
    if (i + 1 == segments.size()) return field->type() == FieldDescriptor::TYPE_STRING;
    request = field->message_type();
    if (request == nullptr) return false;
  }
  return false;
}

// This gives what is wrong with the part that a rule requires; it is empty if nothing is.
std::string FaultOfMethodPart(const Method& method) {
  const auto& part = method.rule.part();
  if (!method.rule.mutates() || method.grants.empty()) {
    return method.rule.has_part() ? "asks for a part, which only a change by an agency does" : "";
  }
  if (part.any().empty()) return "mutates, so it says by which part of the record";
  for (int each : part.any()) {
    if (each == annotations::v1::PART_UNSPECIFIED) return "asks for a part without a name";
    if (each == annotations::v1::PART_NOBODY && (part.any_size() > 1 || !part.of().empty())) {
      return "asks for nobody's part, so it names no record and no other part";
    }
  }
  const bool nobody = part.any(0) == annotations::v1::PART_NOBODY;
  if (!nobody && !IsMethodPathToText(method.descriptor->input_type(), part.of())) {
    return "asks for a part in a record that its request does not name";
  }
  return "";
}

absl::Status CheckMethodRule(const Method& method) {
  const auto& rule = method.rule;
  const auto fail = [&](absl::string_view what) {
    return absl::FailedPreconditionError(absl::StrCat("access rule of ", method.path, ": ", what));
  };
  if (!method.descriptor->options().HasExtension(annotations::v1::access)) return fail("missing");
  if (rule.permission().empty()) return fail("has no permission");
  if (rule.audience().empty() == rule.peers().empty()) return fail("needs either an audience or peers");
  if (!rule.audience().empty() && method.grants.empty()) {
    return fail(absl::StrCat("its gRPC service has no audience ", rule.audience()));
  }
  if (rule.mutates() && method.descriptor->input_type()->FindFieldByName("request_id") == nullptr) {
    return fail("mutates, so its request needs request_id");
  }
  if (rule.always_acts() && !rule.mutates()) return fail("acts, so it mutates");
  if (const std::string fault = FaultOfMethodPart(method); !fault.empty()) return fail(fault);
  for (const auto& grant : method.grants) {
    if (rule.discloses() && grant.purposes().empty()) return fail("discloses, so every grant names purposes");
  }
  // A method that discloses personal information must say so, and must not be a stream: streams
  // carry names.
  if (!method.grants.empty() && HasSensitive(method.descriptor->output_type())) {
    if (!rule.discloses()) return fail("answers with sensitive fields, so it discloses");
    if (method.descriptor->server_streaming()) return fail("a stream carries names, not contents");
  }
  return absl::OkStatus();
}

}  // namespace

std::size_t Method::max_request_bytes() const {
  return rule.max_request_bytes() != 0 ? rule.max_request_bytes() : kMaxRequestBytes;
}

absl::StatusOr<std::vector<Method>> MethodsOf(const std::string& service) {
  ServiceFiles();  // The generated pool lacks files that were never referenced.
  const auto* descriptor = DescriptorPool::generated_pool()->FindServiceByName(service);
  if (descriptor == nullptr) return absl::NotFoundError(absl::StrCat("no gRPC service ", service));
  return MethodsOf(*descriptor);
}

absl::StatusOr<std::vector<Method>> MethodsOf(const google::protobuf::ServiceDescriptor& service) {
  ACCORD_ASSIGN_OR_RETURN(const Audiences audiences, MethodAudiences(service));
  std::set<std::string> named;
  std::vector<Method> methods;
  for (int i = 0; i < service.method_count(); ++i) {
    const auto* m = service.method(i);
    Method method{m,
                  absl::StrCat("/", service.full_name(), "/", m->name()),
                  m->options().GetExtension(annotations::v1::access),
                  {}};
    CompleteMethodPart(&method.rule);
    named.insert(method.rule.audience());
    const auto audience = audiences.find(method.rule.audience());
    if (audience != audiences.end()) method.grants = audience->second;
    ACCORD_RETURN_IF_ERROR(CheckMethodRule(method));
    methods.push_back(std::move(method));
  }
  for (const auto& [name, grants] : audiences) {
    if (named.contains(name)) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("audiences of ", service.full_name(), ": no RPC names ", name));
  }
  return methods;
}

std::vector<std::string> AllServices(bool with_testing) {
  std::vector<std::string> names;
  for (const auto* file : ServiceFiles()) {
    if (!with_testing && absl::StartsWith(file->package(), "accord.testing")) continue;
    for (int i = 0; i < file->service_count(); ++i) names.push_back(file->service(i)->full_name());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> ServicesNamed(const std::string& pattern, const std::vector<std::string>& services) {
  absl::string_view package = pattern;
  std::vector<std::string> named;
  if (absl::ConsumeSuffix(&package, "*")) {
    std::copy_if(services.begin(), services.end(), std::back_inserter(named),
                 [&](const auto& service) { return absl::StartsWith(service, package); });
  }
  // A name that no service has is left for the caller to refuse.
  if (named.empty()) named.push_back(pattern);
  return named;
}

std::string ServiceInPath(std::string_view path) {
  constexpr std::string_view kRoot = "/accord.";
  if (!path.starts_with(kRoot)) return "";
  path.remove_prefix(kRoot.size());
  return std::string(path.substr(0, path.find_first_of("./")));
}

std::string MethodFullName(std::string_view path) {
  std::string name(path.substr(path.starts_with('/') ? 1 : 0));
  if (const auto slash = name.rfind('/'); slash != std::string::npos) name[slash] = '.';
  return name;
}

}  // namespace accord
