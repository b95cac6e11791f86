#include "common/storage/sealing/body.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/sensitive.h"
#include "common/access/service_files.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::storage {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// The first character of a binary body. A body without it is JSON, as before the schema's step 11.
constexpr char kBinary = '=';

std::string NameOf(const Message& message) {
  return message.GetReflection()->GetString(message, message.GetDescriptor()->FindFieldByName("name"));
}

std::string OpenLine(const Message& message) { return kBinary + Base64(message.SerializeAsString()); }

// Whether the name has the form of the pattern, for example `agencies/cas-york/referrals/r1` that
// of `agencies/{agency}/referrals/{referral}`.
bool Follows(std::string_view name, std::string_view pattern) {
  const std::vector<std::string> parts = absl::StrSplit(absl::string_view(name.data(), name.size()), '/');
  const std::vector<std::string> wanted =
      absl::StrSplit(absl::string_view(pattern.data(), pattern.size()), '/');
  if (parts.size() != wanted.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!absl::StartsWith(wanted[i], "{") && parts[i] != wanted[i]) return false;
  }
  return true;
}

absl::Status Unreadable() { return Refuse(rules::kResourceUnreadable, "A stored resource cannot be read."); }

}  // namespace

std::string OpenKind(std::string_view kind) {
  if (kind.starts_with(kClosedKind)) kind.remove_prefix(std::string_view(kClosedKind).size());
  return std::string(kind);
}

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
  if (!HasSensitive(message.GetDescriptor()) && !HasUnknown(message)) return OpenLine(message);
  if (keyring == nullptr) {
    return Refuse(rules::kSealKeyMissing, "This database was opened without a keyring.");
  }
  const std::unique_ptr<Message> open(message.New());
  open->CopyFrom(message);
  const std::string taken = TakeSensitive(open.get())->SerializeAsString();
  const std::string line = OpenLine(*open);
  if (taken.empty()) return line;
  return absl::StrCat(line, "\n", keyring->Seal(absl::StrCat(kind, "\n", NameOf(message)), taken));
}

absl::Status DecodeBody(const Keyring* keyring, const std::string& kind, std::string_view body,
                        Message* out) {
  if (!ReadOpenLine(body, out)) return Unreadable();
  const std::size_t line = body.find('\n');
  if (line == std::string_view::npos) return absl::OkStatus();
  if (keyring == nullptr) return Unreadable();
  ACCORD_ASSIGN_OR_RETURN(const std::string opened,
                          keyring->Open(absl::StrCat(kind, "\n", NameOf(*out)), body.substr(line + 1)));
  const std::unique_ptr<Message> taken(out->New());
  if (!taken->ParseFromString(opened)) return Unreadable();
  RestoreSensitive(out, taken.get());
  return absl::OkStatus();
}

std::string WithoutKey(std::string_view body) {
  if (body.empty() || body.front() != kBinary) return std::string(body);
  const std::size_t line = std::min(body.find('\n'), body.size());
  return Unbase64(body.substr(1, line - 1)).value_or("") + std::string(body.substr(line));
}

const Descriptor* ResourceOf(std::string_view service, std::string_view kind, std::string_view name) {
  const std::string package = absl::StrCat("accord.", std::string(service), ".v1");
  const Descriptor* of_kind = nullptr;
  for (const auto* file : ServiceFiles()) {
    for (int i = 0; i <= file->dependency_count(); ++i) {
      const auto* each = i == 0 ? file : file->dependency(i - 1);
      // Kinds that several services keep are declared once for all of them.
      const bool shared = file->package() == package && each->package() == "accord.host.v1";
      if (each->package() != package && !shared) continue;
      for (int j = 0; j < each->message_type_count(); ++j) {
        const Descriptor* message = each->message_type(j);
        const auto& resource = message->options().GetExtension(annotations::v1::resource);
        if (resource.singular().empty()) continue;
        if (Follows(name, resource.pattern())) return message;
        if (resource.singular() == kind) of_kind = message;
      }
    }
  }
  return of_kind;
}

}  // namespace accord::storage
