// Every kind of resource should have these verbs. The descriptors say which RPCs they are, and a table
// says why a kind lacks one. A test fails if a kind of any service has neither, so that nothing is
// missing by accident.
#ifndef ACCORD_COMMON_TESTING_RESOURCE_VERBS_H_
#define ACCORD_COMMON_TESTING_RESOURCE_VERBS_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/testing/in_process.h"

namespace accord::testing {

enum class ResourceVerb {
  kCreate,
  kGet,
  kList,
  // Its list can be filtered: by `filter` and `order_by`, or by other fields of the request.
  kNarrow,
  kChange,
  // The feed of its service reports it.
  kWatch,
  // Its earlier versions can be listed.
  kHistory,
  kCount
};
const std::vector<ResourceVerb>& ResourceVerbs();
// This gives the verb in the golden file's words, for example `create`.
std::string_view VerbWord(ResourceVerb verb);

struct VerbsOfKind {
  const google::protobuf::Descriptor* resource;
  // These are the names of the RPCs that agencies may call.
  std::map<ResourceVerb, std::vector<std::string>> rpcs;
  // These are the packages whose services get or list it. There is more than one if it is declared once for
  // several services.
  std::set<std::string> packages;

  // This gives the name in the table, for example `protocols.Referral`.
  std::string name() const;
};
// This gives every kind of resource of this build, ordered by full name. A kind that is got or listed in a
// service with a feed counts as watched, unless the table says why it is not.
std::vector<VerbsOfKind> VerbsOfAllKinds();

struct LackedVerb {
  ResourceVerb verb;
  // This is a sentence for people; it may name an RPC that serves the same need.
  std::string_view why;
  // These are the kinds, separated by spaces; `*` means all that have no such RPC and no row of their own.
  std::string_view kinds;
};
const std::vector<LackedVerb>& LackedVerbs();
// This gives the reason in the table; it is empty if there is none.
std::string_view WhyLacked(const std::string& kind, ResourceVerb verb);

// This writes one block for each kind and one line for each verb, for reviewers. A reason that applies to all
// kinds is left out.
std::string ResourceVerbsText();

// This fails the running test unless the feed of the package reports exactly the kinds that are watched
// according to the table. It gives the number of these kinds.
int HoldFeedKinds(InProcess* in_process, const std::string& package, const Caller& who);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_RESOURCE_VERBS_H_
