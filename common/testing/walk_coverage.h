// This table says which test tries which change with every part and state, and which test tries which pair of
// acts that two people must do, so that none is forgotten. A test fails if it tries something other than its
// row says, and a change of any service fails that is in no row.
#ifndef ACCORD_COMMON_TESTING_WALK_COVERAGE_H_
#define ACCORD_COMMON_TESTING_WALK_COVERAGE_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace accord::testing {

struct WalkedBy {
  // This is the test, for example `ProductWalk.EachChangeOfAProduct...`. tests/policy/threats_test.sh checks
  // that it exists.
  std::string_view test;
  // This is the service, for example `accord.intelligence.v1.ProductService`, or kTwoPeople.
  std::string_view service;
  // These are its methods, or the rules of the separations, separated by spaces.
  std::string_view what;
};
const std::vector<WalkedBy>& WalkTable();

inline constexpr char kTwoPeople[] = "two people";

// This gives the entries of the table for one test, or for all of them, for
// example `accord.intelligence.v1.ProductService.ReviewProduct`.
std::set<std::string> WalkedIn(std::string_view test);
std::set<std::string> WalkedAnywhere();

// Notes that the running test tries a method or a separation.
void NoteWalked(std::string_view service, std::string_view what);

// Compares, at the end of each test of this binary, what it tried with the table.
bool HoldWalks();
inline const bool kWalksAreHeld = HoldWalks();

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_WALK_COVERAGE_H_
