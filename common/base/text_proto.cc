#include "common/base/text_proto.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "common/base/file.h"

namespace accord {
namespace {

class FirstTextProtoError : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstTextProtoError(const std::string& path) : path_(path) {}
  void AddError(int line, int column, const std::string& message) override {
    if (status_.ok()) {
      status_ =
          absl::InvalidArgumentError(absl::StrCat(path_, ":", line + 1, ":", column + 1, ": ", message));
    }
  }
  absl::Status status() const { return status_; }

 private:
  std::string path_;
  absl::Status status_;
};

// Errors about another process's fields are ignored.
class NoTextProtoErrors : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, int, const std::string&) override {}
};

}  // namespace

absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message) {
  auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  return ParseTextProto(path, *text, message);
}

absl::Status ParseTextProto(const std::string& what, const std::string& text,
                            google::protobuf::Message* message) {
  FirstTextProtoError errors(what);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  if (parser.ParseFromString(text, message)) return absl::OkStatus();
  return errors.status().ok() ? absl::InvalidArgumentError(what + ": not valid") : errors.status();
}

absl::Status ReadConfigPart(const std::string& path, google::protobuf::Message* config) {
  auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  NoTextProtoErrors errors;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.AllowUnknownField(true);
  if (parser.ParseFromString(*text, config)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(path, " is no configuration in protobuf text format"));
}

}  // namespace accord
