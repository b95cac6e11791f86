#include "services/supports/orders/order_lookup_service.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/ids.h"
#include "services/supports/orders/order_lookup_store.h"
#include "services/supports/orders/order_tag_store.h"
#include "services/supports/orders/orders.h"
#include "services/supports/place_check.h"

namespace accord::supports {
namespace {

// Every answer has this notice, since police may rely on a result without a match when they stand at a door.
constexpr char kNotice[] =
    "That nothing is found here does not mean that there is no order: ask the court where it matters. / "
    "L'absence de résultat ne signifie pas qu'il n'y a pas d'ordonnance : en cas de doute, adressez-vous au "
    "tribunal.";

// Other systems use these signs to search for parts of a name. They also use three dots.
constexpr std::string_view kWildcards = "*%?_#^$[]{}|\\<>=~";

bool IsWholeLookupText(std::string_view text) {
  return text.size() > 1 && text.find_first_of(kWildcards) == std::string_view::npos &&
         text.find("..") == std::string_view::npos && text.find("\xe2\x80\xa6") == std::string_view::npos;
}

// This requires that an order is looked up by exactly one of two ways: a whole name with a birth date, or a
// file number.
absl::Status CheckLookupExact(const v1::OrderLookup& lookup) {
  const bool by_file = !lookup.court_file_no().empty();
  const bool named = !lookup.respondent_name().empty(), born = !lookup.birth_date().empty();
  const bool exact = by_file ? !named && !born && IsWholeLookupText(Folded(lookup.court_file_no()))
                             : named && born && IsWholeLookupText(Folded(lookup.respondent_name()));
  if (exact) return absl::OkStatus();
  return Refuse(rules::kLookupNotExact,
                "Give a whole name with the birth date, or else the number of the court's file alone.");
}

v1::OrderMatch LookupMatchOf(const v1::RestrainingOrder& order) {
  v1::OrderMatch match;
  match.set_court(order.court());
  match.set_court_file_no(order.court_file_no());
  match.set_made_on(order.made_on());
  match.set_expires_on(order.expires_on());
  *match.mutable_conditions() = order.conditions();
  match.set_served_on(OrderServedOn(order));
  match.set_publication_order(order.publication_order());
  return match;
}

// This gives the look-up without what was asked and found, which is never stored.
v1::OrderLookup LookupWithoutContent(v1::OrderLookup lookup) {
  lookup.clear_respondent_name();
  lookup.clear_birth_date();
  lookup.clear_court_file_no();
  lookup.clear_matches();
  return lookup;
}

storage::Placement OwnerOnlyLookupPlacement(const std::string& name) {
  storage::Placement placement;
  placement.owner = OwnerOf(name);
  placement.parties = {placement.owner};
  return placement;
}

}  // namespace

void OrderLookupService::Register(host::Handlers* handlers) {
  handlers->Bind("accord.supports.v1.OrderLookupService", this, &OrderLookupService::Create);
}

absl::Status OrderLookupService::CheckLookupBudget(const host::Call& call, Tx& tx) const {
  const absl::CivilDay day = OntarioDay(call.now());
  ACCORD_ASSIGN_OR_RETURN(const LookupMisses misses,
                          CountLookupMisses(tx, call.caller().agency, call.caller().actor, day));
  const v1::OrderPolicy& policy = rules_->order_policy();
  if (misses.of_person < policy.daily_misses_of_person() &&
      misses.of_agency < policy.daily_misses_of_agency()) {
    return absl::OkStatus();
  }
  return WithRetryAfter(Refuse(rules::kLookupsExhausted, "Too many look-ups have found nothing today."),
                        EndOfDay(day) - call.now());
}

absl::Status OrderLookupService::NotifyPreparer(const host::Call& call, Tx& tx, const storage::Write& write,
                                                const std::string& order, v1::OrderLookupReason reason,
                                                bool found) {
  v1::OrderLookupNotice notice;
  notice.set_name(absl::StrCat(order, "/orderLookupNotices/", NewId(call.now())));
  notice.set_agency(call.caller().agency);
  notice.set_actor(call.caller().actor);
  notice.set_reason(reason);
  notice.set_found(found);
  return notices_.Insert(tx, &notice, write, OwnerOnlyLookupPlacement(notice.name()));
}

absl::StatusOr<v1::OrderLookup> OrderLookupService::Create(host::Call& call, Tx& tx,
                                                           const storage::Write& write,
                                                           const v1::CreateOrderLookupRequest& request) {
  v1::OrderLookup lookup = request.order_lookup();
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckLookupExact(lookup));
  ACCORD_RETURN_IF_ERROR(CheckLookupBudget(call, tx));
  lookup.set_name(absl::StrCat(request.parent(), "/orderLookups/", NewId(call.now())));
  lookup.set_notice(kNotice);
  const bool by_file = !lookup.court_file_no().empty();
  ACCORD_ASSIGN_OR_RETURN(const Tags tags,
                          by_file ? CourtFileTags(tx, lookup.court_file_no())
                                  : RespondentTags(tx, lookup.respondent_name(), lookup.birth_date()));
  ACCORD_ASSIGN_OR_RETURN(const auto names, OrdersTagged(tx, tags));
  const absl::CivilDay day = OntarioDay(call.now());
  for (const std::string& name : names) {
    v1::RestrainingOrder order;
    const absl::Status read = orders_.GetAny(tx, name, &order);
    // A record that a restore keeps closed is treated as if it did not exist.
    if (absl::IsNotFound(read)) continue;
    ACCORD_RETURN_IF_ERROR(read);
    if (!IsOrderLive(order, FormatDay(day))) continue;
    const bool found = IsOrderEnforceable(order, FormatDay(day));
    ACCORD_RETURN_IF_ERROR(NotifyPreparer(call, tx, write, name, lookup.reason(), found));
    if (!found) continue;
    *lookup.add_matches() = LookupMatchOf(order);
    call.Disclose(name);
    ACCORD_RETURN_IF_ERROR(NoteOrderShownByLookup(tx, name, lookup.name()));
  }
  if (lookup.matches().empty()) {
    ACCORD_RETURN_IF_ERROR(NoteLookupMiss(tx, call.caller().agency, call.caller().actor, day));
  }
  v1::OrderLookup kept = LookupWithoutContent(lookup);
  ACCORD_RETURN_IF_ERROR(lookups_.Insert(tx, &kept, write, OwnerOnlyLookupPlacement(kept.name())));
  lookup.set_etag(kept.etag());
  *lookup.mutable_create_time() = kept.create_time();
  *lookup.mutable_update_time() = kept.update_time();
  return lookup;
}

}  // namespace accord::supports
