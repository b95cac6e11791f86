// Documents on paper: one record as its reader may read it. Every sheet has its number, and what is withheld
// is listed at the end.
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

// Fields that an answer lacks because its reader may not read them, by their paths: `flags.text`.
using MaskedPaths = std::set<std::string>;

// For whom a record is printed, when, and what is withheld from them.
struct PrintedFor {
  // The reader is called so, for example `worker, York Region Children's Aid Society`.
  std::string reader;
  absl::Time now;
  absl::TimeZone zone;
  AgencyNames agencies;
  MaskedPaths masked;
};

// This is a table if it has heads, and otherwise a text.
struct PrintedPart {
  // It is the part's own within the page: letters and hyphens.
  std::string id;
  std::string title;
  std::vector<std::string> heads = {};
  // HTML, a cell for each head.
  std::vector<std::vector<std::string>> rows = {};
  // HTML, out of Cells::Said.
  std::string text = {};
  // This is a sentence before the table or the text; empty if nothing need be said.
  std::string note = {};
};

struct PrintedDocument {
  std::string title;
  // Resource name of the record.
  std::string name;
  std::vector<PrintedPart> parts = {};
};

// What stands in a document, as HTML. Each is empty if there is nothing to say, and says that it is withheld
// if the path is a masked one.
class Cells {
 public:
  explicit Cells(const PrintedFor* whom) : whom_(whom) {}

  // Gives what others wrote, line by line as they wrote it.
  std::string Said(const std::string& path, const std::string& text) const;
  // Names, digests and codes.
  std::string Code(const std::string& path, const std::string& text) const;
  // A value of an enum in words.
  std::string Word(const std::string& path, const google::protobuf::EnumDescriptor* type, int number) const;
  std::string YesOrNo(const std::string& path, bool value) const;
  // Does the same where only a yes says something.
  std::string YesIf(const std::string& path, bool value) const;
  // Gives a day in Ontario, `YYYY-MM-DD`.
  std::string Day(const std::string& path, const std::string& day) const;
  // Gives a moment with its zone; a timestamp of zero was never set.
  std::string Moment(const std::string& path, const google::protobuf::Timestamp& at) const;
  // Gives what people call an agency, with its id.
  std::string Agency(const std::string& id) const;
  // A state, which is told in words alone.
  static std::string Mark(const std::string& words);
  bool IsWithheld(const std::string& path) const;
  const PrintedFor& whom() const { return *whom_; }

 private:
  std::string OrWithheld(const std::string& path, const std::string& html) const;

  const PrintedFor* whom_;
};

// Gives a table of what a record says: those of the pairs that say something, each with what it is about.
PrintedPart FactsPart(const std::string& id, const std::string& title,
                      const std::vector<std::pair<std::string, std::string>>& facts);
// Adds the part if it has rows or a text.
void AddPart(PrintedPart part, PrintedDocument* document);

// `enum_value` as people read it; empty for the zero value.
std::string WordOf(const google::protobuf::EnumDescriptor* type, int number);

// This returns the page as HTML.
std::string PrintedPage(const PrintedDocument& document, const PrintedFor& whom);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_PAGE_H_
