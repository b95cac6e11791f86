#include "services/supports/consents/live_consent_store.h"

#include "common/base/error.h"

namespace accord::supports {

absl::Status PutLiveConsent(storage::Transaction& tx, const LiveConsent& consent) {
  return tx
      .Exec(
          "insert into live_consent (name, case_name, purpose, program, expires_on) "
          "values (:p1, :p2, :p3, :p4, :p5)",
          consent.name, consent.case_name, consent.purpose, consent.program, consent.expires_on)
      .status();
}

absl::Status DropLiveConsent(storage::Transaction& tx, const std::string& name) {
  return tx.Exec("delete from live_consent where name = :p1", name).status();
}

absl::StatusOr<bool> HasLiveConsent(storage::Transaction& tx, const std::string& case_name,
                                    const std::string& purpose, const std::string& day) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select name from live_consent where case_name = :p1 and "
                                                "purpose = :p2 and expires_on >= :p3 limit 1",
                                                case_name, purpose, day));
  return !rows.empty();
}

}  // namespace accord::supports
