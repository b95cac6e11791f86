#include "services/protocols/referrals/referral_queries.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/record_names.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/storage/records/counts.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

using absl::StatusCode;

// A count over a period reads each of its referrals, so the period is at most a year.
constexpr int kMostDays = 366;

// A row counts one dimension, by its labels.
using Row = std::map<std::string, int64_t>;

// This gives a row with every label, so that a table has the same rows whatever it counts.
Row BlankCountRow(const std::string& dimension, const google::protobuf::EnumDescriptor* labels) {
  Row row;
  for (int i = 1; i < labels->value_count(); ++i) {
    row[absl::StrCat(dimension, "/", ShortName(labels, labels->value(i)->number()))] = 0;
  }
  return row;
}

void AddCountRow(const Row& row, std::optional<int> threshold, v1::CountReferralsResponse* response) {
  std::vector<int64_t> cells;
  for (const auto& [label, count] : row) cells.push_back(count);
  const auto shown = threshold ? Suppress(cells, *threshold)
                               : std::vector<std::optional<int64_t>>(cells.begin(), cells.end());
  std::size_t i = 0;
  for (const auto& [label, count] : row) {
    v1::Count cell;
    cell.set_label(label);
    if (shown[i]) cell.set_count(*shown[i]);
    cell.set_suppressed(!shown[i]);
    ++i;
    if (label == "kind/consultation") *response->mutable_at_risk_consultations() = cell;
    if (label == "outcome/trafficking_confirmed") *response->mutable_trafficking_confirmed() = cell;
    *response->add_counts() = std::move(cell);
  }
}

}  // namespace

std::string FilterViewer(const Caller& caller) { return absl::StrCat(caller.agency, "#", caller.actor); }

bool NamesKeptFilter(const std::string& filter) {
  return HasPattern(
      filter, v1::ReferralFilter::descriptor()->options().GetExtension(annotations::v1::resource).pattern());
}

void ReferralQueries::Register(host::Handlers* handlers) {
  using S = ReferralQueries;
  handlers->Bind("accord.protocols.v1.ReferralService", this, &S::Count, &S::CreateFilter, &S::ListFilters,
                 &S::DeleteFilter);
}

absl::StatusOr<v1::CountReferralsResponse> ReferralQueries::Count(host::Call& call, Tx& tx,
                                                                  const v1::CountReferralsRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  const bool of_a_time = !request.from().empty() || !request.to().empty();
  OfficeCounts counted;
  if (of_a_time) {
    // Two periods that differ by one step of a person would tell the office of that person.
    if (office)
      return RefuseFields({{"from", "is for an agency, which counts its own; leave it and to out"}});
    ACCORD_ASSIGN_OR_RETURN(counted.tallies, CountWithinPeriod(tx, call.caller().agency, request));
  } else if (office) {
    ACCORD_ASSIGN_OR_RETURN(counted, ReadOfficeCounts(tx));
  } else {
    ACCORD_ASSIGN_OR_RETURN(counted.tallies, referrals_.CountBy(tx, call.caller().agency, "tally"));
  }
  Row kinds = BlankCountRow("kind", v1::ReferralKind_descriptor());
  Row states = BlankCountRow("state", v1::ReferralState_descriptor());
  Row outcomes = BlankCountRow("outcome", v1::InvestigationOutcome_descriptor());
  for (const auto& [tally, count] : counted.tallies) {
    const std::vector<std::string> parts = absl::StrSplit(tally, '/');
    kinds["kind/" + parts[0]] += count;
    states["state/" + parts[1]] += count;
    if (const auto outcome = outcomes.find("outcome/" + parts[2]); outcome != outcomes.end()) {
      outcome->second += count;
    }
  }
  // An agency lists its own referrals one by one; what is published of everybody's is suppressed.
  const auto threshold = office ? std::optional(rules_->small_cell()) : std::nullopt;
  v1::CountReferralsResponse response;
  if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
  for (const Row* row : {&kinds, &states, &outcomes}) AddCountRow(*row, threshold, &response);
  return response;
}

absl::StatusOr<Tallies> ReferralQueries::CountWithinPeriod(Tx& tx, const std::string& agency,
                                                           const v1::CountReferralsRequest& request) {
  const auto from = ParseDay(request.from()), to = ParseDay(request.to());
  if (!from || !to)
    return RefuseFields({{from ? "to" : "from", "is required: a time has a first and a last day"}});
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("from", request.from(), "to", request.to()));
  if (*to - *from >= kMostDays) {
    return RefuseFields({{"to", absl::StrCat("must come less than ", kMostDays, " days after from")}});
  }
  const auto* created = listing::FindField(listing::FieldsOf(*v1::Referral::descriptor()), "create_time");
  if (created == nullptr) return absl::InternalError("lists do not know when a referral was sent");
  return storage::CountsWithin(tx, "referral", agency, "tally",
                               {*created, EndOfDay(*from - 1), EndOfDay(*to)});
}

absl::StatusOr<Tallies> ReferralQueries::CountAll(Tx& tx) { return referrals_.CountBy(tx, kOffice, "tally"); }

absl::StatusOr<v1::ReferralFilter> ReferralQueries::CreateFilter(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::CreateReferralFilterRequest& request) {
  v1::ReferralFilter filter = request.referral_filter();
  filter.set_name(absl::StrCat(request.parent(), "/referralFilters/", NewId(call.now())));
  storage::Placement placement;
  placement.owner = call.caller().agency;
  placement.parties = {FilterViewer(call.caller())};
  ACCORD_RETURN_IF_ERROR(filters_.Insert(tx, &filter, write, placement));
  return filter;
}

absl::StatusOr<v1::ListReferralFiltersResponse> ReferralQueries::ListFilters(
    host::Call& call, Tx& tx, const v1::ListReferralFiltersRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(
      auto page, filters_.List<v1::ReferralFilter>(
                     tx, {FilterViewer(call.caller()), {}, request.page_size(), request.page_token(), ""}));
  v1::ListReferralFiltersResponse response;
  for (auto& filter : page.items) *response.add_referral_filters() = std::move(filter);
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::ReferralFilter> ReferralQueries::DeleteFilter(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::DeleteReferralFilterRequest& request) {
  v1::ReferralFilter filter;
  ACCORD_RETURN_IF_ERROR(filters_.Get(tx, request.name(), FilterViewer(call.caller()), &filter));
  ACCORD_RETURN_IF_ERROR(filters_.Remove(tx, &filter, request.etag(), write));
  return filter;
}

}  // namespace accord::protocols
