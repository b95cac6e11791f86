#include "common/base/file.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/new_file.h"

namespace accord {
namespace {

class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstError(const std::string& path) : path_(path) {}
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
class NoErrors : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, int, const std::string&) override {}
};

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, std::size_t most_bytes) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string content;
  std::array<char, 1 << 16> piece;
  while (in.good()) {
    in.read(piece.data(), piece.size());
    content.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (content.size() > most_bytes) {
      return Refuse(rules::kFileTooLarge, absl::StrCat(path, ": is larger than ", most_bytes,
                                                       " bytes, the most that is read of it"));
    }
  }
  // A file that cannot be opened, a folder and a failing disk never reach the end of the file.
  const int error = errno;
  if (!in.eof()) {
    const std::string why = error == 0 ? "it could not be read to its end" : std::strerror(error);
    return absl::NotFoundError(absl::StrCat("cannot read ", path, ": ", why));
  }
  if (content.empty()) return absl::NotFoundError(absl::StrCat("cannot read ", path, ": it is empty"));
  return content;
}

absl::StatusOr<bool> IsThere(const std::string& path) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(path, ": ", error.message()));
  return there;
}

absl::StatusOr<std::string> AbsolutePath(const std::string& path) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(path, error).string();
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(path, ": ", error.message()));
  return absolute;
}

absl::Status WriteFile(const std::string& path, std::string_view text, FileKind kind, uid_t owner) {
  ACCORD_ASSIGN_OR_RETURN(const auto file, NewFile::Create(path, kind, owner));
  ACCORD_RETURN_IF_ERROR(file->Write(text));
  return file->Commit();
}

absl::Status WriteFileDurably(const std::string& path, const std::string& text) {
  return WriteFile(path, text, FileKind::kPrivate);
}

absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message) {
  auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  return ParseTextProto(path, *text, message);
}

absl::Status ParseTextProto(const std::string& what, const std::string& text,
                            google::protobuf::Message* message) {
  FirstError errors(what);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  if (parser.ParseFromString(text, message)) return absl::OkStatus();
  return errors.status().ok() ? absl::InvalidArgumentError(what + ": not valid") : errors.status();
}

absl::Status ReadConfigPart(const std::string& path, google::protobuf::Message* config) {
  auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  NoErrors errors;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.AllowUnknownField(true);
  if (parser.ParseFromString(*text, config)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(path, " is no configuration in protobuf text format"));
}

}  // namespace accord
