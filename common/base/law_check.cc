#include "common/base/law_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/law.h"

namespace accord {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// These fields say to which provision a row belongs.
constexpr const char* kProvisionFields[] = {"section", "code",        "age_band",  "clock",
                                            "urgency", "disposition", "applicant", "question"};

// This gives a field of text or of an enum; it is empty if the row has none of this name.
std::string LawTextIn(const Message& row, const std::string& name) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated()) return "";
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) return row.GetReflection()->GetString(row, field);
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return "";
  return std::string(row.GetReflection()->GetEnum(row, field)->name());
}

std::string LawProvisionOf(const Message& row) {
  std::string provision;
  for (const char* name : kProvisionFields) {
    const std::string text = LawTextIn(row, name);
    if (!text.empty()) absl::StrAppend(&provision, provision.empty() ? "" : " ", text);
  }
  // A row without any of these fields is identified by its title.
  return provision.empty() ? LawTextIn(row, "title") : provision;
}

struct DatedRow {
  std::string provision, from, to;
};

// Days are text (YYYY-MM-DD), whose byte order is their order in time.
void CheckLawDaysOf(const std::string& list, const DatedRow& row, LawReport* report) {
  for (const std::string& day : {row.from, row.to}) {
    if (!day.empty() && !ParseDay(day)) {
      report->faults.push_back(absl::StrCat(list, " ", row.provision, ": there is no such day ", day));
    }
  }
  if (!row.to.empty() && row.to <= row.from) {
    report->faults.push_back(absl::StrCat(list, " ", row.provision, ": a row ends before it begins"));
  }
}

void CheckLawOrderOf(const std::string& list, std::vector<DatedRow> rows, LawReport* report) {
  std::stable_sort(rows.begin(), rows.end(), [](const DatedRow& a, const DatedRow& b) {
    return std::pair(a.provision, a.from) < std::pair(b.provision, b.from);
  });
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const DatedRow &before = rows[i - 1], &after = rows[i];
    if (before.provision != after.provision) continue;
    if (before.to.empty() || before.to > after.from) {
      report->faults.push_back(absl::StrCat(list, " ", after.provision, ": two rows apply on one day"));
    } else if (before.to < after.from) {
      report->faults.push_back(
          absl::StrCat(list, " ", after.provision, ": no row applies from ", before.to, " to ", after.from));
    }
  }
}

DatedRow DatedLawRowOf(const Message& row) {
  return {LawProvisionOf(row), LawTextIn(row, "effective_from"), LawTextIn(row, "effective_to")};
}

// Calls `see` with each list whose rows have a mark.
template <class See>
void EachLawList(const Message& set, See see) {
  const google::protobuf::Descriptor* type = set.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (!field->is_repeated() || field->message_type() == nullptr) continue;
    if (field->message_type()->FindFieldByName("mark") != nullptr) see(*field);
  }
}

void CheckLawList(const Message& set, const FieldDescriptor& list, LawReport* report) {
  const google::protobuf::Reflection* access = set.GetReflection();
  std::vector<DatedRow> dated;
  for (int i = 0; i < access->FieldSize(set, &list); ++i) {
    const Message& row = access->GetRepeatedMessage(set, &list, i);
    const DatedRow read = DatedLawRowOf(row);
    const std::string where = absl::StrCat(list.name(), " ", read.provision);
    annotations::v1::LawMark mark = annotations::v1::LAW_MARK_UNSPECIFIED;
    annotations::v1::LawMark_Parse(LawTextIn(row, "mark"), &mark);
    ++report->rows[mark];
    if (mark == annotations::v1::LAW_MARK_UNSPECIFIED) {
      report->faults.push_back(absl::StrCat(where, ": a row has no mark of how far it may be trusted"));
    }
    if (LawTextIn(row, "source").empty()) {
      report->faults.push_back(absl::StrCat(where, ": a row does not say where it comes from"));
    }
    CheckLawDaysOf(list.name(), read, report);
    if (row.GetDescriptor()->FindFieldByName("effective_to") != nullptr) dated.push_back(read);
  }
  CheckLawOrderOf(list.name(), std::move(dated), report);
}

// This is the largest plausible number of each unit. A larger one is a typing error, and a calendar would
// take hours to count it.
struct MostOf {
  const char* suffix;
  int most;
};
constexpr MostOf kMostOf[] = {
    {"business_days", 1000}, {"days", 36525}, {"months", 1200}, {"minutes", 5256000}};

void CheckLawNumber(const FieldDescriptor& field, int value, LawReport* report) {
  for (const MostOf& each : kMostOf) {
    if (!absl::EndsWith(field.name(), each.suffix)) continue;
    if (value >= 0 && value <= each.most) return;
    report->faults.push_back(absl::StrCat(field.containing_type()->name(), ".", field.name(),
                                          ": a number is below 0 or above ", each.most));
    return;
  }
}

void CheckLawNumbers(const Message& message, LawReport* report) {
  const google::protobuf::Reflection* access = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  access->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? access->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        CheckLawNumbers(field->is_repeated() ? access->GetRepeatedMessage(message, field, i)
                                             : access->GetMessage(message, field),
                        report);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
        CheckLawNumber(*field,
                       field->is_repeated() ? access->GetRepeatedInt32(message, field, i)
                                            : access->GetInt32(message, field),
                       report);
      }
    }
  }
}

// This reduces a list to the rows that were known on this day.
void KeepLawKnownOn(const FieldDescriptor& list, const std::string& day, Message* set) {
  const google::protobuf::Reflection* access = set->GetReflection();
  const FieldDescriptor* ends = list.message_type()->FindFieldByName("effective_to");
  int kept = 0;
  for (int i = 0; i < access->FieldSize(*set, &list); ++i) {
    Message* row = access->MutableRepeatedMessage(set, &list, i);
    if (LawTextIn(*row, "effective_from") > day) continue;
    if (ends != nullptr && LawTextIn(*row, "effective_to") > day) row->GetReflection()->ClearField(row, ends);
    if (kept != i) access->SwapElements(set, &list, kept, i);
    ++kept;
  }
  while (access->FieldSize(*set, &list) > kept) access->RemoveLast(set, &list);
}

}  // namespace

LawReport CheckLaw(const Message& rule_set) {
  LawReport report;
  EachLawList(rule_set, [&](const FieldDescriptor& list) { CheckLawList(rule_set, list, &report); });
  CheckLawNumbers(rule_set, &report);
  const FieldDescriptor* currency = rule_set.GetDescriptor()->FindFieldByName("currency");
  if (currency != nullptr) {
    report.currency.CopyFrom(rule_set.GetReflection()->GetMessage(rule_set, currency));
  }
  if (const absl::Status status = CheckCurrency(report.currency); !status.ok()) {
    report.faults.push_back(std::string(status.message()));
  }
  return report;
}

std::vector<std::string> LawChanges(const Message& rule_set, const std::string& from, const std::string& to) {
  std::vector<std::pair<std::string, std::string>> changes;
  EachLawList(rule_set, [&](const FieldDescriptor& list) {
    const google::protobuf::Reflection* access = rule_set.GetReflection();
    for (int i = 0; i < access->FieldSize(rule_set, &list); ++i) {
      const Message& row = access->GetRepeatedMessage(rule_set, &list, i);
      const DatedRow read = DatedLawRowOf(row);
      for (const auto& [day, what] : {std::pair(read.to, " ends: "), std::pair(read.from, " begins: ")}) {
        if (day <= from || day > to) continue;
        changes.emplace_back(
            day, absl::StrCat(day, ": ", list.name(), " ", read.provision, what, LawTextIn(row, "source")));
      }
    }
  });
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> sentences;
  for (const auto& change : changes) sentences.push_back(change.second);
  return sentences;
}

std::unique_ptr<Message> RuleSetAsOf(const Message& rule_set, const std::string& day) {
  std::unique_ptr<Message> known(rule_set.New());
  known->CopyFrom(rule_set);
  const google::protobuf::Descriptor* type = known->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (!field->is_repeated() || field->message_type() == nullptr) continue;
    if (field->message_type()->FindFieldByName("effective_from") == nullptr) continue;
    KeepLawKnownOn(*field, day, known.get());
  }
  return known;
}

}  // namespace accord
