// These tests list learners' records at an agency that both owns courses and employs learners, on each kind
// of database. Each of its people lists only the own part, with pages as if there were nothing else.
#include <algorithm>
#include <functional>

#include "common/access/names.h"
#include "common/testing/postgres.h"
#include "common/testing/walk.h"
#include "services/training/learner_record_store.h"
#include "services/training/placements.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using namespace annotations::v1;

class OwnRows : public TrainingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  struct Row {
    std::string name, owner, agency, learner;
    bool second;
  };
  OwnRows() : TrainingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {
    for (const char* owner : {"min-mol", "pc-opc"}) {
      for (const char* agency : {"min-mol", "ps-york"}) {
        for (const char* learner : {"chief", "p1", "p2", "registrar", "trainer"}) {
          for (const bool second : {false, true}) rows_.push_back({"", owner, agency, learner, second});
        }
      }
    }
  }
  static Caller Ministry(const std::string& actor, std::vector<Role> roles) {
    Caller caller = As("min-mol", AGENCY_KIND_MINISTRY, ROLE_LEARNER, actor);
    caller.roles = std::move(roles);
    return caller;
  }
  std::string NameOf(std::size_t row, const std::string& collection) const {
    return absl::StrCat("agencies/", rows_[row].owner, "/", collection, "/e", row);
  }
  void StoreEnrolments() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      v1::Enrolment enrolment;
      rows_[i].name = NameOf(i, "courses/c/offerings/o/enrolments");
      enrolment.set_name(rows_[i].name);
      enrolment.set_learner_agency(rows_[i].agency);
      enrolment.set_learner(rows_[i].learner);
      enrolment.set_state(rows_[i].second ? v1::ENROLMENT_STATE_ATTENDED : v1::ENROLMENT_STATE_ENROLLED);
      const std::string state = ShortName(v1::EnrolmentState_descriptor(), enrolment.state());
      testing::Store(&in_process_, "enrolment", &enrolment,
                     LearnerPlacement(rows_[i].name, state, rows_[i].agency, rows_[i].learner));
    }
  }
  void StoreCertificates() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      v1::CompletionCertificate certificate;
      rows_[i].name = NameOf(i, "completionCertificates");
      certificate.set_name(rows_[i].name);
      certificate.set_learner_agency(rows_[i].agency);
      certificate.set_learner(rows_[i].learner);
      certificate.set_status(rows_[i].second ? v1::CERTIFICATE_STATUS_REVOKED : v1::CERTIFICATE_STATUS_VALID);
      const std::string state = ShortName(v1::CertificateStatus_descriptor(), certificate.status());
      testing::Store(&in_process_, "certificate", &certificate,
                     LearnerPlacement(rows_[i].name, state, rows_[i].agency, rows_[i].learner));
    }
  }
  // This reads all pages, each of which must be full except the last one.
  template <class Response, class Request, class Items>
  std::vector<std::string> Pages(const Caller& caller, Request request, const Items& items) {
    std::vector<std::string> names;
    request.set_page_size(3);
    do {
      const Response page = Must(Call<Response>(caller, request));
      for (const auto& item : items(page)) names.push_back(item.name());
      request.set_page_token(page.next_page_token());
      EXPECT_TRUE(request.page_token().empty() || items(page).size() == 3)
          << Response::descriptor()->name() << " " << caller.actor;
    } while (!request.page_token().empty());
    return names;
  }
  std::vector<std::string> Enrolments(const Caller& caller, v1::EnrolmentState state = {},
                                      const std::string& offering = "") {
    v1::ListEnrolmentsRequest request;
    request.set_state(state);
    request.set_offering(offering);
    return Pages<v1::ListEnrolmentsResponse>(caller, request,
                                             [](const auto& page) { return page.enrolments(); });
  }
  std::vector<std::string> Certificates(const Caller& caller, v1::CertificateStatus status = {}) {
    v1::ListCompletionCertificatesRequest request;
    request.set_status(status);
    return Pages<v1::ListCompletionCertificatesResponse>(
        caller, request, [](const auto& page) { return page.completion_certificates(); });
  }
  // This gives the names of the rows that are `of` this caller, in order.
  std::vector<std::string> Rows(const std::function<bool(const Row&)>& of) const {
    std::vector<std::string> names;
    for (const Row& row : rows_) {
      if (of(row)) names.push_back(row.name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::vector<Row> rows_;
};

INSTANTIATE_TEST_SUITE_P(Databases, OwnRows, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(OwnRows, OfEnrolmentsAreAStaffsCoursesALeadsPeopleAndEverybodysOwn) {
  StoreEnrolments();
  const auto owned = [](const Row& row) { return row.owner == "min-mol"; };
  const auto employed = [](const Row& row) { return row.agency == "min-mol"; };
  const auto own = [&](const std::string& actor) {
    return [employed, actor](const Row& row) { return employed(row) && row.learner == actor; };
  };
  for (const Caller& caller :
       {Ministry("trainer", {ROLE_TRAINER}), Ministry("registrar", {ROLE_TRAINING_ADMIN})}) {
    const auto seen = [&](const Row& row) { return owned(row) || own(caller.actor)(row); };
    EXPECT_EQ(Enrolments(caller), Rows(seen)) << caller.actor;
    EXPECT_EQ(Enrolments(caller, v1::ENROLMENT_STATE_ATTENDED),
              Rows([&](const Row& row) { return seen(row) && row.second; }))
        << caller.actor;
  }
  const Caller lead = Ministry("chief", {ROLE_MINISTRY_LEAD});
  EXPECT_EQ(Enrolments(lead), Rows(employed));
  EXPECT_EQ(Enrolments(lead, v1::ENROLMENT_STATE_ENROLLED),
            Rows([&](const Row& row) { return employed(row) && !row.second; }));
  EXPECT_EQ(Enrolments(Ministry("chief", {ROLE_MINISTRY_LEAD, ROLE_TRAINER})),
            Rows([&](const Row& row) { return owned(row) || employed(row); }));
  EXPECT_EQ(Enrolments(Ministry("p1", {ROLE_LEARNER})), Rows(own("p1")));
}

TEST_P(OwnRows, OfOneOfferingAreThoseOfItAloneThatTheCallerListsAnyway) {
  StoreEnrolments();
  const auto employed = [](const Row& row) { return row.agency == "min-mol"; };
  const Caller trainer = Ministry("trainer", {ROLE_TRAINER}), lead = Ministry("chief", {ROLE_MINISTRY_LEAD});
  const Caller both = Ministry("chief", {ROLE_MINISTRY_LEAD, ROLE_TRAINER});
  for (const std::string owner : {"min-mol", "pc-opc"}) {
    const std::string offering = absl::StrCat("agencies/", owner, "/courses/c/offerings/o");
    const auto there = [&](const Row& row) { return row.owner == owner; };
    const auto taught = [&](const Row& row) { return there(row) && owner == "min-mol"; };
    const auto own = [&](const Row& row) { return there(row) && employed(row) && row.learner == "trainer"; };
    const auto people = [&](const Row& row) { return there(row) && employed(row); };
    EXPECT_EQ(Enrolments(trainer, {}, offering),
              Rows([&](const Row& row) { return taught(row) || own(row); }));
    EXPECT_EQ(Enrolments(trainer, v1::ENROLMENT_STATE_ATTENDED, offering),
              Rows([&](const Row& row) { return row.second && (taught(row) || own(row)); }));
    EXPECT_EQ(Enrolments(lead, {}, offering), Rows(people));
    EXPECT_EQ(Enrolments(both, {}, offering),
              Rows([&](const Row& row) { return taught(row) || people(row); }));
    // Names that merely begin alike belong to another offering.
    EXPECT_TRUE(Enrolments(both, {}, offering.substr(0, offering.size() - 1) + "n").empty());
    EXPECT_TRUE(Enrolments(lead, {}, offering + "1").empty());
  }
}

TEST_P(OwnRows, OfOneLearnerAreThoseThatTheCallerListsAnyway) {
  const std::vector<Caller> callers = {
      Ministry("trainer", {ROLE_TRAINER}), Ministry("registrar", {ROLE_TRAINING_ADMIN}),
      Ministry("chief", {ROLE_MINISTRY_LEAD}), Ministry("chief", {ROLE_MINISTRY_LEAD, ROLE_TRAINING_ADMIN}),
      Ministry("p1", {ROLE_LEARNER})};
  // The list of one learner must equal the part of the caller's whole list that is about this learner.
  const auto compare = [&](const Caller& caller, const std::vector<std::string>& whole, const auto& of) {
    int listed = 0;
    for (const char* agency : {"min-mol", "ps-york"}) {
      for (const char* learner : {"chief", "p1", "p2", "registrar", "trainer", "nobody"}) {
        const auto among = [&](const Row& row) {
          return row.agency == agency && row.learner == learner &&
                 std::find(whole.begin(), whole.end(), row.name) != whole.end();
        };
        const std::vector<std::string> found = of(agency, learner);
        EXPECT_EQ(found, Rows(among)) << caller.actor << " of " << learner << " of " << agency;
        listed += static_cast<int>(found.size());
      }
    }
    EXPECT_EQ(listed, static_cast<int>(whole.size())) << caller.actor;
  };
  StoreEnrolments();
  for (const Caller& caller : callers) {
    compare(caller, Enrolments(caller), [&](const char* agency, const char* learner) {
      v1::ListEnrolmentsRequest request;
      request.set_learner_agency(agency);
      request.set_learner(learner);
      return Pages<v1::ListEnrolmentsResponse>(caller, request,
                                               [](const auto& page) { return page.enrolments(); });
    });
  }
  StoreCertificates();
  for (const Caller& caller : callers) {
    // A trainer lists nobody's certificates.
    if (caller.actor == "trainer") continue;
    compare(caller, Certificates(caller), [&](const char* agency, const char* learner) {
      v1::ListCompletionCertificatesRequest request;
      request.set_learner_agency(agency);
      request.set_learner(learner);
      return Pages<v1::ListCompletionCertificatesResponse>(
          caller, request, [](const auto& page) { return page.completion_certificates(); });
    });
  }
  v1::ListEnrolmentsRequest half;
  half.set_learner("p1");
  EXPECT_THAT(Call<v1::ListEnrolmentsResponse>(callers[0], half), RefusedBy(rules::kFieldInvalid));
}

TEST_P(OwnRows, OfCertificatesAreARegistrarsAgencysALeadsPeoplesAndEverybodysOwn) {
  StoreCertificates();
  const auto owned = [](const Row& row) { return row.owner == "min-mol"; };
  const auto employed = [](const Row& row) { return row.agency == "min-mol"; };
  const auto own = [&](const std::string& actor) {
    return [employed, actor](const Row& row) { return employed(row) && row.learner == actor; };
  };
  const Caller registrar = Ministry("registrar", {ROLE_TRAINING_ADMIN});
  const auto seen = [&](const Row& row) { return owned(row) || own("registrar")(row); };
  EXPECT_EQ(Certificates(registrar), Rows(seen));
  EXPECT_EQ(Certificates(registrar, v1::CERTIFICATE_STATUS_REVOKED),
            Rows([&](const Row& row) { return seen(row) && row.second; }));
  const Caller lead = Ministry("chief", {ROLE_MINISTRY_LEAD});
  EXPECT_EQ(Certificates(lead), Rows(employed));
  EXPECT_EQ(Certificates(lead, v1::CERTIFICATE_STATUS_VALID),
            Rows([&](const Row& row) { return employed(row) && !row.second; }));
  EXPECT_EQ(Certificates(Ministry("chief", {ROLE_MINISTRY_LEAD, ROLE_TRAINING_ADMIN})),
            Rows([&](const Row& row) { return owned(row) || employed(row); }));
  EXPECT_EQ(Certificates(Ministry("p1", {ROLE_LEARNER})), Rows(own("p1")));
}

TEST_P(OwnRows, OfALeadAreReadByTheIndexOfEmployers) {
  StoreEnrolments();
  const auto plan =
      in_process_.database().Transact([&](storage::Transaction& tx) -> absl::StatusOr<std::string> {
        std::vector<storage::Value> params;
        const storage::Bind bind = [&](storage::Value value) {
          params.push_back(std::move(value));
          return absl::StrCat(":p", params.size());
        };
        LearnerRecords of;
        of.kind = "enrolment";
        of.employer = "min-mol";
        const std::string sql = LearnerRecordsSql(of, tx.postgres(), bind, "agencies/a", 3);
        ACCORD_RETURN_IF_ERROR(tx.Exec("analyze").status());
        std::string text;
        if (tx.postgres()) {
          ACCORD_RETURN_IF_ERROR(tx.Exec("set local enable_seqscan = off").status());
          ACCORD_ASSIGN_OR_RETURN(auto lines, tx.QueryValues<std::string>("explain " + sql, params));
          for (const auto& [line] : lines) absl::StrAppend(&text, line, "\n");
        } else {
          ACCORD_ASSIGN_OR_RETURN(auto lines, (tx.QueryValues<int64_t, int64_t, int64_t, std::string>(
                                                  "explain query plan " + sql, params)));
          for (const auto& line : lines) absl::StrAppend(&text, std::get<3>(line), "\n");
        }
        return text;
      });
  ASSERT_OK(plan);
  EXPECT_THAT(*plan, ::testing::HasSubstr("visible_by_employer"));
  EXPECT_THAT(*plan, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
}

}  // namespace
}  // namespace accord::training
