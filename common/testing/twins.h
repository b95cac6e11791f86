// Asks for what is hidden and for what does not exist, and holds the answers against each other: byte for
// byte the same, for every method and every field that names a record.
#ifndef ACCORD_COMMON_TESTING_TWINS_H_
#define ACCORD_COMMON_TESTING_TWINS_H_

#include <set>
#include <string>
#include <vector>

#include "common/testing/in_process.h"
#include "common/testing/walk_request.h"

namespace accord::testing {

struct Twins {
  // The package is, for example, `accord.prosecution.v1`.
  std::string package;
  // Names of records that none of the strangers sees.
  std::vector<std::string> hidden;
  std::vector<Tries> strangers;
};

// Fails the running test where two answers differ. How many pairs were compared.
int CompareTwins(InProcess* in_process, const Twins& twins);

// What a caller sees of an answer, without the names in `names` and the ids that a call makes: equal for what
// is hidden and what is absent.
std::string SeenOf(const absl::StatusOr<host::Reply>& reply, const std::vector<std::string>& names);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_TWINS_H_
