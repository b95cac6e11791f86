// This file is about the values of a record as a printed document shows them, and what is withheld from
// its reader.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_CELLS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_CELLS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

// These are the paths of fields that an answer lacks because its reader may not read them: `flags.text`.
using MaskedPaths = std::set<std::string>;

// This tells for whom and when a record is printed, and what is withheld from the reader.
struct PrintedFor {
  // The name of the reader, for example `worker, York Region Children's Aid Society`.
  std::string reader;
  absl::Time now;
  absl::TimeZone zone;
  AgencyNames agencies;
  MaskedPaths masked;
};

// This makes the HTML of values in a document. Each is empty if there is nothing to say, and says that it is
// withheld if the path is a masked one.
class PrintedCells {
 public:
  explicit PrintedCells(const PrintedFor* whom) : whom_(whom) {}

  // This gives text from others with its line breaks.
  std::string Said(const std::string& path, const std::string& text) const;
  // This gives a name, digest or code.
  std::string Code(const std::string& path, const std::string& text) const;
  // This gives a value of an enum in words.
  std::string Word(const std::string& path, const google::protobuf::EnumDescriptor* type, int number) const;
  std::string YesOrNo(const std::string& path, bool value) const;
  // This does the same, but is empty unless the value is true.
  std::string YesIf(const std::string& path, bool value) const;
  // This gives a day in Ontario, `YYYY-MM-DD`.
  std::string Day(const std::string& path, const std::string& day) const;
  // This gives a moment with its zone; a timestamp of zero counts as not set.
  std::string Moment(const std::string& path, const google::protobuf::Timestamp& at) const;
  // This gives an agency's common name with its id.
  std::string Agency(const std::string& id) const;
  // This gives a state in words, without relying on colour.
  static std::string Mark(const std::string& words);
  bool IsWithheld(const std::string& path) const;
  const PrintedFor& whom() const { return *whom_; }

 private:
  std::string OrWithheld(const std::string& path, const std::string& html) const;

  const PrintedFor* whom_;
};

// This gives `enum_value` as people read it; it is empty for the zero value.
std::string WordOf(const google::protobuf::EnumDescriptor* type, int number);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_CELLS_H_
