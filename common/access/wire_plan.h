// A message type as the scan of its bytes needs it. Private to wire_scan.
#ifndef ACCORD_COMMON_ACCESS_WIRE_PLAN_H_
#define ACCORD_COMMON_ACCESS_WIRE_PLAN_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace accord {

enum WireType : uint8_t { kVarint = 0, kFixed64 = 1, kDelimited = 2, kFixed32 = 5 };

inline constexpr uint32_t kUnlimited = std::numeric_limits<uint32_t>::max();
// Repeated fields and sub-messages of one message type that can be counted.
inline constexpr int kScanMaxSlots = 128;

struct WirePlan;

struct FieldPlan {
  const google::protobuf::FieldDescriptor* field = nullptr;
  // This is the plan of a sub-message's type.
  const WirePlan* message = nullptr;
  WireType wire = kVarint;
  // Repeated scalars may also come packed.
  bool packable = false;
  bool output_only = false;
  // This says where occurrences are counted; -1: they are not.
  int slot = -1;
  uint32_t max_count = kUnlimited;
  // This is the most bytes that each string may have.
  uint32_t max_bytes = kUnlimited;
  // Bytes of memory for each occurrence, besides its text.
  uint32_t cost = 0;
};

struct WirePlan {
  std::vector<FieldPlan> fields;
  // Position in `fields` by field number, for numbers below its size; -1: none.
  std::vector<int16_t> by_number;
  // More repeated fields than can be counted: refused whole.
  bool too_wide = false;

  const FieldPlan* Find(uint32_t number) const;
};

// A plan is made once a type and is valid for ever.
const WirePlan& PlanOf(const google::protobuf::Descriptor& type);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_WIRE_PLAN_H_
