#include "clients/connector/methods.h"

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/access.pb.h"
#include "accord/host/v1/changes.pb.h"
#include "clients/connector/any_stub.h"
#include "common/access/service_files.h"

namespace accord::connector {
namespace {

using google::protobuf::Any;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

// It is one of those that agencies may call.
const MethodDescriptor* FindByName(const std::string& name) {
  // The linker keeps the descriptors that this names.
  static const auto& files = *new auto(ServiceFiles());
  const MethodDescriptor* method = DescriptorPool::generated_pool()->FindMethodByName(name);
  if (files.empty() || method == nullptr || method->client_streaming()) return nullptr;
  return method->options().GetExtension(annotations::v1::access).audience().empty() ? nullptr : method;
}

}  // namespace

const MethodDescriptor* FindMethod(const std::string& name) {
  const MethodDescriptor* method = FindByName(name);
  return method == nullptr || method->server_streaming() ? nullptr : method;
}

const MethodDescriptor* FindFeed(const std::string& name) {
  const MethodDescriptor* method = FindByName(name);
  if (method == nullptr || !method->server_streaming()) return nullptr;
  const bool is_feed = method->input_type() == host::v1::WatchChangesRequest::descriptor() &&
                       method->output_type() == host::v1::Change::descriptor();
  return is_feed ? method : nullptr;
}

Any MethodRequest(const MethodDescriptor& method, const std::string& request) {
  Any any;
  any.set_type_url(absl::StrCat("/", method.service()->full_name(), "/", method.name()));
  any.set_value(request);
  return any;
}

client::Answer<google::protobuf::BytesValue> AskMethod(const client::Client& client,
                                                       const MethodDescriptor& method,
                                                       const std::string& request) {
  return client.Ask(&AnyStub::Call, MethodRequest(method, request), {.patience = client::Seconds(0)});
}

bool IsMethodCertificateFault(const client::CallError& error) {
  const auto* refusal = dynamic_cast<const client::Refusal*>(&error);
  if (refusal == nullptr) return false;
  const client::Rule rule = refusal->rule();
  return rule == client::Rule::kCertificateEnded || rule == client::Rule::kCertificateNotRegistered ||
         rule == client::Rule::kCertificateRevoked;
}

}  // namespace accord::connector
