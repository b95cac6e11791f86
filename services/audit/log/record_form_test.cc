// This shows what gets into the log whatever it says, and what it looks like there.
#include "services/audit/log/record_form.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <set>

#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::StartsWith;

// Field `number` with these bytes, as the wire has it.
std::string Field(int number, const std::string& bytes) {
  std::string text;
  {
    google::protobuf::io::StringOutputStream stream(&text);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.WriteTag(static_cast<uint32_t>(number) << 3 | 2);
    out.WriteVarint32(static_cast<uint32_t>(bytes.size()));
    out.WriteString(bytes);
  }
  return text;
}

TEST(Printable, IsTextThatAPersonCanRead) {
  EXPECT_TRUE(IsPrintable(""));
  EXPECT_TRUE(IsPrintable("Zoë Ōkami, 警察"));
  EXPECT_TRUE(IsPrintable(std::string(kMaxText, 'x')));
  for (const std::string& text :
       {std::string(kMaxText + 1, 'x'), std::string("a\0b", 3), std::string("\xff\xfe"),
        std::string("\xc0\xaf"), std::string("\xed\xa0\x80"), std::string("\xf4\x90\x80\x80"),
        std::string("\xe2\x82"), std::string("a\nb"), std::string("\x1b[2J"), std::string("\xc2\x9b"),
        std::string("\xe2\x80\xae reversed")}) {
    EXPECT_FALSE(IsPrintable(text)) << ::testing::PrintToString(text);
  }
  EXPECT_EQ(Unprintable("\xff\xfe"), "unprintable, 2 bytes, b3d510ef04275ca8");
}

TEST(ReadRecords, OnlyAnIncompleteRequestIsRefused) {
  v1::AppendRecordsRequest request;
  request.add_records()->set_call_id("call-1");
  const std::string bytes = request.SerializeAsString();
  EXPECT_EQ(Must(ReadRecords(bytes)).size(), 1u);
  EXPECT_THAT(ReadRecords(bytes.substr(0, bytes.size() - 1)), RefusedBy(rules::kRequestMalformed));
  // What a newer gateway says beside records is passed over.
  EXPECT_EQ(Must(ReadRecords(Field(9, "later") + bytes)).size(), 1u);
}

TEST(ReadRecords, TextThatIsNotUtf8IsKeptByItsHashAndTheRestAsItIs) {
  v1::AuditRecord good;
  good.set_call_id("call-1");
  good.set_agency("cas-york");
  good.add_resources()->set_name("agencies/cas-york/referrals/r1");
  const std::string bad =
      good.SerializeAsString() + Field(v1::AuditRecord::kActorFieldNumber, "\xff\xfe") +
      Field(v1::AuditRecord::kResourcesFieldNumber, Field(1, "\xff") + Field(2, "ps-york"));
  const auto records = Must(ReadRecords(Field(1, bad)));
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].call_id(), "call-1");
  EXPECT_EQ(records[0].agency(), "cas-york");
  EXPECT_EQ(records[0].actor(), Unprintable("\xff\xfe"));
  ASSERT_EQ(records[0].resources_size(), 2);
  EXPECT_EQ(records[0].resources(0).name(), "agencies/cas-york/referrals/r1");
  EXPECT_EQ(records[0].resources(1).name(), Unprintable("\xff"));
  EXPECT_EQ(records[0].resources(1).owner(), "ps-york");
}

// Names are looked at one by one, without asking the descriptor which texts a resource has.
TEST(ReadRecords, EveryTextOfAResourceIsStorable) {
  const auto* type = caller::v1::TouchedResource::descriptor();
  int texts = 0;
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) continue;
    ++texts;
    v1::AuditRecord record;
    record.set_call_id("call-1");
    auto* resource = record.add_resources();
    resource->set_name("agencies/cas-york/referrals/r1");
    resource->GetReflection()->SetString(resource, type->field(i), "a\nb");
    *record.add_resources() = *resource;
    const auto records = StorableForms({record});
    ASSERT_EQ(records.size(), 1u);
    for (const auto& stored : records[0].resources()) {
      EXPECT_EQ(stored.GetReflection()->GetString(stored, type->field(i)), Unprintable("a\nb"))
          << type->field(i)->name();
    }
  }
  EXPECT_EQ(texts, 2);
}

TEST(ReadRecords, WhatIsNoRecordAtAllIsOneNevertheless) {
  const std::string noise = "\xff\xff\xff\xff";
  const auto records = Must(ReadRecords(Field(1, noise) + Field(1, noise + "x")));
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].call_id(), StartsWith("unreadable-"));
  EXPECT_EQ(records[0].method(), Unprintable(noise));
  EXPECT_NE(records[0].call_id(), records[1].call_id());
}

TEST(ReadRecords, RecordsWithoutAnIdAreNotTakenForOne) {
  const auto records = Must(ReadRecords(Field(1, Field(v1::AuditRecord::kAgencyFieldNumber, "a")) +
                                        Field(1, Field(v1::AuditRecord::kAgencyFieldNumber, "b"))));
  ASSERT_EQ(records.size(), 2u);
  EXPECT_NE(records[0].call_id(), records[1].call_id());
}

TEST(Storable, ALargeRecordIsCutIntoPartsThatHoldAllOfIt) {
  v1::AuditRecord record;
  record.set_call_id("call-1");
  record.set_part(3);
  for (int i = 0; i < 20000; ++i) {
    record.add_resources()->set_name(absl::StrCat("agencies/cas-york/referrals/r", i));
    record.add_revisions(std::string(16, 'd'));
  }
  const auto parts = StorableForms({record});
  std::set<int> numbers;
  int resources = 0, revisions = 0;
  for (const auto& part : parts) {
    EXPECT_LE(part.ByteSizeLong(), kMaxRecord);
    EXPECT_EQ(part.call_id(), "call-1");
    numbers.insert(part.part());
    resources += part.resources_size();
    revisions += part.revisions_size();
  }
  EXPECT_GT(parts.size(), 3u);
  EXPECT_EQ(numbers.size(), parts.size());
  EXPECT_TRUE(numbers.contains(3));
  EXPECT_EQ(resources, 20000);
  EXPECT_EQ(revisions, 20000);
}

class Writer : public ALog {};
INSTANTIATE_TEST_SUITE_P(Databases, Writer, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Writer, NoTextOfOneRecordLosesAnotherCallsRecord) {
  std::string request;
  for (int i = 0; i < 30; ++i) request += Field(1, Record(i, "ps-york", "cas-york").SerializeAsString());
  for (const std::string& text : {std::string("\xff\xfe"), std::string(9000, 'x'), std::string("a\0b", 3)}) {
    for (int field : {v1::AuditRecord::kActorFieldNumber, v1::AuditRecord::kMethodFieldNumber,
                      v1::AuditRecord::kRequestIdFieldNumber, v1::AuditRecord::kGatewayFieldNumber,
                      v1::AuditRecord::kTraceIdFieldNumber, v1::AuditRecord::kSystemFieldNumber,
                      v1::AuditRecord::kRuleFieldNumber}) {
      request +=
          Field(1, Record(100 + static_cast<int>(text.size()) * 100 + field, "ps-york").SerializeAsString() +
                       Field(field, text));
    }
    request += Field(1, Record(static_cast<int>(text.size()) + 50, "ps-york").SerializeAsString() +
                            Field(v1::AuditRecord::kResourcesFieldNumber, Field(1, text) + Field(2, text)));
    // Neither the id nor the agency of this record is valid.
    request += Field(1, Field(1, text) + Field(v1::AuditRecord::kAgencyFieldNumber, text));
  }
  const auto written = AppendBytes(request);
  ASSERT_OK(written);
  EXPECT_EQ(written->tree_size(), 30 + 3 * 9);
  EXPECT_EQ(All("cas-york", {}).size(), 30u);
  EXPECT_EQ(Must(AppendBytes(request)).tree_size(), written->tree_size())
      << "what is sent again is recorded once";
}

TEST_P(Writer, PartsOfOneCallAreEntriesOfTheirOwn) {
  v1::AppendRecordsRequest request;
  for (int part = 0; part < 3; ++part) {
    v1::AuditRecord record = Record(part, "ps-york", "cas-york");
    record.set_call_id("one-call");
    record.set_part(part);
    *request.add_records() = record;
  }
  EXPECT_EQ(Must(Append(request)).tree_size(), 3);
  EXPECT_EQ(Must(Append(request)).tree_size(), 3);
  EXPECT_EQ(All("cas-york", {}).size(), 3u);
}

TEST_P(Writer, ThousandsOfTouchedResourcesAreStoredAndFoundByName) {
  v1::AuditRecord record = Record(1, "ps-york");
  for (int i = 0; i < 3000; ++i) {
    auto* resource = record.add_resources();
    resource->set_name(absl::StrCat("agencies/cas-york/actors/a", i));
    resource->set_owner("cas-york");
  }
  v1::AppendRecordsRequest request;
  *request.add_records() = record;
  ASSERT_OK(Append(request));
  v1::ListEntriesRequest list;
  list.set_resource("agencies/cas-york/actors/a2999");
  EXPECT_EQ(All("cas-york", list).size(), 1u);
  EXPECT_EQ(All("ps-york", list).size(), 1u);
  EXPECT_EQ(All("cas-durham", list).size(), 0u);
}

TEST_P(Writer, CountsOfRefusalsAreListedToTheirAgency) {
  v1::AuditRecord record = Record(1, "cas-york");
  record.set_phase(v1::PHASE_REFUSALS);
  for (int i = 0; i < 1024; ++i) {
    auto* count = record.add_refusals();
    count->set_method(absl::StrCat("/accord.protocols.v1.ReferralService/Method", i));
    count->set_rule("CERTIFICATE_NOT_ACTIVE");
    count->set_actor("worker");
    count->set_count(i + 1);
  }
  v1::AppendRecordsRequest request;
  *request.add_records() = record;
  ASSERT_OK(Append(request));
  const auto entries = All("cas-york", {});
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].record().refusals_size(), 1024);
  EXPECT_EQ(entries[0].record().refusals(1023).count(), 1024);
  EXPECT_EQ(All("ps-york", {}).size(), 0u);
}

// A rule of the database's own stands for whatever it may refuse that nobody thought of.
TEST_P(Writer, ARecordThatTheDatabaseRefusesStandsAloneInTheEndAndIsKeptByItsHash) {
  if (GetParam() == "postgres") {
    Sql("alter table entry add constraint short check (length(record) < 400)");
  } else {
    Sql("create trigger short before insert on entry when length(new.record) >= 400 "
        "begin select raise(abort, 'too long'); end");
  }
  v1::AppendRecordsRequest request;
  for (int i = 0; i < 50; ++i) {
    v1::AuditRecord* record = request.add_records();
    *record = Record(i, "ps-york", "cas-york");
    if (i == 7 || i == 41) record->set_actor(std::string(1000, 'a'));
  }
  const auto written = Append(request);
  ASSERT_OK(written);
  EXPECT_EQ(written->tree_size(), 50);
  const auto entries = All("ps-york", {});
  ASSERT_EQ(entries.size(), 50u);
  EXPECT_EQ(entries[7].record().call_id(), "call-7");
  EXPECT_THAT(entries[7].record().method(), StartsWith("unprintable, "));
  EXPECT_EQ(entries[8].record().ShortDebugString(), request.records(8).ShortDebugString());
}

TEST_P(Writer, EightMebibytesAreTakenAtOnce) {
  v1::AppendRecordsRequest request;
  for (int i = 0; request.ByteSizeLong() < (8u << 20) - 20'000; ++i) {
    v1::AuditRecord record = Record(i, "ps-york");
    for (int r = 0; r < 16; ++r) record.add_resources()->set_name(std::string(1000, 'n'));
    *request.add_records() = record;
  }
  const auto written = Append(request);
  ASSERT_OK(written);
  EXPECT_EQ(written->tree_size(), request.records_size());
}

}  // namespace
}  // namespace accord::audit
