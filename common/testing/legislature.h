// Two people of the coordination office put a rule set in force at a service under test.
#ifndef ACCORD_COMMON_TESTING_LEGISLATURE_H_
#define ACCORD_COMMON_TESTING_LEGISLATURE_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/host/v1/law.pb.h"
#include "common/host/law/law_keeper.h"
#include "common/testing/callers.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"

namespace accord::testing {

class Legislature {
 public:
  Legislature(InProcess* in_process, host::LawKeeper* keeper) : in_process_(in_process), keeper_(keeper) {}

  // This gives the change after somebody proposed it and the service tried it; it does not apply yet.
  host::v1::LawChange Proposed(const google::protobuf::Message& rule_set) {
    host::v1::ProposeLawChangeRequest request;
    std::string text;
    EXPECT_TRUE(google::protobuf::TextFormat::PrintToString(rule_set, &text));
    request.set_rule_set(text);
    request.set_reason("A correction of the test's.");
    request.set_request_id(absl::StrCat("propose-", ++requests_));
    const auto proposed = Must(in_process_->Call<host::v1::LawChange>(OfficeStaff("drafter"), request));
    EXPECT_OK(keeper_->TryProposals(in_process_->clock().Now()));
    host::v1::GetLawChangeRequest get;
    get.set_name(proposed.name());
    return Must(in_process_->Call<host::v1::LawChange>(OfficeStaff("drafter"), get));
  }
  // This gives the change after another person approved it. The process applies it after its next look.
  host::v1::LawChange Approved(const host::v1::LawChange& proposed) {
    host::v1::ApproveLawChangeRequest request;
    request.set_name(proposed.name());
    request.set_etag(proposed.etag());
    request.set_request_id(absl::StrCat("approve-", ++requests_));
    return Must(in_process_->Call<host::v1::LawChange>(OfficeStaff("approver"), request));
  }
  // Proposes and approves the rule set, and makes the process apply it.
  host::v1::LawChange Enacted(const google::protobuf::Message& rule_set) {
    const host::v1::LawChange enacted = Approved(Proposed(rule_set));
    EXPECT_OK(keeper_->Look());
    return enacted;
  }

 private:
  InProcess* const in_process_;
  host::LawKeeper* const keeper_;
  int requests_ = 0;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_LEGISLATURE_H_
