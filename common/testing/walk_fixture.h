// This fixture stores records directly in any state, without the steps that lead there, for tests by part
// and state.
#ifndef ACCORD_COMMON_TESTING_WALK_FIXTURE_H_
#define ACCORD_COMMON_TESTING_WALK_FIXTURE_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "common/access/names.h"
#include "common/storage/records/resources.h"
#include "common/testing/walk.h"

namespace accord::testing {

// `Fixture` is the fixture of a service.
template <class Fixture>
class WalkFixture : public Fixture {
 protected:
  // This stores a record as it is and gives its name.
  template <class M>
  std::string Store(const std::string& kind, M record, const storage::Placement& placement) {
    return testing::Store(&this->in_process_, kind, &record, placement);
  }
  // This gives the value of an enum by its short name.
  template <class State>
  static State As(const google::protobuf::EnumDescriptor* type, const std::string& state) {
    return static_cast<State>(*FromShortName(type, state));
  }
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_WALK_FIXTURE_H_
