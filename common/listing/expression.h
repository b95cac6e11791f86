// What the `filter` of a list request says, as it is written: a subset of AIP-160. It compares fields with
// values, `state = submitted AND (urgency = h12 OR create_time < 2026-11-01T00:00:00Z)`, whatever fields
// there may be.
//
// AIP-160 lets OR bind closer than AND, which few people expect. So whoever writes both without parentheses
// is refused instead of understood in one of two ways.
#ifndef ACCORD_COMMON_LISTING_EXPRESSION_H_
#define ACCORD_COMMON_LISTING_EXPRESSION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::listing {

inline constexpr std::size_t kMostBytes = 2000;
// Comparisons in an expression.
inline constexpr int kMostTerms = 20;
// Parentheses and NOT within each other.
inline constexpr int kMostDepth = 8;

enum class Comparison { kEqual, kUnequal, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kHas };

struct Expression {
  // kAll holds of everything.
  enum Kind { kAll, kAnd, kOr, kNot, kTerm };
  Kind kind = kAll;
  // There are two or more of kAnd and kOr, and one of kNot.
  std::vector<Expression> parts = {};
  // The other members are of kTerm alone.
  std::string field = {};
  Comparison comparison = Comparison::kEqual;
  std::string value = {};
};

// INVALID_ARGUMENT with rule FIELD_INVALID of the field `filter`, with the byte at which it cannot be read.
// Empty text is kAll.
absl::StatusOr<Expression> ParseExpression(std::string_view text);

// The expression as text that is read back as the same.
std::string Written(const Expression& expression);

// Says how the comparison is written.
std::string_view SignOf(Comparison comparison);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_EXPRESSION_H_
