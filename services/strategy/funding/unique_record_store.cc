#include "services/strategy/funding/unique_record_store.h"

#include <cstdint>
#include <tuple>

#include "common/base/error.h"

namespace accord::strategy {
namespace {

const char* UniqueRecordWord(UniqueRecord once) {
  switch (once) {
    case UniqueRecord::kAssessment:
      return "assessment";
    case UniqueRecord::kDeclaration:
      return "declaration";
    case UniqueRecord::kDecision:
      return "decision";
    case UniqueRecord::kAgreement:
      return "agreement";
  }
  return "";
}

absl::Status RefuseSecondUniqueRecord() {
  return Refuse(rules::kAlreadyRecorded, "This is there once for the application, and it is there.");
}

}  // namespace

absl::Status KeepUniqueRecord(storage::Transaction& tx, UniqueRecord once, const std::string& application,
                              const Reader& person, const std::string& record) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t kept,
      tx.Exec("insert into funding_once (application, what, agency, person, record) "
              "values (:p1, :p2, :p3, :p4, :p5) on conflict do nothing",
              application, std::string(UniqueRecordWord(once)), person.agency, person.person, record));
  return kept == 1 ? absl::OkStatus() : RefuseSecondUniqueRecord();
}

absl::Status ReplaceUniqueRecord(storage::Transaction& tx, UniqueRecord once, const std::string& application,
                                 const std::string& before, const std::string& record) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t replaced,
                          tx.Exec("update funding_once set record = :p1 where application = :p2 and "
                                  "what = :p3 and record = :p4",
                                  record, application, std::string(UniqueRecordWord(once)), before));
  return replaced == 1 ? absl::OkStatus() : RefuseSecondUniqueRecord();
}

absl::StatusOr<std::string> UniqueRecordOf(storage::Transaction& tx, UniqueRecord once,
                                           const std::string& application, const Reader& person) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select record from funding_once where application = :p1 and "
                            "what = :p2 and agency = :p3 and person = :p4",
                            application, std::string(UniqueRecordWord(once)), person.agency, person.person));
  return rows.empty() ? std::string() : std::get<0>(rows.front());
}

}  // namespace accord::strategy
