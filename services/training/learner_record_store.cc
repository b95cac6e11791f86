#include "services/training/learner_record_store.h"

#include "absl/strings/str_cat.h"

namespace accord::training {

std::string LearnerRecordsSql(const LearnerRecords& of, bool postgres, const storage::Bind& bind,
                              const std::string& after, int limit) {
  // The character 0 follows directly after the slash in the order of characters, here and below.
  const auto range = [&](const std::string& whose) {
    std::string sql = absl::StrCat("select v.name as name from visible v where v.kind = ", bind(of.kind));
    absl::StrAppend(&sql, " and ", whose, " and v.field = ", bind(of.field));
    absl::StrAppend(&sql, " and v.value = ", bind(of.value));
    if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
    if (!of.prefix.empty()) {
      absl::StrAppend(&sql, " and v.name > ", bind(of.prefix));
      absl::StrAppend(&sql, " and v.name < ", bind(of.prefix.substr(0, of.prefix.size() - 1) + "0"));
    }
    absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
    return sql;
  };
  // The expression is word for word that of the index visible_by_employer, because the index is not
  // used otherwise.
  const char* employer = postgres ? "split_part(substr(v.agency, 10), '/', 1)"
                                  : "substr(v.agency, 10, instr(substr(v.agency, 10), '/') - 1)";
  if (!of.employer.empty()) {
    return range(absl::StrCat("v.agency like '#learner/%' and ", employer, " = ", bind(of.employer)));
  }
  std::string owned = absl::StrCat("v.agency = ", bind(of.owner));
  absl::StrAppend(&owned, " and v.name > ", bind(absl::StrCat("agencies/", of.owner, "/")));
  absl::StrAppend(&owned, " and v.name < ", bind(absl::StrCat("agencies/", of.owner, "0")));
  const std::string own = absl::StrCat("v.agency = ", bind(of.learner));
  return absl::StrCat("select * from (", range(owned), ") taught union select * from (", range(own),
                      ") learnt");
}

}  // namespace accord::training
