#include "clients/connector/message_json.h"

#include <google/protobuf/type.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <map>
#include <memory>
#include <mutex>

#include "absl/strings/str_cat.h"

namespace accord::connector {
namespace {

using google::protobuf::Message;
using google::protobuf::util::TypeResolver;

constexpr char kTypeUrls[] = "type.googleapis.com";

// The library describes each type anew for each message, with all options of its fields, which takes many
// times as long as the message itself. Here a type is described once, without those options, which JSON does
// not need.
class RememberedTypes : public TypeResolver {
 public:
  google::protobuf::util::Status ResolveMessageType(const std::string& url,
                                                    google::protobuf::Type* type) override {
    return Resolve(url, &messages_, type, [&](google::protobuf::Type* made) {
      const auto status = pool_->ResolveMessageType(url, made);
      for (auto& field : *made->mutable_fields()) field.clear_options();
      return status;
    });
  }
  google::protobuf::util::Status ResolveEnumType(const std::string& url,
                                                 google::protobuf::Enum* type) override {
    return Resolve(url, &enums_, type, [&](google::protobuf::Enum* made) {
      const auto status = pool_->ResolveEnumType(url, made);
      for (auto& value : *made->mutable_enumvalue()) value.clear_options();
      return status;
    });
  }

 private:
  // What cannot be described is not remembered, so that there are no more than there are types.
  template <class Type, class Make>
  google::protobuf::util::Status Resolve(const std::string& url, std::map<std::string, Type>* known,
                                         Type* type, const Make& make) {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto found = known->find(url);
    if (found == known->end()) {
      Type made;
      if (auto status = make(&made); !status.ok()) return status;
      found = known->emplace(url, std::move(made)).first;
    }
    *type = found->second;
    return {};
  }

  const std::unique_ptr<TypeResolver> pool_{google::protobuf::util::NewTypeResolverForDescriptorPool(
      kTypeUrls, google::protobuf::DescriptorPool::generated_pool())};
  std::mutex mutex_;
  std::map<std::string, google::protobuf::Type> messages_;
  std::map<std::string, google::protobuf::Enum> enums_;
};

TypeResolver* JsonTypes() {
  static auto& types = *new RememberedTypes();
  return &types;
}

std::string TypeUrlOf(const Message& message) {
  return absl::StrCat(kTypeUrls, "/", message.GetDescriptor()->full_name());
}

absl::Status JsonRefusal(const google::protobuf::util::Status& status) {
  return absl::InvalidArgumentError(std::string(status.message().data(), status.message().size()));
}

}  // namespace

absl::Status MessageFromJson(std::string_view json, Message* message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = false;
  std::string binary;
  const auto read = google::protobuf::util::JsonToBinaryString(
      JsonTypes(), TypeUrlOf(*message), google::protobuf::StringPiece(json.data(), json.size()), &binary,
      options);
  if (!read.ok()) return JsonRefusal(read);
  if (!message->ParseFromString(binary)) return absl::InvalidArgumentError("It makes no message.");
  return absl::OkStatus();
}

absl::Status MessageToJson(const Message& message, std::string* json) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  const auto written = google::protobuf::util::BinaryToJsonString(JsonTypes(), TypeUrlOf(message),
                                                                  message.SerializeAsString(), json, options);
  return written.ok() ? absl::OkStatus() : JsonRefusal(written);
}

}  // namespace accord::connector
