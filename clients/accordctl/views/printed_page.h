// This file is about documents on paper: one record as its reader may read it. Every sheet is numbered, and
// withheld fields are listed at the end.
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
#include "clients/accordctl/views/printed_cells.h"

namespace accord::ctl {

// A part is a table if it has heads, and otherwise a text.
struct PrintedPart {
  // This is the part's id, unique in the page: letters and hyphens.
  std::string id;
  std::string title;
  std::vector<std::string> heads = {};
  // This is HTML, one cell for each head.
  std::vector<std::vector<std::string>> rows = {};
  // This is HTML, out of PrintedCells::Said.
  std::string text = {};
  // This is a sentence before the table or the text; it is empty if none is needed.
  std::string note = {};
};

struct PrintedDocument {
  std::string title;
  // Resource name of the record.
  std::string name;
  std::vector<PrintedPart> parts = {};
};

// This gives a table of facts with a label for each; facts without content are left out.
PrintedPart FactsPart(const std::string& id, const std::string& title,
                      const std::vector<std::pair<std::string, std::string>>& facts);
// This adds the part if it has rows or a text.
void AddPart(PrintedPart part, PrintedDocument* document);

// This returns the page as HTML.
std::string PrintedPage(const PrintedDocument& document, const PrintedFor& whom);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_PAGE_H_
