// The stages of one accused and the states of an aid, as data (docs/domain.md 4.3 and 4.5).
#ifndef ACCORD_SERVICES_PROSECUTION_LIFECYCLES_H_
#define ACCORD_SERVICES_PROSECUTION_LIFECYCLES_H_

#include "accord/prosecution/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::prosecution {

const Lifecycle& StageLifecycle();
// Events are the states' own short names: `applied`, `ordered`, ...
const Lifecycle& AidLifecycle();

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LIFECYCLES_H_
