#include "clients/accordctl/views/printed_page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/zone.h"
#include "clients/accordctl/views/printed_form.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

std::string PrintedZone(const PrintedFor& whom) {
  return Text("Times are of {{zone}} ({{name}}, UTC{{offset}}).",
              {{"zone", EscapedHtml(whom.zone.name())},
               {"name", EscapedHtml(ZoneText(whom.now, whom.zone))},
               {"offset", absl::FormatTime("%Ez", whom.now, whom.zone)}});
}

std::string PrintedRow(const std::vector<std::string>& cells) {
  // Nothing in a row is left blank: on paper nobody could tell it from what was cut off.
  const auto filled = [](const std::string& cell) { return cell.empty() ? std::string("-") : cell; };
  std::string others;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    others += PrintedForm().Part("cell", {{"text", filled(cells[i])}});
  }
  return PrintedForm().Part("row", {{"first", filled(cells.front())}, {"cells", others}});
}

std::string PartOf(const PrintedPart& part, const std::string& now) {
  const std::string note =
      part.note.empty() ? "" : PrintedForm().Part("note", {{"text", EscapedHtml(part.note)}});
  if (part.heads.empty()) {
    return PrintedForm().Part(
        "text", {{"id", part.id}, {"title", EscapedHtml(part.title)}, {"note", note}, {"text", part.text}});
  }
  std::string heads, rows;
  for (const std::string& head : part.heads)
    heads += PrintedForm().Part("head", {{"text", EscapedHtml(head)}});
  for (const auto& row : part.rows) rows += PrintedRow(row);
  return PrintedForm().Part("table", {{"id", part.id},
                                      {"title", EscapedHtml(part.title)},
                                      {"note", note},
                                      {"now", now},
                                      {"heads", heads},
                                      {"rows", rows}});
}

std::string WithheldPart(const MaskedPaths& masked) {
  if (masked.empty()) return PrintedForm().Part("nothing-withheld");
  std::string fields;
  for (const std::string& path : masked) fields += PrintedForm().Part("field", {{"path", EscapedHtml(path)}});
  return PrintedForm().Part("fields-withheld", {{"fields", fields}});
}

// A name as a string of a style sheet: with nothing that could end the string, and no longer than a sheet has
// room for it.
std::string NameForStyle(const std::string& name) {
  std::string kept;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '-' || c == '_' || c == '.';
    if (plain && kept.size() < 120) kept += c;
  }
  return kept;
}

}  // namespace

PrintedPart FactsPart(const std::string& id, const std::string& title,
                      const std::vector<std::pair<std::string, std::string>>& facts) {
  PrintedPart part{.id = id, .title = title};
  part.heads = {Text("About"), Text("The record says")};
  for (const auto& [about, html] : facts) {
    if (!html.empty()) part.rows.push_back({EscapedHtml(about), html});
  }
  return part;
}

void AddPart(PrintedPart part, PrintedDocument* document) {
  if (!part.rows.empty() || !part.text.empty()) document->parts.push_back(std::move(part));
}

std::string PrintedPage(const PrintedDocument& document, const PrintedFor& whom) {
  const std::string now = PrintedTime(whom.now, whom.zone);
  std::string links, parts;
  for (const PrintedPart& part : document.parts) {
    links += PrintedForm().Part("link", {{"id", part.id}, {"title", EscapedHtml(part.title)}});
    parts += PartOf(part, now);
  }
  links += PrintedForm().Part("link", {{"id", "withheld"}, {"title", Text("What is withheld")}});
  const std::string body = PrintedForm().Body({{"title", EscapedHtml(document.title)},
                                               {"name", EscapedHtml(document.name)},
                                               {"reader", ForeignText(whom.reader)},
                                               {"now", now},
                                               {"zone", PrintedZone(whom)},
                                               {"links", links},
                                               {"parts", parts},
                                               {"withheld", WithheldPart(whom.masked)}});
  return PageOf(absl::StrCat(document.title, ", ", document.name), {"page.css", "printed.css"}, body,
                PrintedForm().Part("running", {{"name", NameForStyle(document.name)}}));
}

}  // namespace accord::ctl
