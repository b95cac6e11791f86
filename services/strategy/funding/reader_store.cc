#include "services/strategy/funding/reader_store.h"

#include <utility>

#include "common/base/error.h"

namespace accord::strategy {

absl::Status AddReader(storage::Transaction& tx, const std::string& application, const Reader& reader) {
  return tx
      .Exec(
          "insert into funding_reader (application, agency, person) values (:p1, :p2, :p3) "
          "on conflict do nothing",
          application, reader.agency, reader.person)
      .status();
}

absl::Status RemoveReader(storage::Transaction& tx, const std::string& application, const Reader& reader) {
  return tx
      .Exec("delete from funding_reader where application = :p1 and agency = :p2 and person = :p3",
            application, reader.agency, reader.person)
      .status();
}

absl::StatusOr<std::vector<Reader>> ReadersOf(storage::Transaction& tx, const std::string& application) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.Query<std::string, std::string>("select agency, person from funding_reader "
                                                     "where application = :p1 order by agency, person",
                                                     application)));
  std::vector<Reader> readers;
  readers.reserve(rows.size());
  for (auto& [agency, person] : rows) readers.push_back({std::move(agency), std::move(person)});
  return readers;
}

absl::StatusOr<std::set<std::string>> ApplicationsReadBy(storage::Transaction& tx, const Reader& reader) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select application from funding_reader where agency = :p1 and person = :p2",
                            reader.agency, reader.person));
  std::set<std::string> applications;
  for (auto& [application] : rows) applications.insert(std::move(application));
  return applications;
}

absl::StatusOr<std::vector<std::pair<std::string, Reader>>> ApplicationsReadByAgency(
    storage::Transaction& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<std::string, std::string>(
          "select application, person from funding_reader where agency = :p1 order by application, person",
          agency)));
  std::vector<std::pair<std::string, Reader>> reads;
  reads.reserve(rows.size());
  for (auto& [application, person] : rows) {
    reads.emplace_back(std::move(application), Reader{agency, std::move(person)});
  }
  return reads;
}

absl::StatusOr<bool> IsReader(storage::Transaction& tx, const std::string& application,
                              const Reader& reader) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select person from funding_reader where application = :p1 "
                                                "and agency = :p2 and person = :p3",
                                                application, reader.agency, reader.person));
  return !rows.empty();
}

}  // namespace accord::strategy
