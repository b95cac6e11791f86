// This table has the pairs of acts on one record that two different people must do (docs/domain.md 1.5, 3.2,
// 3.3, 4.1 and 5). Services check the table before a handler runs, against everybody who contributed to the
// record and not only the last one.
#ifndef ACCORD_COMMON_ACCESS_SEPARATION_H_
#define ACCORD_COMMON_ACCESS_SEPARATION_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/base/rules.h"

namespace accord {

// An act is an RPC, `package.Service.Method`, and the field of its request that names the record, for example
// `report.name`. If the field is empty, the call creates the record and its answer names it.
struct Act {
  std::string_view method;
  std::string_view record;
};

// Whoever did one of the acts `done` on a record may do none of `barred` on it, and is refused with
// PERMISSION_DENIED by `rule`.
struct Separation {
  const rules::Rule* rule;
  std::string_view message;
  std::vector<Act> done;
  std::vector<Act> barred;
};

const std::vector<Separation>& Separations();

// This gives the act of `done` that this method is; it is null if the method bars nobody from anything.
const Act* RememberedAct(std::string_view method);
// These are the act by which a method is barred, and the separation that bars it.
struct Bar {
  const Act* act;
  const Separation* separation;
};
std::vector<Bar> BarsOf(std::string_view method);

// This gives the record that a call acts on; it is empty if it names none.
std::string RecordOf(const Act& act, const google::protobuf::Message& request,
                     const google::protobuf::Message* response);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_SEPARATION_H_
