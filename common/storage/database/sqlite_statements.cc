#include "common/storage/database/sqlite_statements.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/storage/database/pg_statements.h"

namespace accord::storage {
namespace {

template <class Slots>
void FillSqliteSlots(const Slots& slots, const std::vector<Value>& params) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    auto& slot = *slots[i];
    slot.indicator = std::holds_alternative<std::monostate>(params[i]) ? soci::i_null : soci::i_ok;
    if (const auto* number = std::get_if<long long>(&params[i])) slot.number = *number;
    if (const auto* text = std::get_if<std::string>(&params[i])) slot.text = *text;
  }
}

}  // namespace

SqliteStatements::Prepared& SqliteStatements::Prepare(std::string_view sql,
                                                      const std::vector<bool>& text_columns,
                                                      const std::vector<Value>& params) {
  // The same text with other types is another statement.
  std::string key(sql);
  for (const Value& param : params) key += std::holds_alternative<long long>(param) ? 'i' : 't';
  last_ = key;
  // What callers ask for decides how many texts there are.
  if (prepared_.size() >= kMostPrepared && !prepared_.contains(key)) prepared_.clear();
  auto [it, fresh] = prepared_.try_emplace(std::move(key));
  Prepared& prepared = it->second;
  if (!fresh) return prepared;
  try {
    prepared.statement = std::make_unique<soci::statement>(*session_);
    prepared.statement->alloc();
    const auto slot = [](auto& slots, bool is_text) {
      slots.push_back(std::make_unique<Slot>());
      slots.back()->is_text = is_text;
      return slots.back().get();
    };
    for (bool is_text : text_columns) {
      Slot* s = slot(prepared.out, is_text);
      if (is_text) {
        prepared.statement->exchange(soci::into(s->text, s->indicator));
      } else {
        prepared.statement->exchange(soci::into(s->number, s->indicator));
      }
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
      Slot* s = slot(prepared.in, !std::holds_alternative<long long>(params[i]));
      const std::string name = absl::StrCat("p", i + 1);
      if (s->is_text) {
        prepared.statement->exchange(soci::use(s->text, s->indicator, name));
      } else {
        prepared.statement->exchange(soci::use(s->number, s->indicator, name));
      }
    }
    prepared.statement->prepare(std::string(sql));
    prepared.statement->define_and_bind();
  } catch (...) {
    prepared_.erase(it);
    throw;
  }
  return prepared;
}

int64_t SqliteStatements::Execute(std::string_view sql, const std::vector<Value>& params) {
  Prepared& prepared = Prepare(sql, {}, params);
  FillSqliteSlots(prepared.in, params);
  prepared.statement->execute(true);
  return prepared.statement->get_affected_rows();
}

std::vector<std::vector<Value>> SqliteStatements::Fetch(std::string_view sql,
                                                        const std::vector<bool>& text_columns,
                                                        const std::vector<Value>& params, ByteLimit* limit) {
  std::vector<std::vector<Value>> rows;
  std::size_t bytes = 0;
  Prepared& prepared = Prepare(sql, text_columns, params);
  FillSqliteSlots(prepared.in, params);
  for (bool more = prepared.statement->execute(true); more; more = prepared.statement->fetch()) {
    std::vector<Value> row;
    for (const auto& slot : prepared.out) {
      if (slot->indicator == soci::i_null) {
        row.emplace_back();
      } else if (slot->is_text) {
        bytes += slot->text.size();
        row.emplace_back(slot->text);
      } else {
        row.emplace_back(slot->number);
      }
    }
    if (limit != nullptr && bytes > limit->bytes && !rows.empty()) {
      limit->reached = true;
      // This ends the scan where it is.
      ForgetLast();
      return rows;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace accord::storage
