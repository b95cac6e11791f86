// This is what the scan of a message's bytes needs to know of the message's type. Only wire_scan uses it.
#ifndef ACCORD_COMMON_ACCESS_WIRE_PLAN_H_
#define ACCORD_COMMON_ACCESS_WIRE_PLAN_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace accord {

enum WireType : uint8_t { kVarint = 0, kFixed64 = 1, kDelimited = 2, kFixed32 = 5 };

inline constexpr uint32_t kUnlimited = std::numeric_limits<uint32_t>::max();
// At most this many repeated fields and sub-messages of one message type can be counted.
inline constexpr int kScanMaxSlots = 128;

struct WirePlan;

struct FieldPlan {
  const google::protobuf::FieldDescriptor* field = nullptr;
  // This is the plan of a sub-message's type.
  const WirePlan* message = nullptr;
  WireType wire = kVarint;
  // The field is a repeated scalar, which may also come packed.
  bool packable = false;
  bool output_only = false;
  // This is the index of the counter of this field's occurrences; it is -1 if they are not counted.
  int slot = -1;
  uint32_t max_count = kUnlimited;
  // Each string of the field may have at most this many bytes.
  uint32_t max_bytes = kUnlimited;
  // Each occurrence takes this many bytes of memory, besides its text.
  uint32_t cost = 0;
};

struct WirePlan {
  std::vector<FieldPlan> fields;
  // This gives the position in `fields` by field number, for numbers below its size. It is -1 where there is
  // no such field.
  std::vector<int16_t> by_number;
  // The type has more repeated fields than can be counted, so every message of it is refused.
  bool too_wide = false;

  const FieldPlan* Find(uint32_t number) const;
};

// This gives the plan of a type, which is made once and stays valid for the life of the process.
const WirePlan& PlanOf(const google::protobuf::Descriptor& type);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_WIRE_PLAN_H_
