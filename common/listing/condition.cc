#include "common/listing/condition.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/listing/index_rows.h"

namespace accord::listing {
namespace {

absl::Status RefuseCondition(const std::string& what) { return RefuseFields({{"filter", what}}); }

absl::Status RefuseConditionOnUnknownField(const std::string& name, const std::vector<Field>& fields) {
  // A longer text is no field's name and might be anything, so it is not quoted.
  const std::string shown = name.size() <= 64 ? name : "a field";
  if (fields.empty())
    return RefuseCondition(absl::StrCat("names ", shown, ", and this list compares no fields"));
  return RefuseCondition(absl::StrCat("names ", shown, ", which this list does not compare; it compares ",
                                      FieldNames(fields, false)));
}

bool HasOrderedConditions(Field::Type type) {
  return type == Field::kDay || type == Field::kNumber || type == Field::kTime;
}

bool MayHaveCondition(const Field& field, Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
    case Comparison::kUnequal:
      return true;
    case Comparison::kHas:
      return field.type == Field::kText;
    default:
      return HasOrderedConditions(field.type);
  }
}

std::string ConditionEnumValues(const google::protobuf::EnumDescriptor* type) {
  std::vector<std::string> names;
  for (int i = 0; i < type->value_count(); ++i) {
    const int number = type->value(i)->number();
    if (number != 0) names.push_back(ShortName(type, number));
  }
  return absl::StrJoin(names, ", ");
}

// This gives what the value must be; it is empty if it is valid, and then `out` gets it as the index
// stores it.
std::string ConditionValueFault(const Field& field, const std::string& text, std::string* out) {
  switch (field.type) {
    case Field::kText:
      if (text.size() > kMostText) return absl::StrCat("with text of at most ", kMostText, " bytes");
      *out = IndexedText(text);
      return "";
    case Field::kDay:
      if (!ParseDay(text)) return "with a day, YYYY-MM-DD";
      *out = IndexedText(text);
      return "";
    case Field::kNumber: {
      int64_t number = 0;
      if (!absl::SimpleAtoi(text, &number)) return "with a whole number";
      *out = IndexedNumber(number);
      return "";
    }
    case Field::kBool:
      if (text != "true" && text != "false") return "with true or false";
      *out = IndexedNumber(text == "true" ? 1 : 0);
      return "";
    case Field::kEnum: {
      const auto* type = field.descriptor->enum_type();
      const auto number = FromShortName(type, text);
      if (!number) return absl::StrCat("with one of ", ConditionEnumValues(type));
      *out = IndexedNumber(*number);
      return "";
    }
    case Field::kTime: {
      absl::Time at;
      std::string error;
      // Abseil also accepts years of five digits and words such as `infinite-future`.
      const bool odd = text.size() < 5 || text[4] != '-';
      if (odd || !absl::ParseTime(absl::RFC3339_full, text, &at, &error)) {
        return "with an instant such as 2026-11-27T09:00:00Z";
      }
      *out = IndexedNumber(absl::ToUnixMicros(at));
      return "";
    }
  }
  return "with nothing";
}

Condition::Kind ConditionKindOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return Condition::kLess;
    case Comparison::kLessOrEqual:
      return Condition::kLessOrEqual;
    case Comparison::kGreater:
      return Condition::kGreater;
    case Comparison::kGreaterOrEqual:
      return Condition::kGreaterOrEqual;
    case Comparison::kHas:
      return Condition::kBegins;
    default:
      return Condition::kEqual;
  }
}

Condition NegatedCondition(Condition part) {
  Condition negated{Condition::kNot};
  negated.parts.push_back(std::move(part));
  return negated;
}

absl::StatusOr<Condition> ConditionOfTerm(const Expression& term, const std::vector<Field>& fields) {
  const Field* field = FindField(fields, term.field);
  if (field == nullptr) return RefuseConditionOnUnknownField(term.field, fields);
  if (!MayHaveCondition(*field, term.comparison)) {
    const char* signs = field->type == Field::kText         ? "= != :"
                        : HasOrderedConditions(field->type) ? "= != < <= > >="
                                                            : "= !=";
    return RefuseCondition(
        absl::StrCat("compares ", field->name(), " in a way that it cannot be: by one of ", signs));
  }
  const bool equality = term.comparison == Comparison::kEqual || term.comparison == Comparison::kUnequal;
  Condition condition;
  condition.field = field;
  if (term.value.empty() && equality) {
    condition.kind = Condition::kUnset;
  } else {
    condition.kind = ConditionKindOf(term.comparison);
    const std::string fault = ConditionValueFault(*field, term.value, &condition.value);
    if (!fault.empty()) return RefuseCondition(absl::StrCat("must compare ", field->name(), " ", fault));
  }
  return term.comparison == Comparison::kUnequal ? NegatedCondition(std::move(condition))
                                                 : std::move(condition);
}

}  // namespace

absl::StatusOr<Condition> ConditionOf(const Expression& expression, const std::vector<Field>& fields) {
  if (expression.kind == Expression::kTerm) return ConditionOfTerm(expression, fields);
  Condition condition;
  if (expression.kind == Expression::kAll) return condition;
  condition.kind = expression.kind == Expression::kAnd  ? Condition::kAnd
                   : expression.kind == Expression::kOr ? Condition::kOr
                                                        : Condition::kNot;
  for (const Expression& part : expression.parts) {
    ACCORD_ASSIGN_OR_RETURN(Condition checked, ConditionOf(part, fields));
    condition.parts.push_back(std::move(checked));
  }
  return condition;
}

const Condition* NarrowingCondition(const Condition& condition) {
  if (condition.kind == Condition::kEqual && condition.field->narrows) return &condition;
  if (condition.kind != Condition::kAnd) return nullptr;
  for (const Condition& part : condition.parts) {
    if (const Condition* found = NarrowingCondition(part)) return found;
  }
  return nullptr;
}

std::vector<const Condition*> BoundingConditions(const Condition& condition, const Field& field) {
  std::vector<const Condition*> bounds;
  switch (condition.kind) {
    case Condition::kAnd:
      for (const Condition& part : condition.parts) {
        for (const Condition* bound : BoundingConditions(part, field)) bounds.push_back(bound);
      }
      break;
    case Condition::kEqual:
    case Condition::kLess:
    case Condition::kLessOrEqual:
    case Condition::kGreater:
    case Condition::kGreaterOrEqual:
      if (condition.field == &field) bounds.push_back(&condition);
      break;
    default:
      break;
  }
  return bounds;
}

}  // namespace accord::listing
