#include "services/strategy/money/envelope_service.h"

#include <cstdint>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/fiscal_year.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/money/balance_store.h"
#include "services/strategy/money/fiscal_years.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

// An envelope has at most this many ceilings, one for each fiscal year.
constexpr int kMaxYears = 16;

}  // namespace

void EnvelopeService::Register(host::Handlers* handlers) {
  using S = EnvelopeService;
  handlers->Bind("accord.strategy.v1.MoneyService", this, &S::Create, &S::Get, &S::List, &S::SetYears,
                 &S::Position);
}

EnvelopeService::Result EnvelopeService::Create(host::Call& /*call*/, Tx& tx, const storage::Write& write,
                                                const v1::CreateEnvelopeRequest& request) {
  v1::Envelope envelope = request.envelope();
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "envelope.total_cents", envelope.total_cents()));
  if (envelope.has_years_count() && (envelope.years_count() < 1 || envelope.years_count() > kMaxYears)) {
    return RefuseFields({{"envelope.years_count", "must be 1 to 16, and is left out if it is not known"}});
  }
  envelope.set_name(absl::StrCat(request.parent(), "/envelopes/", envelope.envelope_id()));
  ACCORD_RETURN_IF_ERROR(envelopes_.Insert(tx, &envelope, write, PublicPlacement(envelope.name(), "")));
  ACCORD_RETURN_IF_ERROR(MakeBalance(tx, envelope.name(), envelope.total_cents()));
  return envelope;
}

EnvelopeService::Result EnvelopeService::Get(host::Call& call, Tx& tx,
                                             const v1::GetEnvelopeRequest& request) {
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes_.Get(tx, request.name(), call.caller().agency, &envelope));
  return envelope;
}

absl::StatusOr<v1::ListEnvelopesResponse> EnvelopeService::List(host::Call& call, Tx& tx,
                                                                const v1::ListEnvelopesRequest& request) {
  return envelopes_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                             &v1::ListEnvelopesResponse::mutable_envelopes);
}

EnvelopeService::Result EnvelopeService::SetYears(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::SetEnvelopeCeilingsRequest& request) {
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes_.Get(tx, request.name(), call.caller().agency, &envelope));
  ACCORD_RETURN_IF_ERROR(
      CheckFiscalYearOfStrategy(*rules_, "first_fiscal_year", request.first_fiscal_year()));
  const int first = FirstYearOf(request.first_fiscal_year()).value_or(0);
  std::map<std::string, int64_t> ceilings;
  int64_t sum = 0;
  for (const v1::YearCeiling& ceiling : request.ceilings()) {
    ACCORD_RETURN_IF_ERROR(CheckFiscalYear("ceilings.fiscal_year", ceiling.fiscal_year()));
    ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "ceilings.amount_cents", ceiling.amount_cents()));
    const int year = FirstYearOf(ceiling.fiscal_year()).value_or(0);
    if (year < first || (envelope.has_years_count() && year >= first + envelope.years_count())) {
      return Refuse(rules::kFiscalYearOutside, "A ceiling is of one of the envelope's own years.");
    }
    if (!ceilings.emplace(ceiling.fiscal_year(), ceiling.amount_cents()).second) {
      return RefuseFields({{"ceilings", "must name each year once"}});
    }
    // The sum has at most sixteen amounts, so it stays far below the range of 64 bits.
    sum += ceiling.amount_cents();
  }
  if (sum > envelope.total_cents()) {
    return Refuse(rules::kCeilingsExceedTotal, "The years together are at most the total.");
  }
  ACCORD_RETURN_IF_ERROR(SetBalanceCeilings(tx, envelope.name(), ceilings));
  envelope.set_first_fiscal_year(request.first_fiscal_year());
  *envelope.mutable_ceilings() = request.ceilings();
  envelope.set_years_source_ref(request.source_ref());
  ACCORD_RETURN_IF_ERROR(
      envelopes_.Update(tx, &envelope, request.etag(), write, PublicPlacement(envelope.name(), "")));
  return envelope;
}

absl::StatusOr<v1::EnvelopePosition> EnvelopeService::Position(
    host::Call& call, Tx& tx, const v1::GetEnvelopePositionRequest& request) {
  v1::EnvelopePosition position;
  v1::Envelope* envelope = position.mutable_envelope();
  ACCORD_RETURN_IF_ERROR(envelopes_.Get(tx, request.name(), call.caller().agency, envelope));
  if (call.caller().kind == annotations::v1::AGENCY_KIND_MINISTRY &&
      envelope->ministry() != call.caller().agency) {
    return Refuse(rules::kNotTheOwner, "The ministry whose money it is reads what is committed.");
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Balance> balances, BalancesOf(tx, envelope->name()));
  for (const Balance& balance : balances) {
    if (balance.fiscal_year.empty()) {
      position.set_committed_cents(balance.committed);
      position.set_free_cents(envelope->total_cents() - balance.committed);
      continue;
    }
    // A year without a ceiling of which nothing is committed is left out.
    if (!balance.ceiling && balance.committed == 0) continue;
    v1::YearPosition* year = position.add_years();
    year->set_fiscal_year(balance.fiscal_year);
    if (balance.ceiling) year->set_ceiling_cents(*balance.ceiling);
    year->set_committed_cents(balance.committed);
  }
  return position;
}

}  // namespace accord::strategy
