#include "common/access/caller.h"

#include <algorithm>

namespace accord {

bool Caller::Has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

}  // namespace accord
