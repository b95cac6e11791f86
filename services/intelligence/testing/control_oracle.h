// This oracle states a second time, independently of the service, who may have what of intelligence.
#ifndef ACCORD_SERVICES_INTELLIGENCE_TESTING_CONTROL_ORACLE_H_
#define ACCORD_SERVICES_INTELLIGENCE_TESTING_CONTROL_ORACLE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "accord/intelligence/v1/resources.pb.h"

namespace accord::intelligence {

inline constexpr char kBureau[] = "ci-ciso";

// This oracle says in plain words what is true of a report, a copy or a product.
struct ControlOracle {
  struct Release {
    v1::ReleaseRequest request;
    std::string asker;
    std::set<std::string> covers;
    bool live = false, emergency = false;
  };
  struct Copy {
    v1::ReportCopy copy;
    // This is the index of the release under which the copy was given; it is -1 if the originator gave it.
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
  // While a product is issued, this says whether it may be given: a maker is not told who holds an input by
  // somebody else's hand.
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

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_TESTING_CONTROL_ORACLE_H_
