#include "common/testing/separation_walk.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/separation.h"
#include "common/base/error.h"
#include "common/storage/records/contributions.h"
#include "common/testing/walk_request.h"

namespace accord::testing {
namespace {

class Trial {
 public:
  Trial(InProcess* in_process, const Separation& separation, const Act& done, const Act& barred)
      : in_process_(in_process), separation_(separation), done_(done), barred_(barred) {
    const std::string method(barred.method);
    const auto dot = method.rfind('.');
    path_ = absl::StrCat("/", method.substr(0, dot), "/", method.substr(dot + 1));
    where_ = absl::StrCat(std::string(done.method), " then ", method);
  }

  void Run(const std::function<Attempt(const std::string&)>& make) {
    Attempt attempt = make(path_.substr(path_.rfind('/') + 1));
    Caller& who = attempt.who;
    Note(attempt.record, who.agency, "a-colleague");
    Note(attempt.record, "another-agency", who.actor);
    Note(attempt.record + "x", who.agency, who.actor);
    const std::string free = Answer(attempt);
    EXPECT_NE(free, separation_.rule->reason) << where_;
    EXPECT_NE(free, "NOT_FOUND") << where_;
    EXPECT_FALSE(absl::StartsWith(free, "NOT_THE_") || absl::StartsWith(free, "ROLE_")) << where_ << free;

    attempt = make(path_.substr(path_.rfind('/') + 1));
    Note(attempt.record, attempt.who.agency, attempt.who.actor);
    EXPECT_EQ(Answer(attempt), separation_.rule->reason) << where_;
    // The person stays barred after somebody else has contributed too.
    Note(attempt.record, attempt.who.agency, "a-colleague");
    EXPECT_EQ(Answer(attempt), separation_.rule->reason) << where_;
  }

 private:
  void Note(const std::string& record, const std::string& agency, const std::string& actor) {
    const absl::Status noted = in_process_->database().Transact([&](storage::Transaction& tx) {
      return storage::NoteContribution(tx, record, done_.method,
                                       {agency, actor, "request", in_process_->clock().Now()});
    });
    EXPECT_TRUE(noted.ok()) << noted;
  }

  std::string Answer(const Attempt& attempt) {
    static int number = 0;
    const Method* method = in_process_->handlers().Find(path_);
    if (method == nullptr) return "NO_METHOD";
    const auto request = RequiredOnly(*method);
    SetText(request.get(), "request_id", absl::StrCat("separation-", ++number));
    SetText(request.get(), std::string(barred_.record), attempt.record);
    if (attempt.finish) attempt.finish(request.get());
    return RuleOf(in_process_->CallBytes(path_, attempt.who, request->SerializeAsString()).status());
  }

  InProcess* const in_process_;
  const Separation& separation_;
  const Act& done_;
  const Act& barred_;
  std::string path_, where_;
};

}  // namespace

int WalkSeparations(InProcess* in_process, const std::string& package,
                    const std::function<Attempt(const std::string& method)>& make) {
  int pairs = 0;
  for (const Separation& separation : Separations()) {
    for (const Act& barred : separation.barred) {
      if (!barred.method.starts_with(package + ".")) continue;
      NoteWalked(kTwoPeople, separation.rule->reason);
      for (const Act& done : separation.done) {
        Trial(in_process, separation, done, barred).Run(make);
        ++pairs;
      }
    }
  }
  return pairs;
}

}  // namespace accord::testing
