#include <random>
#include <set>

#include "common/testing/seed.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

constexpr char kBureau[] = "ci-ciso";

// What is true of a report, a copy or a product, in plain words: the oracle.
struct Oracle {
  struct Release {
    v1::ReleaseRequest request;
    std::string asker;
    std::set<std::string> covers;
    bool live = false, emergency = false;
  };
  struct Copy {
    v1::ReportCopy copy;
    // Index of the release that it was given under; -1: by the originator.
    int release;
  };
  struct Case {
    v1::Report report;
    std::string originator;
    v1::Handling handling = v1::HANDLING_H2;
    std::set<std::string> recipients = {};
    bool admitted = true, recalled = false;
    bool InUse() const { return admitted && !recalled; }
    std::vector<Release> releases = {};
    std::vector<Copy> copies = {};
  };
  struct Product {
    v1::Product product;
    std::string maker;
    std::vector<size_t> inputs;
    v1::Handling handling;
    std::set<std::string> recipients;
    bool sanitised, withdrawn = false;
    std::set<std::string> issued = {};
  };
  std::vector<Case> cases;
  std::vector<Product> products;
  std::set<std::string> members;

  bool Allows(v1::Handling handling, const std::set<std::string>& recipients,
              const std::string& agency) const {
    return (handling == v1::HANDLING_H3 && members.contains(agency)) ||
           (handling == v1::HANDLING_H2 && recipients.contains(agency));
  }
  bool Permits(const Case& one, const std::string& agency) const {
    return agency == one.originator || Allows(one.handling, one.recipients, agency);
  }
  static bool Covers(const Case& one, const Release& release, const std::string& agency) {
    return release.live && release.covers.contains(agency) &&
           (one.handling != v1::HANDLING_H1 || release.emergency);
  }
  bool Opens(const Case& one, const Copy& copy) const {
    const std::string& to = copy.copy.to_agency();
    if (!one.InUse()) return false;
    return copy.release < 0 ? Permits(one, to)
                            : Covers(one, one.releases[static_cast<size_t>(copy.release)], to);
  }
  bool Holds(const Case& one, const std::string& agency) const {
    if (agency == one.originator) return true;
    if (agency == kBureau) return !one.recalled;
    for (const Copy& copy : one.copies) {
      if (copy.copy.to_agency() == agency && Opens(one, copy)) return true;
    }
    return false;
  }
  static int ReleaseTo(const Case& one, const std::string& from, const std::string& to) {
    for (size_t i = 0; i < one.releases.size(); ++i) {
      if (one.releases[i].asker == from && Covers(one, one.releases[i], to)) return static_cast<int>(i);
    }
    return -1;
  }
  bool Stand(const Product& product) const {
    bool stand = true;
    for (const size_t input : product.inputs) stand = stand && cases[input].InUse();
    return stand;
  }
  // Or, while it is issued, be given: a maker is not told who holds an input by somebody else's hand.
  bool MayHave(const Product& product, const std::string& to, bool issuing = false) const {
    if (!Stand(product)) return false;
    if (product.sanitised && product.handling == v1::HANDLING_H5) return true;
    if (!Allows(product.handling, product.recipients, to)) return false;
    if (product.sanitised) return true;
    bool may = members.contains(to);
    for (const size_t input : product.inputs) {
      const Case& one = cases[input];
      const bool given =
          product.maker == one.originator
              ? Permits(one, to)
              : (issuing ? to == one.originator : Holds(one, to)) || ReleaseTo(one, product.maker, to) >= 0;
      may = may && one.InUse() && Holds(one, product.maker) && given;
    }
    return may;
  }
};

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
  Oracle::Case& AnyCase() { return oracle_.cases[random_() % oracle_.cases.size()]; }

  void NewCase() {
    const std::string originator = Any();
    oracle_.cases.push_back({Submitted(originator), originator});
    Oracle::Case& one = oracle_.cases.back();
    one.admitted = !Chance(3);
    if (one.admitted) Admit(&one.report);
  }
  // What is not admitted, or is taken back first, waits for the bureau.
  void AdmitOne(Oracle::Case& one) {
    if (one.admitted || one.recalled || !Chance(20)) return;
    Admit(&one.report);
    one.admitted = true;
  }
  void ChangeHandling(Oracle::Case& one) {
    if (one.recalled || !Chance(3)) return;
    one.handling = Chance(4) ? v1::HANDLING_H1 : Chance(4) ? v1::HANDLING_H3 : v1::HANDLING_H2;
    one.recipients = one.handling == v1::HANDLING_H2 ? Some(3) : std::set<std::string>();
    EXPECT_EQ(Handle(&one.report, one.handling, {one.recipients.begin(), one.recipients.end()},
                     Police(one.originator)),
              "");
  }
  void ShareOne(Oracle::Case& one) {
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
    } else if ((release = Oracle::ReleaseTo(one, from, to)) < 0) {
      expected = "NO_RELEASE";
    }
    Oracle::Copy copy{{}, release};
    ASSERT_EQ(Share(one.report, As(from), to, &copy.copy), expected) << where_;
    if (!expected.empty()) return;
    // The service takes one of several releases that cover it, and the model learns which.
    for (size_t i = 0; i < one.releases.size(); ++i) {
      if (one.releases[i].request.name() == copy.copy.release()) copy.release = static_cast<int>(i);
    }
    onward_ += release >= 0;
    one.copies.push_back(copy);
  }
  void AskForRelease(Oracle::Case& one) {
    const bool holder = Chance(2) && !one.copies.empty();
    Oracle::Release release;
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
  void DeclareEmergency(Oracle::Case& one) {
    if (!Chance(3)) return;
    v1::ProposeEmergencyReleaseRequest request;
    request.set_parent("agencies/ci-ciso");
    request.mutable_release_request()->set_report(one.report.name());
    request.mutable_release_request()->set_justification("a life is in danger");
    const std::string to = Any();
    request.mutable_release_request()->add_recipients(to);
    Oracle::Release release{{}, kBureau, {to}, true, true};
    ASSERT_EQ(Rule(Call<v1::ReleaseRequest>(director_, request), &release.request),
              one.recalled ? "NOT_FOUND" : "")
        << where_;
    if (one.recalled) return;
    ASSERT_EQ(Move(analyst_, &release.request, v1::ConfirmEmergencyReleaseRequest()), "") << where_;
    one.releases.push_back(release);
  }
  void RevokeRelease(Oracle::Case& one) {
    if (one.releases.empty()) return;
    auto& release = one.releases[random_() % one.releases.size()];
    ASSERT_EQ(Answer(&release.request, Police(one.originator), "revoke"),
              release.live ? "" : "STATE_NOT_PERMITTED")
        << where_;
    release.live = false;
  }
  void RecallOne(Oracle::Case& one) {
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
    Oracle::Product made{{}, Chance(3) ? kBureau : Any(), {}, v1::HANDLING_H2, Some(3), Chance(3)};
    for (size_t i = 0; i <= random_() % 2; ++i) made.inputs.push_back(random_() % oracle_.cases.size());
    if (made.sanitised && Chance(2)) made.handling = v1::HANDLING_H5;
    if (Chance(4)) made.handling = v1::HANDLING_H3;
    if (made.handling != v1::HANDLING_H2) made.recipients.clear();
    std::string expected;
    std::vector<std::string> names;
    for (const size_t input : made.inputs) {
      const Oracle::Case& one = oracle_.cases[input];
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
  void IssueOne(Oracle::Product& one) {
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
  void EverybodyOpens(const Oracle::Case& one) {
    if (one.copies.empty()) return;
    const Oracle::Copy& copy = one.copies[random_() % one.copies.size()];
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
  void EverybodyReads(const Oracle::Product& one) {
    v1::GetProductRequest get;
    get.set_name(one.product.name());
    for (const auto& agency : agencies_) {
      v1::ProductCopy copy;
      const std::string rule = ReadCopy(one.product, Police(agency), &copy);
      const bool may = one.issued.contains(agency) && !one.withdrawn && oracle_.MayHave(one, agency);
      ASSERT_EQ(rule, may ? "" : "NOT_FOUND") << where_ << " " << agency;
      ASSERT_EQ(copy.text().empty(), !may) << where_;
      ++(may ? products_read_ : closed_);
      // What is made of reports is open to its maker while it has them all, to nobody else.
      bool holds = agency == one.maker && oracle_.Stand(one);
      for (const size_t input : one.inputs) holds = holds && oracle_.Holds(oracle_.cases[input], agency);
      const auto seen = Call<v1::Product>(Police(agency), get);
      ASSERT_EQ(seen.ok() && !seen->text().empty(), holds) << where_ << " " << agency;
    }
  }

  const unsigned seed_ = testing::SeedOr(20261124);
  std::mt19937 random_{seed_};
  const std::vector<std::string> agencies_ = {"ps-york", "ps-peel", "ps-durham", "ps-halton", "ps-toronto"};
  Oracle oracle_;
  std::string where_;
  int opened_ = 0, closed_ = 0, onward_ = 0, products_read_ = 0;
};

// Random originators, sharers, releases, emergencies, recalls, categories and products.
TEST_F(Model, NobodyEverReadsWhatItsOriginatorDoesNotAllowNow) {
  oracle_.members = {agencies_.begin(), agencies_.end()};
  for (int step = 0; step < 8000; ++step) {
    where_ = absl::StrCat("seed ", seed_, " step ", step);
    if (oracle_.cases.empty() || (oracle_.cases.size() < 30 && Chance(100))) NewCase();
    Oracle::Case& one = AnyCase();
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
