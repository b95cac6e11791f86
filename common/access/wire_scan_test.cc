#include "common/access/wire_scan.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "common/access/method.h"
#include "common/access/request_check.h"
#include "common/access/testing/edge_requests.h"
#include "common/base/error.h"
#include "common/testing/seed.h"

namespace accord {
namespace {

using accord::testing::ForEdgeRequests;
using google::protobuf::Descriptor;
using google::protobuf::Message;
using ::testing::HasSubstr;

constexpr std::size_t kBomb = std::size_t{4} << 20;

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

std::string Delimited(const Descriptor* type, const std::string& field, const std::string& payload) {
  return absl::StrCat(Varint(uint64_t(type->FindFieldByName(field)->number()) << 3 | 2),
                      Varint(payload.size()), payload);
}

template <class M>
absl::Status Scan(const std::string& bytes) {
  return ScanRequest(bytes, *M::descriptor());
}

std::string Repeat(const std::string& bytes, std::size_t total) {
  std::string all;
  while (all.size() + bytes.size() <= total) all += bytes;
  return all;
}

std::size_t ResidentBytes() {
  std::size_t size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

using Create = protocols::v1::CreateProtocolRequest;
using protocols::v1::Protocol;

std::string InProtocol(const std::string& bytes) {
  return Delimited(Create::descriptor(), "protocol", bytes);
}

TEST(ScanRequest, RefusesEmptySubMessagesByTheirFieldBeforeTheyTakeMemory) {
  const std::string one = Delimited(Protocol::descriptor(), "sections", "");
  const std::string bomb = InProtocol(Repeat(one, kBomb));
  const std::size_t before = ResidentBytes();
  for (int i = 0; i < 5; ++i) {
    const absl::Status status = Scan<Create>(bomb);
    EXPECT_EQ(RuleOf(status), "FIELD_INVALID");
    EXPECT_THAT(std::string(status.message()), HasSubstr("protocol.sections has more than"));
  }
  EXPECT_LT(ResidentBytes(), before + (std::size_t{1} << 20));
}

TEST(ScanRequest, RefusesABombThatIsSpreadOverTheElementsOfItsFields) {
  // Each record satisfies every rule; in memory, all together take a hundred times their size.
  const std::string record = Delimited(
      audit::v1::AppendRecordsRequest::descriptor(), "records",
      Repeat(Delimited(audit::v1::AuditRecord::descriptor(), "resources", ""), std::size_t{256} * 2));
  std::string bomb;
  for (int i = 0; i < 1024; ++i) bomb += record;
  EXPECT_EQ(RuleOf(Scan<audit::v1::AppendRecordsRequest>(bomb)), "REQUEST_TOO_COMPLEX");
}

TEST(ScanRequest, RefusesOutputOnlyBombsThatNoFieldRuleCounts) {
  int by_rule = 0, by_size = 0;
  for (int i = 0; i < Protocol::descriptor()->field_count(); ++i) {
    const auto* field = Protocol::descriptor()->field(i);
    if (!field->is_repeated() || field->message_type() == nullptr) continue;
    const std::string bomb = InProtocol(Repeat(Delimited(Protocol::descriptor(), field->name(), ""), kBomb));
    const bool counted = !field->options().GetExtension(annotations::v1::rule).output_only();
    EXPECT_EQ(RuleOf(Scan<Create>(bomb)), counted ? "FIELD_INVALID" : "REQUEST_TOO_COMPLEX") << field->name();
    ++(counted ? by_rule : by_size);
  }
  EXPECT_GT(by_rule, 0);
  EXPECT_GT(by_size, 0) << "no field of a protocol is output only any more";
}

TEST(ScanRequest, CountsPackedElements) {
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      "accord.annotations.v1.Grant");
  EXPECT_TRUE(ScanRequest(Delimited(type, "roles", std::string(256, '\1')), *type).ok());
  EXPECT_THAT(std::string(ScanRequest(Delimited(type, "roles", std::string(257, '\1')), *type).message()),
              HasSubstr("roles has more than 256 elements"));
  const std::string half = Delimited(type, "roles", std::string(200, '\1'));
  EXPECT_THAT(std::string(ScanRequest(half + half, *type).message()),
              HasSubstr("roles has more than 256 elements"));
  // The numbers are unpacked, so each has its own tag.
  EXPECT_THAT(std::string(ScanRequest(Repeat("\x10\x01", 514), *type).message()),
              HasSubstr("roles has more than 256 elements"));
}

TEST(ScanRequest, RefusesASubMessageGivenTwice) {
  EXPECT_TRUE(Scan<Create>(InProtocol("")).ok());
  EXPECT_THAT(std::string(Scan<Create>(InProtocol("") + InProtocol("")).message()),
              HasSubstr("protocol is given twice"));
}

TEST(ScanRequest, NamesALongStringInItsPlace) {
  const auto* sections = Protocol::descriptor()->FindFieldByName("sections");
  const auto* text = sections->message_type()->FindFieldByName("text");
  const auto max = text->options().GetExtension(annotations::v1::rule).max();
  const std::string good = Delimited(sections->message_type(), "text", std::string(max, 'x'));
  const std::string bad = Delimited(sections->message_type(), "text", std::string(max + 1, 'x'));
  const auto in = [&](const std::string& section) {
    return Delimited(Protocol::descriptor(), "sections", section);
  };
  EXPECT_TRUE(Scan<Create>(InProtocol(in(good) + in(good))).ok());
  EXPECT_THAT(std::string(Scan<Create>(InProtocol(in(good) + in(bad))).message()),
              HasSubstr(absl::StrCat("protocol.sections[1].text is longer than ", max, " bytes")));
}

TEST(ScanRequest, BoundsDepth) {
  using google::protobuf::ListValue;
  using google::protobuf::Value;
  std::string deep;
  for (int i = 0; i < kScanMaxDepth; ++i) {
    deep = Delimited(i % 2 == 0 ? ListValue::descriptor() : Value::descriptor(),
                     i % 2 == 0 ? "values" : "list_value", deep);
  }
  EXPECT_TRUE(Scan<Value>(deep).ok());
  EXPECT_THAT(std::string(Scan<ListValue>(Delimited(ListValue::descriptor(), "values", deep)).message()),
              HasSubstr("is nested deeper than"));
}

TEST(ScanRequest, RefusesGroupsAndWhatIsNoMessage) {
  for (const std::string& bytes : {
           std::string("\x0b\x0c"),                  // This is a group.
           std::string("\x00\x01", 2),               // No field has the number 0.
           std::string("\x0a\x05x"),                 // The length is longer than what is there.
           std::string("\x0a"),                      // The field has no length.
           std::string(11, '\xff'),                  // The number does not end.
           std::string("\x0a\xff\xff\xff\xff\xff"),  // The length does not end.
       }) {
    EXPECT_EQ(RuleOf(Scan<Create>(bytes)), "REQUEST_MALFORMED");
  }
}

TEST(ScanRequest, TakesSomeFieldsOfANewerVersionAndNoMore) {
  const std::string unknown = Varint(9999 << 3 | 2) + Varint(10) + std::string(10, 'x');
  EXPECT_TRUE(Scan<Create>(Repeat(unknown, unknown.size() * kScanMaxUnknownFields)).ok());
  EXPECT_EQ(RuleOf(Scan<Create>(Repeat(unknown, unknown.size() * (kScanMaxUnknownFields + 1)))),
            "REQUEST_UNKNOWN_FIELDS");
  const std::string large = Varint(9999 << 3 | 2) + Varint(20000) + std::string(20000, 'x');
  EXPECT_EQ(RuleOf(Scan<Create>(large)), "REQUEST_UNKNOWN_FIELDS");
  // A known field with another wire type counts as unknown.
  const std::string other = Varint(Create::descriptor()->FindFieldByName("protocol")->number() << 3) + "\x01";
  EXPECT_EQ(RuleOf(Scan<Create>(Repeat(other, kBomb))), "REQUEST_UNKNOWN_FIELDS");
}

TEST(ScanRequest, AcceptsWhatTheFieldRulesAccept) {
  const unsigned seed = accord::testing::SeedOr(20261125);
  std::mt19937 random(seed);
  int accepted = 0, all = 0;
  ForEdgeRequests(&random, 20, [&](const Method& method, Message* request) {
    const std::string bytes = request->SerializeAsString();
    ++all;
    if (!CheckRequest(request).ok()) return;
    ++accepted;
    const absl::Status scanned = ScanRequest(bytes, *method.descriptor->input_type());
    EXPECT_TRUE(scanned.ok()) << "seed " << seed << " " << method.path << ": " << scanned;
  });
  EXPECT_GT(accepted * 10, all * 9) << "seed " << seed << ": too few of the random requests are valid";
}

TEST(ScanRequest, SurvivesEveryCutAndManyFlips) {
  const unsigned seed = accord::testing::SeedOr(20261126);
  std::mt19937 random(seed);
  ForEdgeRequests(&random, 1, [&](const Method& method, Message* request) {
    const auto& type = *method.descriptor->input_type();
    std::string bytes = request->SerializeAsString();
    // Each prefix is copied to its own size, so that a sanitizer sees a read past the end.
    for (std::size_t cut = 0; cut <= std::min<std::size_t>(bytes.size(), 200); ++cut) {
      const std::vector<char> copy(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(cut));
      ScanRequest({copy.data(), copy.size()}, type).IgnoreError();
    }
    if (bytes.size() > 4096) bytes.resize(4096);
    for (int i = 0; i < 200 && !bytes.empty(); ++i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
      ScanRequest(bytes, type).IgnoreError();
    }
  });
}

}  // namespace
}  // namespace accord
