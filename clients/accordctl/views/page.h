// Pages that accordctl writes: one file each, which loads nothing and runs nothing. What they are made of
// stands in files of pages/ that the build embeds; docs/accessibility.md says what every page has to keep to.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/texts.h"

namespace accord::ctl {

// Agency id to what people call it.
using AgencyNames = std::map<std::string, std::string>;

// This is what stands for each `{{name}}` of a form.
using PageValues = TextValues;

// A file of pages/, for example `board.html`: a body, and before it, in `<template id="...">`, the parts that
// are filled in again and again. Its texts stand in `[[...]]` and come out in the language that is spoken
// (core/texts.h). An end of line right after a template's tag is none of the part's.
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

// A whole page around its body, with the files of pages/ that give it its style, the first one first, and
// behind them a style of its own.
std::string PageOf(const std::string& title, const std::vector<std::string>& styles, const std::string& body,
                   const std::string& own_style = "");

// Gives what others wrote as text of a page, without markup, whose direction of writing ends with it.
std::string Foreign(const std::string& text);

// Gives the name that people know an agency by; its id if nobody told a name.
std::string NameOf(const AgencyNames& names, const std::string& agency);

// `1 day`, `2 days`: the number with one of two texts of the catalogue. French has nought in the singular.
std::string Counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_
