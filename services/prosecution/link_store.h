// The store knows which links belong to a case, and which of them each seat lists.
#ifndef ACCORD_SERVICES_PROSECUTION_LINK_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_LINK_STORE_H_

#include <string>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::prosecution {

struct LinkRow {
  std::string case_name, name;
  std::vector<std::string> seats;
};

// This replaces the stored row of a link.
absl::Status PutLink(storage::Transaction& tx, const LinkRow& row);
// This gives the names of a case's links.
absl::StatusOr<std::vector<std::string>> LinksOf(storage::Transaction& tx, const std::string& case_name);

struct LinkQuery {
  std::vector<std::string> seats;
  // The page begins after this name, in the order of names. An empty name stands for the first page.
  std::string after = "";
  int limit = 50;
};
// This gives the statement that answers the query; its parameters are added to `params`.
std::string LinkSql(const LinkQuery& query, std::vector<storage::Value>* params);
absl::StatusOr<std::vector<std::string>> ReadLinks(storage::Transaction& tx, const LinkQuery& query);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LINK_STORE_H_
