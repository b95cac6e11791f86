// Tries the second of two acts that are two people's by whoever did the first: of every pair of the table
// in common/access/separation.cc.
#ifndef ACCORD_COMMON_TESTING_SEPARATION_WALK_H_
#define ACCORD_COMMON_TESTING_SEPARATION_WALK_H_

#include <functional>
#include <string>

#include "common/testing/in_process.h"
#include "common/testing/walked.h"

namespace accord::testing {

// This is a fresh record, and somebody in whose way nothing stands but what he or she did before.
struct Attempt {
  std::string record;
  Caller who;
  // Adds to the request what the method asks for beyond the fields that are required.
  std::function<void(google::protobuf::Message*)> finish = {};
};

// For each pair whose second act is of this package, `accord.training.v1`: neither a colleague's hand, nor a
// namesake's of another agency, nor the own one in another record bars anybody; the own one does, however
// long ago and whoever had a hand in it since. `make` is asked for an attempt at `GradeReport`. Returns how
// many pairs there are.
int WalkSeparations(InProcess* in_process, const std::string& package,
                    const std::function<Attempt(const std::string& method)>& make);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_SEPARATION_WALK_H_
