// These tests show what a protocol said before, as it is read by a society that shares the protocol with a
// police service.
#include "accord/host/v1/history.pb.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using host::v1::ListRecordRevisionsRequest;
using host::v1::ListRecordRevisionsResponse;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ProtocolHistory : public ProtocolsFixture {
 protected:
  ListRecordRevisionsResponse HistoryFor(const Caller& who, const std::string& name) {
    ListRecordRevisionsRequest request;
    request.set_name(name);
    return Must(Call<ListRecordRevisionsResponse>(who, request));
  }
  // This keeps a version by the police service, with another section on interviews. No verb opens to a
  // society what the police alone read; a history must not depend on that.
  void Keep(const std::string& name, const std::string& text, v1::SectionVisibility visibility) {
    const storage::Write write{"ps-york", chief_.actor, text, in_process_.clock().Now()};
    ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
      storage::Resources protocols("protocol", &in_process_.page_tokens());
      v1::Protocol protocol;
      ACCORD_RETURN_IF_ERROR(protocols.GetAny(tx, name, &protocol));
      for (auto& section : *protocol.mutable_sections()) {
        if (section.code() != v1::SECTION_CODE_INTERVIEWS) continue;
        section.set_text(text);
        section.set_visibility(visibility);
      }
      const std::string etag = protocol.etag();
      return protocols.Update(tx, &protocol, etag, write, PlacementOf(protocol));
    }));
  }
};

TEST_F(ProtocolHistory, ASectionThatWasThePolicesAloneStaysWithThemWhenItOpens) {
  const std::string name = Must(Call<v1::Protocol>(director_, Draft())).name();
  Keep(name, "for officers alone", v1::SECTION_VISIBILITY_PARTY_POLICE_ONLY);
  Keep(name, "for both parties", v1::SECTION_VISIBILITY_PARTIES);
  Keep(name, "still for both parties", v1::SECTION_VISIBILITY_PARTIES);
  ASSERT_THAT(Read(name, director_).sections(), SizeIs(Read(name, chief_).sections_size()))
      << "nothing of the present version is withheld";
  const ListRecordRevisionsResponse history = HistoryFor(director_, name);
  ASSERT_THAT(history.revisions(), SizeIs(4));
  EXPECT_THAT(history.DebugString(), Not(HasSubstr("for officers alone")));
  // The answer says once that the sections changed, without the places of those that were left out.
  ASSERT_THAT(history.revisions(1).changes(), Not(::testing::IsEmpty()));
  EXPECT_EQ(history.revisions(1).changes(0).path(), "sections");
  EXPECT_TRUE(history.revisions(1).changes(0).masked());
  EXPECT_THAT(history.revisions(1).DebugString(), Not(HasSubstr("sections[")));
  // Of two versions that the society could both read, it reads what changed.
  EXPECT_THAT(history.revisions(3).DebugString(), HasSubstr("still for both parties"));
}

TEST_F(ProtocolHistory, NamesNobodyOfAnotherPartyWhomTheProtocolDoesNotName) {
  const std::string name = Must(Call<v1::Protocol>(director_, Draft())).name();
  Keep(name, "for both parties", v1::SECTION_VISIBILITY_PARTIES);
  const ListRecordRevisionsResponse history = HistoryFor(director_, name);
  ASSERT_THAT(history.revisions(), SizeIs(2));
  EXPECT_EQ(history.revisions(0).actor(), director_.actor);
  EXPECT_EQ(history.revisions(1).agency(), "ps-york") << "a party, which the protocol names";
  EXPECT_EQ(history.revisions(1).actor(), "");
}

}  // namespace
}  // namespace accord::protocols
