// Acts on one record that two people do, as data: the pairs of this table and no others
// (domain 1.5, 3.2, 3.3, 4.1 and 5). Services check it before a handler runs, over everybody who contributed,
// and never over the last one alone.
#ifndef ACCORD_COMMON_ACCESS_SEPARATION_H_
#define ACCORD_COMMON_ACCESS_SEPARATION_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/base/rules.h"

namespace accord {

// This is an RPC, `package.Service.Method`, and the field of its request that names the record, for example
// `report.name`. Empty: the call makes the record, and its answer names it.
struct Act {
  std::string_view method;
  std::string_view record;
};

// Whoever did one of `done` on a record does none of `barred` on it: PERMISSION_DENIED with `rule`.
struct Separation {
  const rules::Rule* rule;
  std::string_view message;
  std::vector<Act> done;
  std::vector<Act> barred;
};

const std::vector<Separation>& Separations();

// Gives the act of `done` that a method is; null if it bars nobody from anything.
const Act* RememberedAct(std::string_view method);
// This is what a method is barred by: the act, and the separation that bars it.
struct Bar {
  const Act* act;
  const Separation* separation;
};
std::vector<Bar> BarsOf(std::string_view method);

// Gives the record that a call acts on; empty if it names none.
std::string RecordOf(const Act& act, const google::protobuf::Message& request,
                     const google::protobuf::Message* response);

// `/package.Service/Method` as the table writes it.
std::string MethodName(std::string_view path);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_SEPARATION_H_
