// The pages are tested with these: none, a few that a person can review, 300, and text that means harm.
#ifndef ACCORD_TESTS_PAGES_BOARD_SAMPLES_H_
#define ACCORD_TESTS_PAGES_BOARD_SAMPLES_H_

#include <map>
#include <string>

#include "clients/accordctl/views/boards/board_page.h"
#include "clients/accordctl/views/boards/coverage_page.h"

namespace accord::ctl {

// This gives markup, ends of attributes, forms of a template, reversed and hidden characters, and words that
// never end.
std::string HostileText();

// This gives samples by kind: `none`, `few`, `many`, `hostile`. Rows of the last two have words that only
// they have: `A117` and `26-1117` on the board, and `T117` and `end117` in the territory of an overlap.
std::map<std::string, BoardView> BoardSamples();
std::map<std::string, Coverage> CoverageSamples();

}  // namespace accord::ctl

#endif  // ACCORD_TESTS_PAGES_BOARD_SAMPLES_H_
