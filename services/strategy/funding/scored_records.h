// These are the records around the scoring of applications: the calls, their applications, what was scored,
// and what scorers declared.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_SCORED_RECORDS_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_SCORED_RECORDS_H_

#include "common/storage/records/page_tokens.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

struct ScoredRecords {
  explicit ScoredRecords(const storage::PageTokens* tokens)
      : calls("funding_call", tokens),
        applications("funding_application", tokens),
        assessments("funding_assessment", tokens),
        declarations("conflict_declaration", tokens) {}

  storage::Resources calls, applications, assessments, declarations;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_SCORED_RECORDS_H_
