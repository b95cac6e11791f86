#include "clients/accordctl/core/filter_times.h"

#include <string>
#include <vector>

#include "clients/accordctl/core/instant.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/resource_types.h"
#include "common/base/error.h"
#include "common/listing/expression.h"
#include "common/listing/fields.h"

namespace accord::ctl {
namespace {

absl::Status WriteTimesInUtc(const std::vector<listing::Field>& fields, listing::Expression* filter,
                             bool* changed) {
  for (listing::Expression& part : filter->parts)
    ACCORD_RETURN_IF_ERROR(WriteTimesInUtc(fields, &part, changed));
  if (filter->kind != listing::Expression::kTerm) return absl::OkStatus();
  const listing::Field* field = listing::FindField(fields, filter->field);
  if (field == nullptr || field->type != listing::Field::kTime) return absl::OkStatus();
  const std::string option = "--filter " + filter->field;
  ACCORD_ASSIGN_OR_RETURN(std::string instant, InstantOf(filter->value, option.c_str()));
  *changed = *changed || instant != filter->value;
  filter->value = std::move(instant);
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteFilterTimes(const Command& list, Json* request) {
  const FieldDescriptor* rows = ListedField(list.response());
  const std::string given = JsonTextAt(*request, "filter");
  if (given.empty() || rows == nullptr || rows->message_type() == nullptr) return absl::OkStatus();
  auto filter = listing::ParseExpression(given);
  if (!filter.ok()) return absl::OkStatus();
  bool changed = false;
  ACCORD_RETURN_IF_ERROR(WriteTimesInUtc(listing::FieldsOf(*rows->message_type()), &*filter, &changed));
  if (changed) (*request)["filter"] = listing::Written(*filter);
  return absl::OkStatus();
}

}  // namespace accord::ctl
