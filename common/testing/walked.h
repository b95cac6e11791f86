// This says which test walks which change by part and state, and which test tries which two acts of two
// people: so that none is forgotten. A test that walks something else than its line says fails, and so does a
// change of any service that stands in no line.
#ifndef ACCORD_COMMON_TESTING_WALKED_H_
#define ACCORD_COMMON_TESTING_WALKED_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace accord::testing {

struct WalkedBy {
  // `ProductWalk.EachChangeOfAProduct...`, a test that exists: tests/policy/threats_test.sh looks.
  std::string_view test;
  // `accord.intelligence.v1.ProductService`, or kTwoPeople.
  std::string_view service;
  // Its methods, or the rules of the separations, with spaces between them.
  std::string_view what;
};
const std::vector<WalkedBy>& WalkTable();

inline constexpr char kTwoPeople[] = "two people";

// Gives what stands in the table: `accord.intelligence.v1.ProductService.ReviewProduct`. Of one test, or
// of all.
std::set<std::string> WalkedIn(std::string_view test);
std::set<std::string> WalkedAnywhere();

// Notes that the running test walks a method, or tries a separation.
void NoteWalked(std::string_view service, std::string_view what);

// Holds each test of this binary, when it ends, against the table.
bool HoldWalks();
inline const bool kWalksAreHeld = HoldWalks();

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_WALKED_H_
