#include "common/access/wire_scan.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/access/wire_plan.h"
#include "common/base/error.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// This is the position of the scan: one frame for each enclosing message, from the inside to the outside.
struct Frame {
  const Frame* outer = nullptr;
  const FieldDescriptor* field = nullptr;
  uint32_t index = 0;
};

std::string PathOf(const Frame* frame, const FieldDescriptor* field) {
  std::string path = field->name();
  for (; frame != nullptr && frame->field != nullptr; frame = frame->outer) {
    const std::string index = frame->field->is_repeated() ? absl::StrCat("[", frame->index, "]") : "";
    path = absl::StrCat(frame->field->name(), index, ".", path);
  }
  return path;
}

class WireScanner {
 public:
  explicit WireScanner(std::size_t size) : memory_left_(kScanMemoryBase + kScanMemoryFactor * size) {}

  // `checked` says whether the counts of this message's fields matter.
  bool Scan(std::string_view bytes, const WirePlan& plan, const Frame& frame, int depth, bool checked);
  absl::Status status() const { return status_; }

 private:
  using Counts = std::array<uint32_t, kScanMaxSlots>;

  static bool ReadVarint(std::string_view* bytes, uint64_t* value);
  // This reads the payload after a tag of this wire type. It gives false at the end of the bytes, and
  // for groups.
  static bool ReadPayload(std::string_view* bytes, uint32_t wire, std::string_view* payload);

  bool Known(const FieldPlan& field, std::string_view payload, const Frame& frame, int depth, bool checked,
             Counts* counts);
  bool Packed(const FieldPlan& field, std::string_view payload, const Frame& frame, bool checked,
              Counts* counts);
  bool Unknown(std::size_t size);
  bool Count(const FieldPlan& field, std::size_t more, const Frame& frame, bool checked, Counts* counts);
  bool Take(std::size_t memory);

  bool Fail(absl::Status status) {
    status_ = std::move(status);
    return false;
  }
  bool Fail(const rules::Rule& rule, std::string_view message) { return Fail(Refuse(rule, message)); }
  bool Malformed() { return Fail(rules::kRequestMalformed, "The request is not a message of this method."); }
  bool FailField(const FieldPlan& field, const Frame& frame, std::string what) {
    return Fail(RefuseFields({{PathOf(&frame, field.field), std::move(what)}}));
  }

  std::size_t memory_left_;
  int unknown_fields_ = 0;
  std::size_t unknown_bytes_ = 0;
  absl::Status status_;
};

bool WireScanner::ReadVarint(std::string_view* bytes, uint64_t* value) {
  constexpr std::size_t kLongest = 10;
  *value = 0;
  const std::size_t end = std::min(bytes->size(), kLongest);
  for (std::size_t i = 0; i < end; ++i) {
    const auto byte = static_cast<unsigned char>((*bytes)[i]);
    *value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      bytes->remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

bool WireScanner::ReadPayload(std::string_view* bytes, uint32_t wire, std::string_view* payload) {
  uint64_t size = 0;
  switch (wire) {
    case kVarint: {
      const std::string_view before = *bytes;
      if (!ReadVarint(bytes, &size)) return false;
      *payload = before.substr(0, before.size() - bytes->size());
      return true;
    }
    case kFixed64:
      size = 8;
      break;
    case kFixed32:
      size = 4;
      break;
    case kDelimited:
      if (!ReadVarint(bytes, &size)) return false;
      break;
    default:
      return false;
  }
  if (size > bytes->size()) return false;
  *payload = bytes->substr(0, size);
  bytes->remove_prefix(size);
  return true;
}

bool WireScanner::Take(std::size_t memory) {
  if (memory > memory_left_) {
    return Fail(rules::kRequestTooComplex,
                "The request has too many parts for its size; send fewer at a time.");
  }
  memory_left_ -= memory;
  return true;
}

bool WireScanner::Count(const FieldPlan& field, std::size_t more, const Frame& frame, bool checked,
                        Counts* counts) {
  if (field.slot < 0) return true;
  uint32_t& count = (*counts)[field.slot];
  count = static_cast<uint32_t>(std::min<std::size_t>(count + more, kUnlimited));
  if (!checked || count <= field.max_count) return true;
  // The parser would merge the two into one, whose elements were not counted together.
  if (!field.field->is_repeated()) return FailField(field, frame, "is given twice");
  return FailField(field, frame, absl::StrCat("has more than ", field.max_count, " elements"));
}

bool WireScanner::Packed(const FieldPlan& field, std::string_view payload, const Frame& frame, bool checked,
                         Counts* counts) {
  std::size_t elements = 0;
  if (field.wire == kVarint) {
    elements = static_cast<std::size_t>(std::count_if(
        payload.begin(), payload.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  } else {
    elements = payload.size() / (field.wire == kFixed64 ? 8 : 4);
  }
  return Count(field, elements, frame, checked, counts) && Take(elements * field.cost);
}

bool WireScanner::Known(const FieldPlan& field, std::string_view payload, const Frame& frame, int depth,
                        bool checked, Counts* counts) {
  checked = checked && !field.output_only;
  if (!Count(field, 1, frame, checked, counts)) return false;
  if (field.wire != kDelimited) return Take(field.cost);
  if (field.message == nullptr) {
    if (checked && payload.size() > field.max_bytes) {
      return FailField(field, frame, absl::StrCat("is longer than ", field.max_bytes, " bytes"));
    }
    return Take(field.cost + payload.size());
  }
  if (depth == kScanMaxDepth) {
    return FailField(field, frame, absl::StrCat("is nested deeper than ", kScanMaxDepth));
  }
  if (!Take(field.cost)) return false;
  const Frame inner{&frame, field.field, (*counts)[field.slot] - 1};
  return Scan(payload, *field.message, inner, depth + 1, checked);
}

bool WireScanner::Unknown(std::size_t size) {
  ++unknown_fields_;
  unknown_bytes_ += size;
  if (unknown_fields_ <= kScanMaxUnknownFields && unknown_bytes_ <= kScanMaxUnknownBytes) return true;
  return Fail(rules::kRequestUnknownFields, "The request holds too much that this version does not know.");
}

bool WireScanner::Scan(std::string_view bytes, const WirePlan& plan, const Frame& frame, int depth,
                       bool checked) {
  if (plan.too_wide) return Fail(rules::kRequestTooComplex, "The request has too many fields to be counted.");
  Counts counts;
  std::fill_n(counts.begin(), std::min<std::size_t>(plan.fields.size(), counts.size()), 0);
  while (!bytes.empty()) {
    const std::size_t before = bytes.size();
    uint64_t tag = 0;
    if (!ReadVarint(&bytes, &tag) || (tag >> 3) == 0 || tag > kUnlimited) return Malformed();
    const auto wire = static_cast<uint32_t>(tag & 7);
    std::string_view payload;
    if (!ReadPayload(&bytes, wire, &payload)) return Malformed();
    const FieldPlan* field = plan.Find(static_cast<uint32_t>(tag >> 3));
    if (field != nullptr && wire == field->wire) {
      if (!Known(*field, payload, frame, depth, checked, &counts)) return false;
    } else if (field != nullptr && field->packable && wire == kDelimited) {
      if (!Packed(*field, payload, frame, checked && !field->output_only, &counts)) return false;
    } else if (!Unknown(before - bytes.size())) {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::Status ScanRequest(std::string_view bytes, const Descriptor& type) {
  WireScanner scanner(bytes.size());
  scanner.Scan(bytes, PlanOf(type), Frame{}, 0, true);
  return scanner.status();
}

}  // namespace accord
