// This writes every RPC and who may call it, by kind of agency and role, as text for a reviewer.
#ifndef ACCORD_COMMON_ACCESS_MATRIX_H_
#define ACCORD_COMMON_ACCESS_MATRIX_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord {

// This gives a legend and then one block for each RPC: its permission, what it does, and one line for each
// grant. The text is stable, because it is kept as a golden file.
absl::StatusOr<std::string> AccessMatrix();

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_MATRIX_H_
