#include "clients/connector/positions.h"

#include <tuple>
#include <utility>

#include "clients/connector/delivery_schema.h"
#include "common/base/error.h"

namespace accord::connector {
namespace {

std::string PositionContext(const std::string& watch) { return "connector position " + watch; }

std::vector<storage::Migration> PositionSchema() {
  return {{1, "positions", R"sql(
create table watch_position (watch {text} not null primary key, token text not null, number bigint not null)
)sql"},
          DeliverySchema(2)};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Positions>> Positions::Open(const std::string& file,
                                                           std::shared_ptr<const storage::Keyring> keyring) {
  storage::Options options;
  options.dsn = file;
  options.keyring = keyring;
  ACCORD_ASSIGN_OR_RETURN(auto database, storage::Database::Open(options));
  ACCORD_RETURN_IF_ERROR(database->Migrate(PositionSchema()));
  return std::unique_ptr<Positions>(new Positions(std::move(database), std::move(keyring)));
}

absl::StatusOr<Position> Positions::Read(const std::string& watch) {
  return database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<Position> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.Query<std::string, int64_t>(
                                "select token, number from watch_position where watch = :p1", watch)));
    if (rows.empty()) return Position();
    const auto& [sealed, number] = rows.front();
    ACCORD_ASSIGN_OR_RETURN(std::string token, keyring_->Open(PositionContext(watch), sealed));
    return Position{std::move(token), number};
  });
}

absl::Status Positions::Save(const std::string& watch, const Position& position,
                             const std::function<absl::Status(storage::Transaction&)>& also) {
  const std::string sealed = keyring_->Seal(PositionContext(watch), position.token);
  return database_->Transact([&](storage::Transaction& tx) -> absl::Status {
    if (also) ACCORD_RETURN_IF_ERROR(also(tx));
    return tx
        .Exec(
            "insert into watch_position (watch, token, number) values (:p1, :p2, :p3) "
            "on conflict (watch) do update set token = excluded.token, number = excluded.number",
            watch, sealed, position.number)
        .status();
  });
}

}  // namespace accord::connector
