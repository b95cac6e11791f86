#include "common/storage/sealing/body.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/access/sensitive.h"
#include "common/access/unknown_fields.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::storage {
namespace {

using google::protobuf::Message;

// This is the first character of a binary body. A body without it is JSON, as before the schema's step 11.
constexpr char kBinary = '=';

std::string NameInBody(const Message& message) {
  return message.GetReflection()->GetString(message, message.GetDescriptor()->FindFieldByName("name"));
}

std::string OpenLineOfBody(const Message& message) { return kBinary + Base64(message.SerializeAsString()); }

absl::Status RefuseUnreadableBody() {
  return Refuse(rules::kResourceUnreadable, "A stored resource cannot be read.");
}

}  // namespace

bool ReadOpenLine(std::string_view body, Message* out) {
  body = body.substr(0, body.find('\n'));
  if (!body.empty() && body.front() == kBinary) {
    const auto bytes = Unbase64(body.substr(1));
    return bytes && out->ParseFromString(*bytes);
  }
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  return google::protobuf::util::JsonStringToMessage(std::string(body), out, options).ok();
}

absl::StatusOr<std::string> EncodeBody(const Keyring* keyring, const std::string& kind,
                                       const Message& message) {
  if (!HasSensitive(message.GetDescriptor()) && !HasUnknownFields(message)) return OpenLineOfBody(message);
  if (keyring == nullptr) {
    return Refuse(rules::kSealKeyMissing, "This database was opened without a keyring.");
  }
  const std::unique_ptr<Message> open(message.New());
  open->CopyFrom(message);
  const std::string taken = TakeSensitive(open.get())->SerializeAsString();
  const std::string line = OpenLineOfBody(*open);
  if (taken.empty()) return line;
  return absl::StrCat(line, "\n", keyring->Seal(absl::StrCat(kind, "\n", NameInBody(message)), taken));
}

absl::Status DecodeBody(const Keyring* keyring, const std::string& kind, std::string_view body,
                        Message* out) {
  if (!ReadOpenLine(body, out)) return RefuseUnreadableBody();
  const std::size_t line = body.find('\n');
  if (line == std::string_view::npos) return absl::OkStatus();
  if (keyring == nullptr) return RefuseUnreadableBody();
  ACCORD_ASSIGN_OR_RETURN(const std::string opened,
                          keyring->Open(absl::StrCat(kind, "\n", NameInBody(*out)), body.substr(line + 1)));
  const std::unique_ptr<Message> taken(out->New());
  if (!taken->ParseFromString(opened)) return RefuseUnreadableBody();
  RestoreSensitive(out, taken.get());
  return absl::OkStatus();
}

std::string WithoutKey(std::string_view body) {
  if (body.empty() || body.front() != kBinary) return std::string(body);
  const std::size_t line = std::min(body.find('\n'), body.size());
  return Unbase64(body.substr(1, line - 1)).value_or("") + std::string(body.substr(line));
}

std::string SealKeyOfBody(std::string_view body) {
  const std::size_t line = body.find('\n');
  if (line == std::string_view::npos) return "";
  return std::string(body.substr(line + 1, body.find('.', line) - line - 1));
}

}  // namespace accord::storage
