#include "services/intelligence/intelligence_store.h"

#include "common/base/error.h"
#include "common/storage/resources.h"
#include "services/intelligence/deconfliction_store.h"

namespace accord::intelligence {

std::vector<storage::Migration> IntelligenceMigrations() {
  std::vector<storage::Migration> migrations;
  migrations.push_back({100, "portfolios and copies", R"sql(
create table portfolio (police_service {text} not null primary key, position text not null);
create table copy (
  report {text} not null, agency {text} not null, name {text} not null, release text not null,
  primary key (report, agency, name))
)sql"});
  migrations.push_back({101, "what products are made from", R"sql(
create table product_input (
  report {text} not null, product {text} not null, primary key (report, product))
)sql"});
  migrations.push_back(DeconflictionMigration());
  // What the version before left in these states for ever; PassTime says when each ends.
  migrations.push_back({103, "reports that are not in use end too", R"sql(
insert into due (kind, name, at_us)
  select 'report', r.name, 0 from resource r where r.kind = 'report' and
    r.state in ('draft', 'submitted', 'evaluated', 'returned', 'rejected', 'recalled') and
    not exists (select 1 from due d where d.kind = 'report' and d.name = r.name)
)sql"});
  // Whoever of the originator's or the maker's agency stored a version had a hand in it.
  migrations.push_back({104, "who contributed before it was kept", R"sql(
insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.intelligence.v1.ReportService.CreateReport' from revision
  where kind = 'report' and name like 'agencies/' || agency || '/%';
insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.intelligence.v1.ProductService.SanitiseProduct' from revision
  where kind = 'product' and name like 'agencies/' || agency || '/%'
)sql"});
  // The version before leaves out what it does not know to be sealed.
  migrations.push_back({105, "more of intelligence is sealed", "", true});
  return migrations;
}

absl::Status Cover(storage::Transaction& tx, const std::string& police_service, const std::string& position) {
  // The key is the police service: a second position cannot have it, it can only take it over.
  return tx
      .Exec(
          "insert into portfolio (police_service, position) values (:p1, :p2) on conflict (police_service) "
          "do "
          "update set position = excluded.position",
          police_service, position)
      .status();
}

absl::StatusOr<std::map<std::string, std::string>> Portfolio(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.Query<std::string, std::string>("select police_service, position from portfolio")));
  std::map<std::string, std::string> portfolio;
  for (auto& [service, position] : rows) portfolio[service] = position;
  return portfolio;
}

absl::Status NoteCopy(storage::Transaction& tx, const std::string& report, const std::string& agency,
                      const std::string& copy, const std::string& release) {
  return tx
      .Exec("insert into copy (report, agency, name, release) values (:p1, :p2, :p3, :p4)", report, agency,
            copy, release)
      .status();
}

absl::StatusOr<std::vector<Held>> CopiesOf(storage::Transaction& tx, const std::string& report,
                                           const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string>(
                              "select name, release from copy where report = :p1 and agency = :p2 order "
                              "by name",
                              report, agency)));
  std::vector<Held> held;
  for (auto& [copy, release] : rows) held.push_back({copy, release});
  return held;
}

absl::Status NoteInput(storage::Transaction& tx, const std::string& report, const std::string& product) {
  return tx.Exec("insert into product_input (report, product) values (:p1, :p2)", report, product).status();
}

absl::StatusOr<std::vector<std::string>> ProductsFrom(storage::Transaction& tx, const std::string& report) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select product from product_input where report = :p1 order by product", report));
  std::vector<std::string> products;
  for (auto& [product] : rows) products.push_back(std::move(product));
  return products;
}

}  // namespace accord::intelligence
