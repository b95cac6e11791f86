// This file is about pages that accordctl writes: one file each, which loads nothing and runs no script.
// Their parts are in embedded files of pages/; docs/accessibility.md says what every page must satisfy.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/texts.h"

namespace accord::ctl {

// These are values for the `{{name}}` placeholders of a form.
using PageValues = TextValues;

// This is a file of pages/, for example `board.html`: a body, preceded by parts in `<template id="...">` that
// are filled in repeatedly. Its texts are in `[[...]]` and come out in the session's language (core/texts.h).
// A line end directly after a template's tag is not part of the template.
class PageForm {
 public:
  // The process ends if there is no such file, or if a template does not end.
  explicit PageForm(const std::string& file);
  std::string Body(const PageValues& values) const;
  // The process ends if there is no such part.
  std::string Part(const std::string& id, const PageValues& values = {}) const;

 private:
  std::string body_;
  std::map<std::string, std::string> parts_;
};

// This puts a whole page around its body, with style sheets from pages/ in this order, followed by the page's
// own style.
std::string PageOf(const std::string& title, const std::vector<std::string>& styles, const std::string& body,
                   const std::string& own_style = "");

// This escapes text for an HTML page, inside or outside of quotes.
std::string EscapedHtml(const std::string& text);

// This gives text from others as text of a page, without markup; its direction of writing does not affect
// what follows.
std::string ForeignText(const std::string& text);

// This gives `1 day` or `2 days`: the number with one of two texts of the catalogue. In French, zero takes
// the singular.
std::string Counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_
