#include <random>
#include <set>

#include "common/testing/seed.h"
#include "services/intelligence/testing/control_oracle.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class Model : public Intelligence {
 protected:
  std::string Any() { return agencies_[random_() % agencies_.size()]; }
  bool Chance(unsigned one_in) { return random_() % one_in == 0; }
  std::set<std::string> Some(size_t most) {
    std::set<std::string> some;
    for (size_t i = random_() % (most + 1); i > 0; --i) some.insert(Any());
    return some;
  }
  Caller As(const std::string& agency) { return agency == kBureau ? director_ : Police(agency); }
  ControlOracle::Case& AnyCase() { return oracle_.cases[random_() % oracle_.cases.size()]; }

  void NewCase() {
    const std::string originator = Any();
    oracle_.cases.push_back({Submitted(originator), originator});
    ControlOracle::Case& one = oracle_.cases.back();
    one.admitted = !Chance(3);
    if (one.admitted) Admit(&one.report);
  }
  // A report that is not admitted, or is taken back first, waits for the bureau.
  void AdmitOne(ControlOracle::Case& one) {
    if (one.admitted || one.recalled || !Chance(20)) return;
    Admit(&one.report);
    one.admitted = true;
  }
  void ChangeHandling(ControlOracle::Case& one) {
    if (one.recalled || !Chance(3)) return;
    one.handling = Chance(4) ? v1::HANDLING_H1 : Chance(4) ? v1::HANDLING_H3 : v1::HANDLING_H2;
    one.recipients = one.handling == v1::HANDLING_H2 ? Some(3) : std::set<std::string>();
    EXPECT_EQ(Handle(&one.report, one.handling, {one.recipients.begin(), one.recipients.end()},
                     Police(one.originator)),
              "");
  }
  void ShareOne(ControlOracle::Case& one) {
    std::string from = Any(), to = Any();
    // Half of the time the caller is somebody who could do it, since otherwise little is shared.
    if (const auto bias = random_() % 4; bias == 0 && !one.recipients.empty()) {
      from = one.originator;
      to = *one.recipients.begin();
    } else if (bias == 1 && !one.releases.empty()) {
      const auto& some = one.releases[random_() % one.releases.size()];
      from = some.asker;
      if (!some.covers.empty()) to = *some.covers.begin();
    }
    int release = -1;
    std::string expected;
    if (!oracle_.Holds(one, from)) {
      expected = "NOT_FOUND";
    } else if (!one.InUse()) {
      expected = "REPORT_NOT_ACTIVE";
    } else if (to == from || to == one.originator) {
      expected = "RECIPIENT_HAS_IT";
    } else if (from == one.originator) {
      if (!oracle_.Permits(one, to)) expected = "HANDLING_FORBIDS";
    } else if ((release = ControlOracle::ReleaseTo(one, from, to)) < 0) {
      expected = "NO_RELEASE";
    }
    ControlOracle::Copy copy{{}, release};
    ASSERT_EQ(Share(one.report, As(from), to, &copy.copy), expected) << where_;
    if (!expected.empty()) return;
    // The service takes one of several releases that cover it, and the model learns which.
    for (size_t i = 0; i < one.releases.size(); ++i) {
      if (one.releases[i].request.name() == copy.copy.release()) copy.release = static_cast<int>(i);
    }
    onward_ += release >= 0;
    one.copies.push_back(copy);
  }
  void AskForRelease(ControlOracle::Case& one) {
    const bool holder = Chance(2) && !one.copies.empty();
    ControlOracle::Release release;
    release.asker = holder ? one.copies[random_() % one.copies.size()].copy.to_agency() : Any();
    if (Chance(5)) release.asker = kBureau;
    const std::string to = Any();
    const std::string expected = !oracle_.Holds(one, release.asker) ? "NOT_FOUND"
                                 : release.asker == one.originator  ? "ORIGINATOR_ASKS_NOBODY"
                                                                    : "";
    ASSERT_EQ(Ask(one.report, As(release.asker), {to}, &release.request), expected) << where_;
    if (!expected.empty()) return;
    release.live = !Chance(4);
    if (release.live) release.covers = {to};
    ASSERT_EQ(Answer(&release.request, Police(one.originator), release.live ? "grant" : "refuse",
                     release.live ? std::vector<std::string>{to} : std::vector<std::string>()),
              "")
        << where_;
    one.releases.push_back(release);
  }
  void DeclareEmergency(ControlOracle::Case& one) {
    if (!Chance(3)) return;
    v1::ProposeEmergencyReleaseRequest request;
    request.set_parent("agencies/ci-ciso");
    request.mutable_release_request()->set_report(one.report.name());
    request.mutable_release_request()->set_justification("a life is in danger");
    const std::string to = Any();
    request.mutable_release_request()->add_recipients(to);
    ControlOracle::Release release{{}, kBureau, {to}, true, true};
    ASSERT_EQ(Rule(Call<v1::ReleaseRequest>(director_, request), &release.request),
              one.recalled ? "NOT_FOUND" : "")
        << where_;
    if (one.recalled) return;
    ASSERT_EQ(Move(analyst_, &release.request, v1::ConfirmEmergencyReleaseRequest()), "") << where_;
    one.releases.push_back(release);
  }
  void RevokeRelease(ControlOracle::Case& one) {
    if (one.releases.empty()) return;
    auto& release = one.releases[random_() % one.releases.size()];
    ASSERT_EQ(Answer(&release.request, Police(one.originator), "revoke"),
              release.live ? "" : "STATE_NOT_PERMITTED")
        << where_;
    release.live = false;
  }
  void RecallOne(ControlOracle::Case& one) {
    if (one.recalled || !Chance(60)) return;
    ASSERT_EQ(Recall(&one.report, Police(one.originator)), "") << where_;
    one.recalled = true;
  }
  void ChangeCategory() {
    if (!Chance(6)) return;
    const std::string agency = Any();
    const bool leaves = oracle_.members.erase(agency) > 0;
    if (!leaves) oracle_.members.insert(agency);
    Join(agency, leaves ? v1::MEMBER_CATEGORY_III : v1::MEMBER_CATEGORY_II);
  }
  void NewProductOf() {
    if (oracle_.products.size() >= 60) return;
    ControlOracle::Product made{{}, Chance(3) ? kBureau : Any(), {}, v1::HANDLING_H2, Some(3), Chance(3)};
    for (size_t i = 0; i <= random_() % 2; ++i) made.inputs.push_back(random_() % oracle_.cases.size());
    if (made.sanitised && Chance(2)) made.handling = v1::HANDLING_H5;
    if (Chance(4)) made.handling = v1::HANDLING_H3;
    if (made.handling != v1::HANDLING_H2) made.recipients.clear();
    std::string expected;
    std::vector<std::string> names;
    for (const size_t input : made.inputs) {
      const ControlOracle::Case& one = oracle_.cases[input];
      names.push_back(one.report.name());
      if (made.handling != v1::HANDLING_H5 && made.handling > one.handling)
        expected = "PRODUCT_LOOSER_THAN_INPUT";
    }
    if (!oracle_.Stand(made)) expected = "REPORT_NOT_ACTIVE";
    for (const size_t input : made.inputs) {
      if (!oracle_.Holds(oracle_.cases[input], made.maker)) expected = "NOT_FOUND";
    }
    const Caller maker = As(made.maker);
    const auto request =
        NewProduct(maker, names, made.handling, {made.recipients.begin(), made.recipients.end()});
    ASSERT_EQ(Make(request, maker, &made.product), expected) << where_;
    if (!expected.empty()) return;
    ASSERT_EQ(Move(maker, &made.product, v1::ReviewProductRequest()), "");
    if (made.sanitised) {
      ASSERT_EQ(Sanitise(&made.product, maker), "") << where_;
      std::set<std::string> agreed = {made.maker};
      for (const size_t input : made.inputs) {
        const std::string& originator = oracle_.cases[input].originator;
        if (!agreed.insert(originator).second) continue;
        v1::Product theirs = made.product;
        ASSERT_EQ(Agree(&theirs, As(originator)), "") << where_;
        made.product.set_etag(theirs.etag());
      }
    }
    const Caller approver = made.maker == kBureau ? coordinator_ : Police(made.maker, "second");
    ASSERT_EQ(Move(approver, &made.product, v1::ApproveProductRequest()), "") << where_;
    oracle_.products.push_back(made);
  }
  v1::Product Current(const std::string& name, const Caller& caller) {
    v1::GetProductRequest request;
    request.set_name(name);
    return Call<v1::Product>(caller, request).value_or(v1::Product());
  }
  void IssueOne(ControlOracle::Product& one) {
    std::string to = Any();
    if (Chance(2) && !one.recipients.empty()) to = *one.recipients.begin();
    if (one.withdrawn || one.issued.contains(to) || to == one.maker) return;
    const bool may = oracle_.MayHave(one, to, true);
    // A recall of an input has changed it since.
    one.product.set_etag(Current(one.product.name(), As(one.maker)).etag());
    const std::string rule = Issue(&one.product, As(one.maker), {to});
    ASSERT_EQ(rule.empty(), may) << where_ << " " << rule;
    if (may) one.issued.insert(to);
    if (Chance(40)) {
      ASSERT_EQ(Move(As(one.maker), &one.product, v1::WithdrawProductRequest()), "") << where_;
      one.withdrawn = true;
    }
  }
  void EverybodyOpens(const ControlOracle::Case& one) {
    if (one.copies.empty()) return;
    const ControlOracle::Copy& copy = one.copies[random_() % one.copies.size()];
    for (const auto& agency : agencies_) {
      v1::ReportCopy read;
      const std::string rule = Open(copy.copy, Police(agency), &read);
      const bool may = agency == copy.copy.to_agency() && oracle_.Opens(one, copy);
      // The originator has its own log, without contents.
      ASSERT_EQ(rule, may || agency == one.originator ? "" : "NOT_FOUND") << where_ << " " << agency;
      ASSERT_EQ(read.has_content(), may) << where_;
      ++(may ? opened_ : closed_);
    }
  }
  void EverybodyReads(const ControlOracle::Product& one) {
    v1::GetProductRequest get;
    get.set_name(one.product.name());
    for (const auto& agency : agencies_) {
      v1::ProductCopy copy;
      const std::string rule = ReadCopy(one.product, Police(agency), &copy);
      const bool may = one.issued.contains(agency) && !one.withdrawn && oracle_.MayHave(one, agency);
      ASSERT_EQ(rule, may ? "" : "NOT_FOUND") << where_ << " " << agency;
      ASSERT_EQ(copy.text().empty(), !may) << where_;
      ++(may ? products_read_ : closed_);
      // What is made of reports is open to its maker while it has them all, and to nobody else.
      bool holds = agency == one.maker && oracle_.Stand(one);
      for (const size_t input : one.inputs) holds = holds && oracle_.Holds(oracle_.cases[input], agency);
      const auto seen = Call<v1::Product>(Police(agency), get);
      ASSERT_EQ(seen.ok() && !seen->text().empty(), holds) << where_ << " " << agency;
    }
  }

  const unsigned seed_ = testing::SeedOr(20261124);
  std::mt19937 random_{seed_};
  const std::vector<std::string> agencies_ = {"ps-york", "ps-peel", "ps-durham", "ps-halton", "ps-toronto"};
  ControlOracle oracle_;
  std::string where_;
  int opened_ = 0, closed_ = 0, onward_ = 0, products_read_ = 0;
};

// The test tries random originators, sharers, releases, emergencies, recalls, categories and products.
TEST_F(Model, NobodyEverReadsWhatItsOriginatorDoesNotAllowNow) {
  oracle_.members = {agencies_.begin(), agencies_.end()};
  for (int step = 0; step < 8000; ++step) {
    where_ = absl::StrCat("seed ", seed_, " step ", step);
    if (oracle_.cases.empty() || (oracle_.cases.size() < 30 && Chance(100))) NewCase();
    ControlOracle::Case& one = AnyCase();
    switch (random_() % 13) {
      case 0:
        ChangeHandling(one);
        break;
      case 1:
      case 2:
        ShareOne(one);
        break;
      case 3:
        AskForRelease(one);
        break;
      case 4:
        RevokeRelease(one);
        break;
      case 5:
        RecallOne(one);
        break;
      case 6:
        ChangeCategory();
        break;
      case 7:
        DeclareEmergency(one);
        break;
      case 8:
        NewProductOf();
        break;
      case 9:
        if (!oracle_.products.empty()) IssueOne(oracle_.products[random_() % oracle_.products.size()]);
        break;
      case 10:
        if (!oracle_.products.empty()) EverybodyReads(oracle_.products[random_() % oracle_.products.size()]);
        break;
      case 11:
        AdmitOne(one);
        break;
      default:
        EverybodyOpens(one);
    }
    if (HasFatalFailure()) return;
  }
  std::printf("%d copies opened, %d products read, %d refused, %d shared onward\n", opened_, products_read_,
              closed_, onward_);
  EXPECT_GT(opened_, 50) << "seed " << seed_;
  EXPECT_GT(products_read_, 50) << "seed " << seed_;
  EXPECT_GT(closed_, 500) << "seed " << seed_;
  EXPECT_GT(onward_, 5) << "seed " << seed_;
}

}  // namespace
}  // namespace accord::intelligence
