// This is the syntax tree of a list request's `filter`, which is written in a subset of AIP-160. It compares
// fields with values, as in `state = submitted AND (urgency = h12 OR create_time < 2026-11-01T00:00:00Z)`,
// without knowing which fields exist.
//
// In AIP-160 OR binds more tightly than AND, which few people expect. So a filter with both and without
// parentheses is refused instead of being understood in one of two ways.
#ifndef ACCORD_COMMON_LISTING_EXPRESSION_H_
#define ACCORD_COMMON_LISTING_EXPRESSION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::listing {

inline constexpr std::size_t kMostBytes = 2000;
// An expression has at most this many comparisons.
inline constexpr int kMostTerms = 20;
// Parentheses and NOT are nested at most this deep.
inline constexpr int kMostDepth = 8;

enum class Comparison { kEqual, kUnequal, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kHas };

struct Expression {
  // kAll matches everything.
  enum Kind { kAll, kAnd, kOr, kNot, kTerm };
  Kind kind = kAll;
  // kAnd and kOr have two or more parts, and kNot has one.
  std::vector<Expression> parts = {};
  // Only kTerm has the other members.
  std::string field = {};
  Comparison comparison = Comparison::kEqual;
  std::string value = {};
};

// This parses a filter. It returns INVALID_ARGUMENT with rule FIELD_INVALID of the field `filter`, and the
// byte at which it cannot be read. An empty text is kAll.
absl::StatusOr<Expression> ParseExpression(std::string_view text);

// This writes the expression as text that parses to the same expression.
std::string Written(const Expression& expression);

// This gives the operator as it is written in a filter.
std::string_view SignInExpression(Comparison comparison);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_EXPRESSION_H_
