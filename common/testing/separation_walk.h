// This tries, for every pair of the table in common/access/separation.cc, the second act as the person who
// did the first.
#ifndef ACCORD_COMMON_TESTING_SEPARATION_WALK_H_
#define ACCORD_COMMON_TESTING_SEPARATION_WALK_H_

#include <functional>
#include <string>

#include "common/testing/in_process.h"
#include "common/testing/walk_coverage.h"

namespace accord::testing {

// This is a fresh record, and a person who is barred by nothing but his or her own earlier act.
struct Attempt {
  std::string record;
  Caller who;
  // This adds to the request what the method requires beyond its required fields.
  std::function<void(google::protobuf::Message*)> finish = {};
};

// This checks each pair whose second act is of this package, for example `accord.training.v1`. An act of a
// colleague, of a person with the same name in another agency, or of the same person on another record bars
// nobody. The person's own act on the record bars, however long ago it was and whoever contributed since.
// `make` is called with a method, for example `GradeReport`, and gives an attempt at it. It gives the number
// of pairs.
int WalkSeparations(InProcess* in_process, const std::string& package,
                    const std::function<Attempt(const std::string& method)>& make);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_SEPARATION_WALK_H_
