#include "clients/accordctl/views/rosters/roster_lines.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/digest.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

constexpr std::size_t kChunk = 512 << 10;
constexpr std::string_view kMark = "\xef\xbb\xbf";

absl::Status RosterRefusal(const rules::Rule& rule, const std::string& path, const std::string& what) {
  return Refuse(rule, absl::StrCat(path, ": ", what));
}

// This says what another program's file begins with, and what to do about it; it is empty for text of one
// byte a letter.
std::string OtherFileHint(std::string_view begin) {
  const bool wide = begin.substr(0, 2) == "\xff\xfe" || begin.substr(0, 2) == "\xfe\xff" ||
                    begin.find('\0') != std::string_view::npos;
  if (wide) return "is UTF-16, not UTF-8: save it as UTF-8 (in Excel: `CSV UTF-8`)";
  if (begin.substr(0, 4) == "PK\x03\x04" || begin.substr(0, 4) == "\xd0\xcf\x11\xe0") {
    return "is a spreadsheet: save it as CSV (in Excel: `CSV UTF-8`)";
  }
  return "";
}

// This keeps all of a stream that can be read once, in a file that is gone when it is closed.
absl::StatusOr<std::unique_ptr<std::istream>> CopyToFile(std::istream& once, const std::string& path,
                                                         int64_t most) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  std::array<char, 1 << 16> piece;
  int64_t kept = 0;
  while (file != nullptr && once.good()) {
    once.read(piece.data(), piece.size());
    const auto size = static_cast<std::size_t>(once.gcount());
    // Bytes that are no text may have no line that ends.
    if (const std::string what =
            kept == 0 ? OtherFileHint({piece.data(), std::min<std::size_t>(size, 4)}) : "";
        !what.empty()) {
      return RosterRefusal(rules::kEncoding, path, what);
    }
    kept += once.gcount();
    if (kept > most) {
      return RosterRefusal(
          rules::kFileTooLarge, path,
          absl::StrCat("is larger than ", most,
                       " bytes, the most that is kept of what can be read once only: save it as a "
                       "file first"));
    }
    if (std::fwrite(piece.data(), 1, size, file.get()) != size) break;
  }
  if (file == nullptr || !once.eof() || std::fflush(file.get()) != 0) {
    return Refuse(rules::kFileNotWritten,
                  absl::StrCat(path,
                               " can be read once only, and there is no room in the folder for temporary "
                               "files to keep it meanwhile"));
  }
  return std::make_unique<std::ifstream>(absl::StrCat("/proc/self/fd/", fileno(file.get())),
                                         std::ios::binary);
}

absl::StatusOr<std::unique_ptr<std::istream>> OpenTwiceReadable(const std::string& path, int64_t most_kept) {
  if (path == "-") return CopyToFile(std::cin, "standard input", most_kept);
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return RosterRefusal(rules::kFileMissing, path, "is a folder: name the file in it");
  }
  if (!*file) {
    return RosterRefusal(rules::kFileMissing, path, "cannot be read: is that its name?");
  }
  if (!std::filesystem::is_regular_file(path, error)) return CopyToFile(*file, path, most_kept);
  std::unique_ptr<std::istream> stream = std::move(file);
  return stream;
}

// This gives a statement a line, of an array.
absl::StatusOr<std::unique_ptr<std::istream>> StatementsApart(std::istream& array, const std::string& path) {
  const auto statements = ParseJson(array);
  if (!statements.ok() || !statements->is_array()) {
    return RosterRefusal(
        rules::kStatementsMalformed, path,
        absl::StrCat("begins as an array of statements and ",
                     statements.ok() ? "goes on otherwise" : std::string(statements.status().message()),
                     ": export it again"));
  }
  std::string text;
  for (const auto& statement : *statements) absl::StrAppend(&text, DumpJson(statement), "\n");
  return std::make_unique<std::istringstream>(std::move(text));
}

}  // namespace

absl::StatusOr<std::unique_ptr<RosterLines>> RosterLines::Open(const std::string& path, bool statements,
                                                               int64_t most_kept) {
  ACCORD_ASSIGN_OR_RETURN(std::unique_ptr<std::istream> stream, OpenTwiceReadable(path, most_kept));
  std::array<char, 4> begin{};
  stream->read(begin.data(), begin.size());
  const std::string_view first(begin.data(), static_cast<std::size_t>(stream->gcount()));
  if (const std::string what = OtherFileHint(first); !what.empty())
    return RosterRefusal(rules::kEncoding, path, what);
  int64_t behind_mark = first.substr(0, kMark.size()) == kMark ? static_cast<int64_t>(kMark.size()) : 0;
  stream->clear();
  stream->seekg(behind_mark);
  const auto letter = (*stream >> std::ws).peek();
  if (!statements && (letter == '[' || letter == '{')) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": holds JSON, and no lines of CSV: add --format xapi if it holds statements"));
  }
  const bool array = statements && letter == '[';
  if (array) {
    ACCORD_ASSIGN_OR_RETURN(stream, StatementsApart(*stream, path));
    behind_mark = 0;
  }
  if (stream->peek() == std::istream::traits_type::eof()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": is empty: is it the file that the other system wrote?"));
  }
  return std::unique_ptr<RosterLines>(new RosterLines(path, std::move(stream), behind_mark, array));
}

void RosterLines::Measure(std::string* sha256, int64_t* size) {
  Sha256Pieces digest;
  *size = 0;
  Rewind(0);
  for (std::string chunk = Next(); !chunk.empty(); chunk = Next()) {
    digest.Add(chunk);
    *size += static_cast<int64_t>(chunk.size());
  }
  *sha256 = Hex(digest.Finish());
}

void RosterLines::Rewind(int64_t offset) {
  stream_->clear();
  stream_->seekg(begin_ + offset);
  rest_.clear();
}

std::string RosterLines::Next() {
  std::string chunk = std::move(rest_);
  rest_.clear();
  // This reads until a line ends: one that is longer than a chunk is not the end of the file.
  for (;;) {
    const std::size_t had = chunk.size();
    chunk.resize(had + kChunk);
    stream_->read(chunk.data() + had, kChunk);
    chunk.resize(had + static_cast<std::size_t>(stream_->gcount()));
    if (stream_->eof()) {
      if (!chunk.empty() && chunk.back() != '\n') chunk += '\n';
      return chunk;
    }
    const std::size_t end = chunk.rfind('\n');
    if (end == std::string::npos) {
      if (!stream_->good()) return chunk;
      continue;
    }
    rest_ = chunk.substr(end + 1);
    chunk.resize(end + 1);
    return chunk;
  }
}

bool RosterLines::IsOneLine() {
  Rewind(0);
  const std::string chunk = Next();
  const std::size_t end = chunk.find('\n');
  const bool one = end == std::string::npos || chunk.find_first_not_of(" \t\r\n", end) == std::string::npos;
  return one && Next().empty();
}

std::string RosterLines::Place(int64_t line) const {
  const std::string name = path_ == "-" ? "standard input" : path_;
  return array_ ? absl::StrCat("statement ", line, " of ", name) : absl::StrCat(name, ":", line);
}

}  // namespace accord::ctl
