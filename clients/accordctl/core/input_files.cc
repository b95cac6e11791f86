#include "clients/accordctl/core/input_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::Status EmptyInputFile(const std::string& file) {
  return absl::InvalidArgumentError(absl::StrCat(file, ": ", Text("is empty: is it the right file?")));
}

}  // namespace

absl::StatusOr<std::string> ReadInputFile(const std::string& path, const std::string& what,
                                          std::size_t most_bytes) {
  auto text = ReadFile(path, most_bytes);
  if (text.ok() || accord::RuleOf(text.status()) == rules::kFileTooLarge.reason) return text;
  // A pipe whose writer has gone would be waited for.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char byte = 0;
  const auto got = file < 0 ? -1 : read(file, &byte, 1);
  const std::string why = got < 0 ? std::strerror(errno) : "it changed while it was read";
  if (file >= 0) close(file);
  if (got == 0) return "";
  return Refuse(rules::kFileMissing, absl::StrCat(path, what.empty() ? "" : ", ", what, ": ", why));
}

absl::StatusOr<std::string> ReadNonEmptyFile(const std::string& path, const std::string& what) {
  if (path.empty()) return absl::InvalidArgumentError(absl::StrCat(what, ": no file is named"));
  auto text = ReadInputFile(path, what);
  if (text.ok() && text->empty()) return EmptyInputFile(absl::StrCat(path, ", ", what));
  return text;
}

absl::Status RefuseEmptyFile(const std::string& path) {
  std::error_code error;
  return std::filesystem::file_size(path, error) != 0 || error ? absl::OkStatus() : EmptyInputFile(path);
}

std::string InputFileName(const std::string& path) { return path == "-" ? "standard input" : path; }

absl::StatusOr<std::string> ReadInputText(const std::string& path) {
  if (path != "-") return ReadInputFile(path);
  std::string text;
  std::array<char, 1 << 16> piece;
  // One byte too many is enough for ParseYaml to refuse the text.
  while (text.size() <= kMaxDocumentBytes && std::cin.good()) {
    std::cin.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(std::cin.gcount()));
  }
  return text;
}

absl::StatusOr<Json> ReadInputDocument(const std::string& path) {
  const auto text = ReadInputText(path);
  if (!text.ok()) return text.status();
  return ParseYaml(*text, InputFileName(path));
}

}  // namespace accord::ctl
