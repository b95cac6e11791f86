// This says which events a stream follows.
#ifndef ACCORD_COMMON_HOST_WATCHING_FOLLOWED_H_
#define ACCORD_COMMON_HOST_WATCHING_FOLLOWED_H_

#include <compare>
#include <string>

#include "common/storage/records/feed.h"

namespace accord::host {

// This is what a stream follows.
struct Followed {
  // An empty kind stands for every kind.
  std::string kind = {};
  // This is the viewer that follows: an agency, or one of its capacities, such as `cas-york#director`.
  std::string viewer = {};
  // This includes events that only a capacity of the viewer may see, events of resources that the viewer
  // follows without seeing them (common/storage/records/feed.h), and the news that a record is gone (gone.h).
  // Whoever reports such an event must check that the person behind the call may read it.
  bool whole_agency = false;
  // This is another viewer as whom the caller also follows, for example `#office`; it is empty for none.
  std::string also = {};

  auto operator<=>(const Followed&) const = default;
};

// This says whether whoever follows these events is told of this one.
bool Concerns(const storage::Event& event, const Followed& of);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_FOLLOWED_H_
