// This file is about the record of a funding call, for people who want to follow how its order came about: as
// a table and as a page.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_CALL_RECORD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_CALL_RECORD_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/funding_record_service.pb.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/views/printed_cells.h"
#include "clients/accordctl/views/printed_page.h"

namespace accord::ctl {

// This gives the score of an application out of 10000 as an exact fraction; it is empty if the reader may not
// see ranks.
std::string ScoreText(const strategy::v1::RecordedApplication& application);
// This gives what the panel recommends; it is empty if the reader is not told.
std::string RecommendationText(strategy::v1::Recommendation recommendation);
// This gives a row for each application, under headings.
std::vector<Row> CallRecordRows(const strategy::v1::FundingCallRecord& record);
// This gives the whole record of a call: its criteria, the declarations, the order, the points of each
// scorer, and the ties that were broken.
PrintedDocument CallRecordDocument(const strategy::v1::FundingCallRecord& record, const PrintedFor& whom);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_CALL_RECORD_H_
