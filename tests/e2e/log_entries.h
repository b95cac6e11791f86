// These are the entries that the log shows an agency.
#ifndef ACCORD_TESTS_E2E_LOG_ENTRIES_H_
#define ACCORD_TESTS_E2E_LOG_ENTRIES_H_

#include <vector>

#include "accord/audit/v1/audit_service.pb.h"
#include "tests/e2e/case.h"

namespace accord::e2e {

// This gives all entries that the agency's privacy officer is shown, or only those that are disclosures.
inline std::vector<audit::v1::AuditRecord> EntriesShown(const AgencyClient& agency, bool disclosures_only) {
  std::vector<audit::v1::AuditRecord> records;
  audit::v1::ListEntriesRequest list;
  list.set_page_size(1000);
  list.set_disclosures_only(disclosures_only);
  do {
    const auto page = agency.Call<audit::v1::ListEntriesResponse>(kAudit + "ListEntries", "privacy",
                                                                  "privacy_review", list);
    EXPECT_OK(page);
    if (!page.ok()) break;
    for (const auto& entry : page->entries()) records.push_back(entry.record());
    list.set_page_token(page->next_page_token());
  } while (!list.page_token().empty());
  return records;
}

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_LOG_ENTRIES_H_
