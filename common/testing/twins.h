// This requests hidden records and records that do not exist, and compares the answers: they must be the
// same, byte for byte, for every method and every field that names a record.
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
  // None of the strangers sees the records of these names.
  std::vector<std::string> hidden;
  std::vector<Tries> strangers;
};

// This fails the running test if two answers differ. It gives the number of pairs that were compared.
int CompareTwins(InProcess* in_process, const Twins& twins);

// This gives an answer as its caller sees it, without the names in `names` and the ids that a call makes: it
// is equal for a hidden record and an absent one.
std::string SeenOf(const absl::StatusOr<host::Reply>& reply, const std::vector<std::string>& names);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_TWINS_H_
