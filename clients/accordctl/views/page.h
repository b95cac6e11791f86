// Pages that accordctl writes: one file each, which loads nothing and runs nothing. Their frames and styles
// are files of pages/ that the build embeds; docs/accessibility.md says what every page has to keep to.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace accord::ctl {

// Agency id to what people call it.
using AgencyNames = std::map<std::string, std::string>;

// A file of pages/, for example `board.html`. It is there, or the process ends.
const std::string& PageFile(const std::string& name);

// The template with `{{name}}` replaced by each value as it stands; a value is not looked into.
std::string Filled(const std::string& form, const std::vector<std::pair<std::string, std::string>>& values);

// A whole page around its body. `style` is a file of pages/ that comes after what all pages share.
std::string PageOf(const std::string& title, const std::string& style, const std::string& body);

// What others wrote, as text of a page: no markup, and its direction of writing stays its own.
std::string Foreign(const std::string& text);

// As people call it; the id if nobody told.
std::string NameOf(const AgencyNames& names, const std::string& agency);

// `1 accused`, `2 overlaps`.
std::string Counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_H_
