#include "clients/accordctl/views/boards/agreements.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"

namespace accord::ctl {
namespace {

using protocols::v1::Protocol;
using ProtocolsByName = std::map<std::string, const Protocol*>;

// A protocol is in force or under review when the service makes referrals under it.
bool IsAgreementOperative(const Protocol& protocol) {
  return protocol.state() == protocols::v1::PROTOCOL_STATE_IN_FORCE ||
         protocol.state() == protocols::v1::PROTOCOL_STATE_UNDER_REVIEW;
}

// It is true for a protocol that was once in force; under a draft or a withdrawn one nothing was
// ever exchanged.
bool WasAgreementInForce(const Protocol& protocol) {
  return IsAgreementOperative(protocol) || protocol.state() == protocols::v1::PROTOCOL_STATE_SUPERSEDED ||
         protocol.state() == protocols::v1::PROTOCOL_STATE_TERMINATED ||
         protocol.state() == protocols::v1::PROTOCOL_STATE_EXPIRED;
}

// This gives the earlier of two days, of which an empty one is never.
std::string EarlierAgreedDay(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  return std::min(a, b);
}

// This gives the last day of a protocol and of those that it adds to, as far as these are seen.
std::string LastDayOfAgreement(const Protocol& protocol, const ProtocolsByName& all) {
  std::string last;
  std::set<std::string> seen;
  const Protocol* at = &protocol;
  while (at != nullptr && seen.insert(at->name()).second) {
    last = EarlierAgreedDay(last, EarlierAgreedDay(at->effective_to(), at->terminates_on()));
    const auto parent = all.find(at->parent_protocol());
    at = parent == all.end() ? nullptr : parent->second;
  }
  return last;
}

// This decides as protocols::StandsOn does before a referral is made.
bool AgreementStandsOn(const Protocol& protocol, const ProtocolsByName& all, const std::string& day) {
  std::set<std::string> seen;
  const Protocol* at = &protocol;
  while (seen.insert(at->name()).second) {
    const std::string last = EarlierAgreedDay(at->effective_to(), at->terminates_on());
    // Days as text sort as days.
    if (!IsAgreementOperative(*at) || (!last.empty() && last < day)) return false;
    if (at->parent_protocol().empty()) return true;
    const auto parent = all.find(at->parent_protocol());
    if (parent == all.end()) return false;
    at = parent->second;
  }
  return false;
}

bool IsSocietyInAgreement(const protocols::v1::ProtocolParty& party) {
  return party.capacity() == protocols::v1::PARTY_CAPACITY_CAS ||
         party.capacity() == protocols::v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY;
}

void AddAgreedPairs(const Protocol& protocol, const Agreement& form, std::vector<Agreement>* agreements) {
  for (int i = 0; i < protocol.parties_size(); ++i) {
    for (int j = i + 1; j < protocol.parties_size(); ++j) {
      const auto *first = &protocol.parties(i), *second = &protocol.parties(j);
      if (first->part() != protocols::v1::PARTY_PART_SIGNATORY ||
          second->part() != protocols::v1::PARTY_PART_SIGNATORY) {
        continue;
      }
      const auto order = [](const protocols::v1::ProtocolParty& party) {
        return std::make_pair(!IsSocietyInAgreement(party), party.agency());
      };
      if (order(*second) < order(*first)) std::swap(first, second);
      Agreement agreement = form;
      agreement.first = first->agency();
      agreement.second = second->agency();
      agreement.exchange = !IsSocietyInAgreement(*first)   ? Exchange::kNoReports
                           : IsSocietyInAgreement(*second) ? Exchange::kReportsBothWays
                                                           : Exchange::kReportsToFirst;
      agreements->push_back(std::move(agreement));
    }
  }
}

}  // namespace

std::vector<Agreement> AgreementsOn(const std::vector<Protocol>& protocols, const std::string& day) {
  ProtocolsByName all;
  for (const Protocol& protocol : protocols) all[protocol.name()] = &protocol;
  std::vector<Agreement> agreements;
  for (const Protocol& protocol : protocols) {
    if (!WasAgreementInForce(protocol)) continue;
    Agreement form;
    form.protocol = protocol.name();
    form.title = protocol.title();
    form.from = protocol.effective_from();
    form.until = LastDayOfAgreement(protocol, all);
    form.review = protocol.next_review_due();
    form.stands = AgreementStandsOn(protocol, all, day);
    AddAgreedPairs(protocol, form, &agreements);
  }
  std::set<std::pair<std::string, std::string>> standing;
  for (const Agreement& each : agreements) {
    if (each.stands) standing.emplace(each.first, each.second);
  }
  agreements.erase(std::remove_if(agreements.begin(), agreements.end(),
                                  [&](const Agreement& each) {
                                    return !each.stands && standing.contains({each.first, each.second});
                                  }),
                   agreements.end());
  std::sort(agreements.begin(), agreements.end(), [](const Agreement& a, const Agreement& b) {
    return std::tie(a.first, a.second, a.protocol) < std::tie(b.first, b.second, b.protocol);
  });
  return agreements;
}

std::string ExchangeText(const AgreementsView& view, const Agreement& agreement) {
  if (!agreement.stands) return Text("nothing new: the agreement has ended");
  switch (agreement.exchange) {
    case Exchange::kReportsToFirst:
      return Text(
          "either way consultations, joint investigations, missing youth and services; to {{society}} also "
          "reports of a child in need of protection",
          {{"society", AgencyNameOf(view.agencies, agreement.first)}});
    case Exchange::kReportsBothWays:
      return Text(
          "either way reports of a child in need of protection, consultations, joint investigations, missing "
          "youth and services");
    case Exchange::kNoReports:
      break;
  }
  return Text("either way consultations, joint investigations, missing youth and services");
}

std::string UntilText(const Agreement& agreement) {
  if (!agreement.until.empty()) return DayText(agreement.until);
  if (!agreement.stands) return Text("ended");
  if (agreement.review.empty()) return Text("no end agreed");
  return Text("no end agreed; reviewed on {{day}}", {{"day", DayText(agreement.review)}});
}

std::string AgreementsTable(const AgreementsView& view) {
  std::vector<Row> rows = {TableHeadings({"AGENCY", "AND", "MAY EXCHANGE", "UNDER", "SINCE", "UNTIL"})};
  for (const Agreement& each : view.agreements) {
    rows.push_back(Row{each.first, each.second, ExchangeText(view, each), each.protocol, DayText(each.from),
                       UntilText(each)});
  }
  return Table(rows);
}

Json AgreementsJson(const AgreementsView& view) {
  Json agreements = Json::array();
  for (const Agreement& each : view.agreements) {
    Json reports = Json::array();
    if (each.stands && each.exchange != Exchange::kNoReports) reports.push_back(each.first);
    if (each.stands && each.exchange == Exchange::kReportsBothWays) reports.push_back(each.second);
    Json pair = Json::array();
    pair.push_back(each.first);
    pair.push_back(each.second);
    Json agreement = {{"agencies", pair},
                      {"stands", each.stands},
                      {"reports_to", reports},
                      {"protocol", each.protocol},
                      {"title", each.title},
                      {"from", each.from},
                      {"until", each.until.empty() ? Json(nullptr) : Json(each.until)},
                      {"review", each.review.empty() ? Json(nullptr) : Json(each.review)}};
    agreements.push_back(std::move(agreement));
  }
  Json document = Json::object();
  document["agreements"] = std::move(agreements);
  return document;
}

}  // namespace accord::ctl
