// These are the same verbs for every kind of resource: which RPCs are which verb of a kind, out of the
// descriptors, and why a kind lacks one, out of a table. A kind of any service that has neither fails a test,
// so that nothing is missing by accident.
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
  // Its list is narrowed: by `filter` and `order_by`, or by other fields of the request.
  kNarrow,
  kChange,
  // The feed of its service tells of it.
  kWatch,
  // What it said before is listed, one version after the other.
  kHistory,
  kCount
};
const std::vector<ResourceVerb>& ResourceVerbs();
// `create`, as the golden file has it.
std::string_view VerbWord(ResourceVerb verb);

struct VerbsOfKind {
  const google::protobuf::Descriptor* resource;
  // The RPCs that agencies may call, by their names alone.
  std::map<ResourceVerb, std::vector<std::string>> rpcs;
  // The packages in whose services it is got or listed. They are several where it is declared once for many.
  std::set<std::string> packages;

  // The table calls it so: `protocols.Referral`.
  std::string name() const;
};
// Every kind of resource of this build, by its full name. A kind that is got or listed in a service with a
// feed is watched, unless the table says why not.
std::vector<VerbsOfKind> VerbsOfAllKinds();

struct LackedVerb {
  ResourceVerb verb;
  // This is a sentence for people; it may name an RPC by which people get at the same.
  std::string_view why;
  // The kinds, with spaces between them; `*` stands for all that have no such RPC and no line of their own.
  std::string_view kinds;
};
const std::vector<LackedVerb>& LackedVerbs();
// It is empty where the table says nothing.
std::string_view WhyLacked(const std::string& kind, ResourceVerb verb);

// Writes one block a kind and one line a verb, for reviewers. A reason that stands for all is left out.
std::string ResourceVerbsText();

// Fails the running test unless the feed of the package tells of the kinds that are watched by the table, and
// of no others. How many those are.
int HoldFeedKinds(InProcess* in_process, const std::string& package, const Caller& who);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_RESOURCE_VERBS_H_
