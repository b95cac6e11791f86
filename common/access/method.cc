#include "common/access/method.h"

#include <google/protobuf/descriptor_database.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/access/sensitive.h"
#include "common/access/service_files.h"

namespace accord {
namespace {

using google::protobuf::DescriptorPool;

absl::Status CheckRule(const Method& method) {
  const auto& rule = method.rule;
  const auto fail = [&](absl::string_view what) {
    return absl::FailedPreconditionError(absl::StrCat("access rule of ", method.path, ": ", what));
  };
  if (!method.descriptor->options().HasExtension(annotations::v1::access)) return fail("missing");
  if (rule.permission().empty()) return fail("has no permission");
  if (rule.grants().empty() == rule.peers().empty()) return fail("needs either grants or peers");
  if (rule.mutates() && method.descriptor->input_type()->FindFieldByName("request_id") == nullptr) {
    return fail("mutates, so its request needs request_id");
  }
  for (const auto& grant : rule.grants()) {
    if (rule.discloses() && grant.purposes().empty()) return fail("discloses, so every grant names purposes");
  }
  // What is personal is disclosed by methods that say so, and never by streams: they carry names.
  if (!rule.grants().empty() && HasSensitive(method.descriptor->output_type())) {
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
  ServiceFiles();  // A file that was never touched is not in the generated pool yet.
  const auto* descriptor = DescriptorPool::generated_pool()->FindServiceByName(service);
  if (descriptor == nullptr) return absl::NotFoundError(absl::StrCat("no gRPC service ", service));
  std::vector<Method> methods;
  for (int i = 0; i < descriptor->method_count(); ++i) {
    const auto* m = descriptor->method(i);
    Method method{m, absl::StrCat("/", service, "/", m->name()),
                  m->options().GetExtension(annotations::v1::access)};
    if (absl::Status status = CheckRule(method); !status.ok()) return status;
    methods.push_back(std::move(method));
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
  // A name that nothing answers to is for the caller to refuse.
  if (named.empty()) named.push_back(pattern);
  return named;
}

std::string ServiceInPath(std::string_view path) {
  constexpr std::string_view kRoot = "/accord.";
  if (!path.starts_with(kRoot)) return "";
  path.remove_prefix(kRoot.size());
  return std::string(path.substr(0, path.find_first_of("./")));
}

}  // namespace accord
