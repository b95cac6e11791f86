#include "services/prosecution/cases/information_store.h"

#include "common/base/error.h"

namespace accord::prosecution {
namespace {

absl::Status InformationTaken() {
  return Refuse(rules::kInformationTaken,
                "A case that you see is open for this information of this police service.");
}

}  // namespace

absl::Status TakeInformation(storage::Transaction& tx, const Information& information,
                             const std::string& name,
                             const std::function<absl::Status(const std::string&)>& read) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto taken,
      tx.Query<std::string>("select name from case_information where police_service = :p1 and number = :p2 "
                            "union select name from information where police_service = :p3 and number = :p4",
                            information.police_service, information.number, information.police_service,
                            information.number));
  for (const auto& [other] : taken) {
    const absl::Status known = read(other);
    if (known.ok()) return InformationTaken();
    if (!absl::IsNotFound(known)) return known;
  }
  return tx
      .Exec("insert into case_information (police_service, number, name) values (:p1, :p2, :p3)",
            information.police_service, information.number, name)
      .status();
}

absl::Status ReleaseInformation(storage::Transaction& tx, const Information& information,
                                const std::string& name) {
  for (const char* sql :
       {"delete from information where police_service = :p1 and number = :p2 and name = :p3",
        "delete from case_information where police_service = :p1 and number = :p2 and name = :p3"}) {
    ACCORD_RETURN_IF_ERROR(tx.Exec(sql, information.police_service, information.number, name).status());
  }
  return absl::OkStatus();
}

}  // namespace accord::prosecution
