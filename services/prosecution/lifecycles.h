// This file has the stages of one accused and the states of an aid, as data (docs/domain.md 4.3 and 4.5).
#ifndef ACCORD_SERVICES_PROSECUTION_LIFECYCLES_H_
#define ACCORD_SERVICES_PROSECUTION_LIFECYCLES_H_

#include "accord/prosecution/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::prosecution {

const Lifecycle& StageLifecycle();
// This gives the stages in which a sentence may be recorded. It is a table of its own, since a caller that
// advances an accused may name any event of StageLifecycle.
const Lifecycle& SentenceLifecycle();
// This gives the states of an aid. Its events are the states' own short names: `considered`, `applied`, ...
// The first of them begins an aid, which is in no state before.
const Lifecycle& AidLifecycle();
// This gives the states of a link between two records that are the same.
const Lifecycle& DuplicateLifecycle();

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LIFECYCLES_H_
