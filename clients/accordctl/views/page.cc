#include "clients/accordctl/views/page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/views/views.h"

// NOLINTBEGIN(cppcoreguidelines-macro-usage): the assembler alone takes a file as it is.
#define ACCORD_EMBED(symbol, file)                                      \
  asm(".section .rodata\n"                                              \
      "accord_page_" #symbol "_begin: .incbin \"" ACCORD_PAGES "/" file \
      "\"\n"                                                            \
      "accord_page_" #symbol                                            \
      "_end:\n"                                                         \
      ".previous\n");                                                   \
  extern "C" const char accord_page_##symbol##_begin[], accord_page_##symbol##_end[];
#define ACCORD_EMBEDDED(symbol) std::string(accord_page_##symbol##_begin, accord_page_##symbol##_end)
// NOLINTEND(cppcoreguidelines-macro-usage)

ACCORD_EMBED(frame, "page.html")
ACCORD_EMBED(style, "page.css")
ACCORD_EMBED(board, "board.html")
ACCORD_EMBED(board_style, "board.css")
ACCORD_EMBED(coverage, "coverage.html")
ACCORD_EMBED(coverage_style, "coverage.css")

namespace accord::ctl {

const std::string& PageFile(const std::string& name) {
  static const auto* files = new std::map<std::string, std::string>{
      {"page.html", ACCORD_EMBEDDED(frame)},        {"page.css", ACCORD_EMBEDDED(style)},
      {"board.html", ACCORD_EMBEDDED(board)},       {"board.css", ACCORD_EMBEDDED(board_style)},
      {"coverage.html", ACCORD_EMBEDDED(coverage)}, {"coverage.css", ACCORD_EMBEDDED(coverage_style)},
  };
  return files->at(name);
}

std::string Filled(const std::string& form, const std::vector<std::pair<std::string, std::string>>& values) {
  std::vector<std::pair<std::string, std::string>> named;
  named.reserve(values.size());
  for (const auto& [name, value] : values) named.emplace_back(absl::StrCat("{{", name, "}}"), value);
  return absl::StrReplaceAll(form, named);
}

std::string PageOf(const std::string& title, const std::string& style, const std::string& body) {
  return Filled(
      PageFile("page.html"),
      {{"title", Escaped(title)}, {"style", PageFile("page.css") + PageFile(style)}, {"body", body}});
}

std::string Foreign(const std::string& text) { return absl::StrCat("<bdi>", Escaped(text), "</bdi>"); }

std::string NameOf(const AgencyNames& names, const std::string& agency) {
  const auto found = names.find(agency);
  return found == names.end() || found->second.empty() ? agency : found->second;
}

std::string Counted(std::size_t count, const std::string& one, const std::string& many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

}  // namespace accord::ctl
