#include "common/access/wire_plan.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "accord/annotations/v1/fields.pb.h"
#include "common/access/request_check.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using Plans = std::map<const Descriptor*, std::unique_ptr<WirePlan>>;

// Fields with numbers below this are found by index, and the others by search.
constexpr int kIndexedNumbers = 256;
// These are the bytes that a text field costs besides its text: a std::string on the heap and the pointer
// to it.
constexpr uint32_t kStringCost = 40;

WireType WireOf(const FieldDescriptor* field) {
  switch (field->type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
      return kDelimited;
    default:
      return kVarint;
  }
}

// This gives the size of an empty message of the type and of the pointer to it.
uint32_t CostOf(const Descriptor* type) {
  constexpr uint32_t kUnknownType = 128;
  // The message of a map's entry has no fields that could be measured.
  if (type->options().map_entry()) return kUnknownType;
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
  if (prototype == nullptr) return kUnknownType;
  return static_cast<uint32_t>(prototype->SpaceUsedLong()) + sizeof(void*);
}

uint32_t CostOf(const FieldDescriptor* field) {
  if (field->message_type() != nullptr) return CostOf(field->message_type());
  if (WireOf(field) == kDelimited) return kStringCost;
  // An array grows to twice what it needs; singular scalars are part of their message.
  return field->is_repeated() ? 2 * sizeof(uint64_t) : 0;
}

const WirePlan* MakePlan(const Descriptor* type, Plans* plans);

FieldPlan PlanField(const FieldDescriptor* field, int* slots, Plans* plans) {
  const auto& rule = field->options().GetExtension(annotations::v1::rule);
  FieldPlan plan;
  plan.field = field;
  plan.wire = WireOf(field);
  plan.packable = field->is_packable();
  plan.output_only = rule.output_only();
  plan.cost = CostOf(field);
  if (field->is_repeated()) {
    plan.max_count = rule.max() != 0 ? rule.max() : kMaxElements;
    if (field->type() == FieldDescriptor::TYPE_STRING) plan.max_bytes = kMaxStringBytes;
  } else if (field->message_type() != nullptr) {
    plan.max_count = 1;
  } else if (field->type() == FieldDescriptor::TYPE_STRING) {
    plan.max_bytes = rule.max() != 0 ? rule.max() : kMaxStringBytes;
  } else if (field->type() == FieldDescriptor::TYPE_BYTES && rule.max() != 0) {
    plan.max_bytes = rule.max();
  }
  if (plan.max_count != kUnlimited) plan.slot = (*slots)++;
  if (field->message_type() != nullptr) plan.message = MakePlan(field->message_type(), plans);
  return plan;
}

const WirePlan* MakePlan(const Descriptor* type, Plans* plans) {
  auto& entry = (*plans)[type];
  if (entry != nullptr) return entry.get();
  entry = std::make_unique<WirePlan>();
  WirePlan* plan = entry.get();
  int slots = 0;
  for (int i = 0; i < type->field_count(); ++i) {
    plan->fields.push_back(PlanField(type->field(i), &slots, plans));
    const int number = type->field(i)->number();
    if (number >= kIndexedNumbers) continue;
    if (number >= static_cast<int>(plan->by_number.size())) plan->by_number.resize(number + 1, -1);
    plan->by_number[number] = static_cast<int16_t>(i);
  }
  plan->too_wide = slots > kScanMaxSlots;
  return plan;
}

}  // namespace

const FieldPlan* WirePlan::Find(uint32_t number) const {
  if (number < by_number.size()) return by_number[number] < 0 ? nullptr : &fields[by_number[number]];
  if (number < kIndexedNumbers) return nullptr;
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldPlan& plan) {
    return plan.field->number() == static_cast<int>(number);
  });
  return found == fields.end() ? nullptr : &*found;
}

const WirePlan& PlanOf(const Descriptor& type) {
  static std::mutex mutex;
  static auto& plans = *new Plans();
  std::lock_guard lock(mutex);
  return *MakePlan(&type, &plans);
}

}  // namespace accord
