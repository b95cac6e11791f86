// Every RPC x (agency kind, role) as text for a reviewer.
#ifndef ACCORD_COMMON_ACCESS_MATRIX_H_
#define ACCORD_COMMON_ACCESS_MATRIX_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord {

// Gives a legend, and then one block an RPC: permission, what it does, and one line a grant. Stable: kept as
// a golden file.
absl::StatusOr<std::string> AccessMatrix();

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_MATRIX_H_
