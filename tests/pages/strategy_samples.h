// These are the strategy's board and an envelope for tests of their pages: none, a few that a person can
// review, 300, and text that means harm.
#ifndef ACCORD_TESTS_PAGES_STRATEGY_SAMPLES_H_
#define ACCORD_TESTS_PAGES_STRATEGY_SAMPLES_H_

#include <map>
#include <string>

#include "clients/accordctl/views/strategy/envelope_page.h"
#include "clients/accordctl/views/strategy/strategy_board.h"

namespace accord::ctl {

// This gives samples by kind, as the samples of the other pages are (board_samples.h). Of `many` and
// `hostile`, the row of an initiative has words that only it has: `T117` in its title and `end117` in
// its source.
std::map<std::string, StrategyBoard> StrategyBoardSamples();
// This gives the position of an envelope, by kind: `none` without years or allocations, and `few`.
std::map<std::string, EnvelopeView> EnvelopeSamples();

}  // namespace accord::ctl

#endif  // ACCORD_TESTS_PAGES_STRATEGY_SAMPLES_H_
