// This file is about a roster file in the form that the service takes: whole lines of UTF-8.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_LINES_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_LINES_H_

#include <cstdint>
#include <istream>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

class RosterLines {
 public:
  // At most so many bytes are kept of an input that can be read only once.
  static constexpr int64_t kMostKept = int64_t{4} << 30;

  // This opens a roster. `path` may be a pipe or `-`, standard input: an input that cannot be read twice
  // is copied to an unnamed file. With `statements`, an array of statements, as learning record stores
  // export it, becomes one statement on each line. A byte order mark is removed. It returns
  // INVALID_ARGUMENT with rule FILE_MISSING, FILE_TOO_LARGE, ENCODING (UTF-16, or a spreadsheet instead of
  // its CSV) or STATEMENTS_MALFORMED.
  static absl::StatusOr<std::unique_ptr<RosterLines>> Open(const std::string& path, bool statements,
                                                           int64_t most_kept = kMostKept);

  // This gives the digest, in hex, and the size in bytes of all that Next will give.
  void Measure(std::string* sha256, int64_t* size);
  void Rewind(int64_t offset);
  // This gives whole lines, about half a megabyte, or one longer line; it is empty at the end.
  std::string Next();
  // This says whether nothing stands below the first line, such as a header. Rewind lets it be read again.
  bool IsOneLine();
  // This gives the place of a line that the service names by its number: `roster.csv:12`, or `statement 12
  // of roster.json`.
  std::string Place(int64_t line) const;

 private:
  RosterLines(std::string path, std::unique_ptr<std::istream> stream, int64_t begin, bool array)
      : path_(std::move(path)), stream_(std::move(stream)), begin_(begin), array_(array) {}
  const std::string path_;
  const std::unique_ptr<std::istream> stream_;
  // This is the offset of the text, after a byte order mark.
  const int64_t begin_;
  const bool array_;
  std::string rest_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_LINES_H_
