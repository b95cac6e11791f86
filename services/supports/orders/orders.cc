#include "services/supports/orders/orders.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/supports/days.h"

namespace accord::supports {
namespace {

constexpr std::size_t kLongestAlias = 200;

// This gives the number of whole days for which a live order has waited to be served.
int OrderUnservedDays(const v1::RestrainingOrder& order, const std::string& day) {
  const auto made = ParseDay(order.made_on()), today = ParseDay(day);
  if (!made || !today || !IsOrderLive(order, day) || !OrderServedOn(order).empty()) return 0;
  return static_cast<int>(std::max<absl::civil_diff_t>(0, *today - *made));
}

}  // namespace

bool IsOrderLive(const v1::RestrainingOrder& order, const std::string& day) {
  return order.state() == v1::RESTRAINING_ORDER_STATE_GRANTED && day <= order.expires_on();
}

std::string OrderServedOn(const v1::RestrainingOrder& order) {
  std::string last;
  for (const v1::OrderServing& serving : order.servings()) {
    if (!serving.struck_reason().empty()) continue;
    if (serving.document() == v1::SERVED_DOCUMENT_ORDER) last = std::max(last, serving.served_on());
  }
  return last;
}

bool IsOrderEnforceable(const v1::RestrainingOrder& order, const std::string& day) {
  return IsOrderLive(order, day) && !OrderServedOn(order).empty();
}

bool IsServingOrder(const Caller& caller, const v1::RestrainingOrder& order, const std::string& day) {
  return caller.kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE &&
         caller.agency == order.serving_agency() && IsOrderLive(order, day) && OrderServedOn(order).empty();
}

v1::RestrainingOrder OrderAsOf(v1::RestrainingOrder order, const std::string& day) {
  order.set_enforceable(IsOrderEnforceable(order, day));
  order.set_unserved_days(OrderUnservedDays(order, day));
  order.clear_lookup_gaps();
  if (IsOrderLive(order, day)) {
    if (OrderServedOn(order).empty()) order.add_lookup_gaps(v1::LOOKUP_GAP_NOT_SERVED);
    if (order.respondent().birth_date().empty()) order.add_lookup_gaps(v1::LOOKUP_GAP_NO_BIRTH_DATE);
  } else if (order.state() == v1::RESTRAINING_ORDER_STATE_GRANTED) {
    order.set_state(v1::RESTRAINING_ORDER_STATE_EXPIRED);
  }
  return order;
}

v1::RestrainingOrder OrderAsServingTask(v1::RestrainingOrder order) {
  order.clear_support_case();
  order.clear_consent();
  order.clear_corrections();
  return order;
}

storage::Placement OrderPlacement(const v1::RestrainingOrder& order) {
  storage::Placement placement;
  placement.owner = OwnerOf(order.name());
  placement.state = ShortName(v1::RestrainingOrderState_descriptor(), order.state());
  // The handlers check who works in the case, and whether the order's last day has passed.
  placement.parties = {placement.owner};
  const bool granted = order.state() == v1::RESTRAINING_ORDER_STATE_GRANTED;
  if (granted && !order.serving_agency().empty() && OrderServedOn(order).empty()) {
    placement.parties.push_back(order.serving_agency());
  }
  // Only the agency that prepared the order may find it by its case.
  placement.fields[absl::StrCat("case@", placement.owner)] = order.support_case();
  return placement;
}

absl::Status CheckOrderRespondent(const std::string& field, const v1::Respondent& respondent,
                                  absl::Time now) {
  for (int i = 0; i < respondent.aliases_size(); ++i) {
    if (respondent.aliases(i).size() <= kLongestAlias) continue;
    return RefuseFields({{absl::StrCat(field, ".aliases[", i, "]"),
                          absl::StrCat("is longer than ", kLongestAlias, " bytes")}});
  }
  return CheckPersonalDayHasCome(field + ".birth_date", respondent.birth_date(), OntarioDay(now));
}

absl::Status CheckOrderConditions(const google::protobuf::RepeatedPtrField<v1::OrderCondition>& conditions) {
  for (int i = 0; i < conditions.size(); ++i) {
    if (conditions[i].kind() != v1::ORDER_CONDITION_KIND_OTHER || !conditions[i].text().empty()) continue;
    return RefuseFields({{absl::StrCat("conditions[", i, "].text"), "is required for another condition"}});
  }
  return absl::OkStatus();
}

}  // namespace accord::supports
