// This is the record of a call, for those who want to follow how it came to its order: as a table and as
// a page.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_CALL_RECORD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_CALL_RECORD_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/funding_record_service.pb.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/views/printed_page.h"

namespace accord::ctl {

// The score of an application out of 10000, as the fraction that it is; empty if the reader has no rank.
std::string ScoreText(const strategy::v1::RecordedApplication& application);
// Says whether the panel recommends anything; empty if the reader is not told.
std::string RecommendationText(strategy::v1::Recommendation recommendation);
// A row for each application, under headings.
std::vector<Row> CallRecordRows(const strategy::v1::FundingCallRecord& record);
// Gives the whole record of a call: what it goes by, its declarations, the order, the points of each scorer,
// and ties that were broken.
PrintedDocument CallRecordDocument(const strategy::v1::FundingCallRecord& record, const PrintedFor& whom);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_CALL_RECORD_H_
