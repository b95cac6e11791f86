#include "common/storage/backup/postgres_environment.h"

#include <libpq-fe.h>

#include <memory>

namespace accord::storage {

absl::StatusOr<std::map<std::string, std::string>> PostgresEnvironment(const std::string& dsn) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(dsn.c_str(), nullptr), &PQconninfoFree);
  // The library's message about an error quotes the DSN, so it is not passed on.
  if (options == nullptr) return absl::InvalidArgumentError("the DSN of the database cannot be read");
  std::map<std::string, std::string> environment;
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr && option->envvar != nullptr) environment[option->envvar] = option->val;
  }
  return environment;
}

}  // namespace accord::storage
