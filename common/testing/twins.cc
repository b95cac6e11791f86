#include "common/testing/twins.h"

#include <gtest/gtest.h>

#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kDeep = 3;

// This collects the paths of the strings of a request that name a record.
void AddNamePaths(const Descriptor& type, const std::string& prefix, int deep, std::set<std::string>* paths) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const auto& rule = field.options().GetExtension(annotations::v1::rule);
    if (rule.output_only()) continue;
    const std::string path = prefix + field.name();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
        rule.form() == annotations::v1::STRING_FORM_RESOURCE_NAME) {
      paths->insert(path);
    }
    const bool inside = field.message_type() != nullptr && !field.is_repeated() && deep < kDeep;
    if (inside) AddNamePaths(*field.message_type(), path + ".", deep + 1, paths);
  }
}

// This gives a name of the same length that no record has.
std::string AbsentFor(const std::string& name) {
  const auto slash = name.rfind('/');
  return name.substr(0, slash + 1) + std::string(name.size() - slash - 1, 'z');
}

class Asker {
 public:
  Asker(InProcess* in_process, const Method& method, const Caller& caller)
      : in_process_(in_process), method_(method), caller_(caller) {}

  std::string Ask(const std::string& path, const std::string& name, const std::string& other) {
    static int number = 100000;
    const auto request = RequiredOnly(method_);
    const Descriptor& type = *request->GetDescriptor();
    if (type.FindFieldByName("parent") != nullptr) {
      SetText(request.get(), "parent", "agencies/" + caller_.agency);
    }
    if (type.FindFieldByName("request_id") != nullptr) {
      SetText(request.get(), "request_id", absl::StrCat("twin-", ++number));
    }
    SetText(request.get(), path, name);
    auto reply = in_process_->CallBytes(method_.path, caller_, request->SerializeAsString());
    if (reply.ok()) DropPosition(&reply->response);
    return SeenOf(reply, {name, other});
  }

 private:
  // This removes positions, which are sealed with a new nonce for each answer and so are never the same.
  void DropPosition(std::string* bytes) const {
    const auto* token = method_.descriptor->output_type()->FindFieldByName("watch_token");
    if (token == nullptr) return;
    const std::unique_ptr<google::protobuf::Message> answer(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(method_.descriptor->output_type())
            ->New());
    answer->ParseFromString(*bytes);
    answer->GetReflection()->ClearField(answer.get(), token);
    *bytes = answer->SerializeAsString();
  }

  InProcess* const in_process_;
  const Method& method_;
  const Caller caller_;
};

}  // namespace

std::string SeenOf(const absl::StatusOr<host::Reply>& reply, const std::vector<std::string>& names) {
  static const std::regex id("[0-9a-hjkmnp-tv-z]{26}");
  // The details of a refusal are serialized in a fixed order, so equal refusals are equal bytes.
  std::string seen = reply.ok() ? absl::StrCat(reply->response, "|", absl::StrJoin(reply->masked, ","))
                                : StatusDetails(reply.status());
  for (const std::string& name : names) seen = absl::StrReplaceAll(seen, {{name, "<record>"}});
  return std::regex_replace(seen, id, "<id>");
}

int CompareTwins(InProcess* in_process, const Twins& twins) {
  int pairs = 0;
  for (const std::string& service : AllServices()) {
    if (!absl::StartsWith(service, twins.package + ".")) continue;
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.unary() || method.grants.empty()) continue;
      std::set<std::string> paths;
      AddNamePaths(*method.descriptor->input_type(), "", 0, &paths);
      if (!method.rule.part().of().empty()) paths.insert(method.rule.part().of());
      for (const Tries& stranger : twins.strangers) {
        const auto caller = Granted(method, stranger);
        if (!caller) continue;
        Asker asker(in_process, method, *caller);
        for (const std::string& path : paths) {
          for (const std::string& hidden : twins.hidden) {
            const std::string absent = AbsentFor(hidden);
            const std::string of_hidden = asker.Ask(path, hidden, absent);
            EXPECT_EQ(of_hidden, asker.Ask(path, absent, hidden))
                << method.path << " with " << path << " = " << hidden << " by " << caller->agency;
            ++pairs;
          }
        }
      }
    }
  }
  return pairs;
}

}  // namespace accord::testing
