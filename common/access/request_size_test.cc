#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/access/request_check.h"
#include "common/testing/golden.h"

namespace accord {
namespace {

using annotations::v1::FieldRule;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Sums stop at this value, which no request reaches.
constexpr uint64_t kEndless = uint64_t{1} << 40;

uint64_t Largest(const Descriptor* type, std::set<const Descriptor*>* around);

// This gives the encoded size of the largest element, with its tag and length.
uint64_t LargestElement(const FieldDescriptor* field, const FieldRule& rule,
                        std::set<const Descriptor*>* around) {
  constexpr uint64_t kTagAndLength = 6;
  switch (field->type()) {
    case FieldDescriptor::TYPE_STRING: {
      switch (rule.form()) {
        case annotations::v1::STRING_FORM_DATE:
          return kTagAndLength + 10;
        case annotations::v1::STRING_FORM_RESOURCE_NAME:
          return kTagAndLength + 256;
        case annotations::v1::STRING_FORM_ID:
        case annotations::v1::STRING_FORM_REQUEST_ID:
          return kTagAndLength + 64;
        default:
          break;
      }
      return kTagAndLength + (rule.max() != 0 && !field->is_repeated() ? rule.max() : kMaxStringBytes);
    }
    // A bytes rule without a maximum is limited only by the method's own limit.
    case FieldDescriptor::TYPE_BYTES:
      return rule.max() != 0 && !field->is_repeated() ? kTagAndLength + rule.max() : kEndless;
    case FieldDescriptor::TYPE_MESSAGE:
      return kTagAndLength + Largest(field->message_type(), around);
    default:
      return 12;
  }
}

// This gives the size of the largest message that the field rules allow, without output-only fields.
uint64_t Largest(const Descriptor* type, std::set<const Descriptor*>* around) {
  if (!around->insert(type).second) return kEndless;
  uint64_t sum = 0;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const FieldRule& rule = field->options().GetExtension(annotations::v1::rule);
    if (rule.output_only()) continue;
    uint64_t most = LargestElement(field, rule, around);
    if (field->is_repeated()) most *= rule.max() != 0 ? rule.max() : kMaxElements;
    sum = std::min(sum + most, kEndless);
  }
  around->erase(type);
  return sum;
}

std::string TextOf(uint64_t bytes) { return bytes >= kEndless ? "unbounded" : absl::StrCat(bytes); }

// The golden file lists requests that the field rules accept and the size limit refuses. A reviewer
// checks for each method that nobody sends such a request, or that the limit must change.
// ACCORD_UPDATE_GOLDEN=1 rewrites the file.
TEST(MaxRequestBytes, WhatTheFieldRulesAllowBeyondThemIsTheGoldenFile) {
  std::string table =
      "# method, its limit, what the field rules allow; methods whose rules fit are left out\n";
  for (const auto& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      std::set<const Descriptor*> around;
      const uint64_t largest = Largest(method.descriptor->input_type(), &around);
      if (largest <= method.max_request_bytes() && method.rule.max_request_bytes() == 0) continue;
      absl::StrAppend(&table, method.path, "  ", method.max_request_bytes(), "  ", TextOf(largest), "\n");
    }
  }
  testing::ExpectGolden("tests/request_sizes.golden", {table});
}

// The gateway holds a whole request in memory, and its default limit is four megabytes.
TEST(MaxRequestBytes, IsWhatTheGatewayTakesForEveryMethodOfAgencies) {
  constexpr std::size_t kOfGateway = std::size_t{4} << 20;
  for (const auto& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.grants.empty()) {
        EXPECT_LE(method.max_request_bytes(), kOfGateway) << method.path;
      }
    }
  }
}

}  // namespace
}  // namespace accord
