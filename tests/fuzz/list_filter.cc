// The input is the filter of a list of referrals, as a client writes it. The first line is `order_by`, and
// the filter follows. It is read or refused by a rule, and what is read means the same when it is written and
// read again.
#include <algorithm>

#include "accord/protocols/v1/resources.pb.h"
#include "common/base/error.h"
#include "common/listing/condition.h"
#include "common/listing/index_rows.h"
#include "common/listing/order.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using listing::Condition;
using listing::Expression;

int TermsOf(const Expression& expression) {
  int terms = expression.kind == Expression::kTerm ? 1 : 0;
  for (const Expression& part : expression.parts) terms += TermsOf(part);
  return terms;
}

// This says whether no value that the database is asked for contains a sign that could be taken for the end
// of another value.
bool Sound(const Condition& condition) {
  const bool leaf = condition.parts.empty() && condition.kind != Condition::kAll;
  return leaf == (condition.field != nullptr) && condition.value.find('\0') == std::string::npos &&
         condition.value.find(listing::kBetween) == std::string::npos &&
         std::all_of(condition.parts.begin(), condition.parts.end(), Sound);
}

void Ordered(std::string_view text, const std::vector<listing::Field>& fields) {
  const auto order = listing::ParseOrder(text, fields);
  if (!order.ok()) return Hold(!RuleOf(order.status()).empty(), "an order is refused by a rule");
  Hold(order->field == nullptr || order->field->orders, "an order is by a field that orders");
  const auto again = listing::ParseOrder(listing::Written(*order), fields);
  Hold(again.ok() && again->field == order->field && again->descending == order->descending,
       "an order is read back from its own words");
}

}  // namespace

ACCORD_FUZZ_TARGET(list_filter, bytes) {
  Input input(bytes);
  const auto& fields = listing::FieldsOf(*protocols::v1::Referral::descriptor());
  Ordered(input.Line(), fields);
  const auto expression = listing::ParseExpression(input.rest());
  if (!expression.ok()) return Hold(!RuleOf(expression.status()).empty(), "a filter is refused by a rule");
  Hold(TermsOf(*expression) <= listing::kMostTerms, "a filter has a bounded number of comparisons");
  const std::string written = listing::Written(*expression);
  if (written.size() <= listing::kMostBytes) {
    const auto again = listing::ParseExpression(written);
    Hold(again.ok() && listing::Written(*again) == written, "a filter is read back from its own words");
  }
  const auto condition = listing::ConditionOf(*expression, fields);
  if (!condition.ok()) return Hold(!RuleOf(condition.status()).empty(), "a comparison is refused by a rule");
  Hold(Sound(*condition), "what is compared is whole");
}

}  // namespace accord::fuzz
