// Documents on paper: one record as its reader may read it. Every sheet is numbered, and withheld
// fields are listed at the end.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_PAGE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

// The paths of fields that an answer lacks because its reader may not read them: `flags.text`.
using MaskedPaths = std::set<std::string>;

// For whom and when a record is printed, and what is withheld from the reader.
struct PrintedFor {
  // The name of the reader, for example `worker, York Region Children's Aid Society`.
  std::string reader;
  absl::Time now;
  absl::TimeZone zone;
  AgencyNames agencies;
  MaskedPaths masked;
};

// A table if it has heads, and otherwise a text.
struct PrintedPart {
  // The part's id, unique in the page: letters and hyphens.
  std::string id;
  std::string title;
  std::vector<std::string> heads = {};
  // HTML, one cell for each head.
  std::vector<std::vector<std::string>> rows = {};
  // HTML, out of Cells::Said.
  std::string text = {};
  // A sentence before the table or the text; empty if none is needed.
  std::string note = {};
};

struct PrintedDocument {
  std::string title;
  // Resource name of the record.
  std::string name;
  std::vector<PrintedPart> parts = {};
};

// Makes the HTML of values in a document. Each is empty if there is nothing to say, and says that
// it is withheld if the path is a masked one.
class Cells {
 public:
  explicit Cells(const PrintedFor* whom) : whom_(whom) {}

  // Gives text from others with its line breaks.
  std::string Said(const std::string& path, const std::string& text) const;
  // Gives a name, digest or code.
  std::string Code(const std::string& path, const std::string& text) const;
  // Gives a value of an enum in words.
  std::string Word(const std::string& path, const google::protobuf::EnumDescriptor* type, int number) const;
  std::string YesOrNo(const std::string& path, bool value) const;
  // Does the same, but is empty unless the value is true.
  std::string YesIf(const std::string& path, bool value) const;
  // Gives a day in Ontario, `YYYY-MM-DD`.
  std::string Day(const std::string& path, const std::string& day) const;
  // Gives a moment with its zone; a timestamp of zero counts as not set.
  std::string Moment(const std::string& path, const google::protobuf::Timestamp& at) const;
  // Gives an agency's common name with its id.
  std::string Agency(const std::string& id) const;
  // Gives a state in words, without relying on colour.
  static std::string Mark(const std::string& words);
  bool IsWithheld(const std::string& path) const;
  const PrintedFor& whom() const { return *whom_; }

 private:
  std::string OrWithheld(const std::string& path, const std::string& html) const;

  const PrintedFor* whom_;
};

// Gives a table of facts with a label for each; facts without content are left out.
PrintedPart FactsPart(const std::string& id, const std::string& title,
                      const std::vector<std::pair<std::string, std::string>>& facts);
// Adds the part if it has rows or a text.
void AddPart(PrintedPart part, PrintedDocument* document);

// Gives `enum_value` as people read it; empty for the zero value.
std::string WordOf(const google::protobuf::EnumDescriptor* type, int number);

// This returns the page as HTML.
std::string PrintedPage(const PrintedDocument& document, const PrintedFor& whom);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_PAGE_H_
