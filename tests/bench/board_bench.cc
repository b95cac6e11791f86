// This measures the coordinator's board with 1,000 and with 100,000 accused, through the handlers of the
// prosecution service on SQLite, alternating between the two databases in one run.
// board_bench [--json FILE] [--large N] [--rounds R]
#include <cstdio>
#include <functional>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "services/prosecution/cases/seats.h"
#include "services/prosecution/testing/fixture.h"
#include "tests/bench/compare.h"

namespace accord::prosecution {
namespace {

constexpr const char* kRegions[] = {"central-east", "central-west", "east", "north", "toronto", "west"};

// This is the service with its database, filled with this many accused of one case.
class FilledBoard : public ProsecutionFixture {
 public:
  explicit FilledBoard(int count) : case_(Assigned()) {
    v1::Accused accused = Charged(case_);
    storage::Resources all("accused", &in_process_.page_tokens());
    const storage::Placement placement = {
        .owner = "cr-york", .state = "charged", .parties = {"cr-york", "cr-phtpt", "ps-york"}, .fields = {}};
    const Rules rules = RealRules();
    constexpr int kBatch = 5000;
    for (int done = 1; done < count;) {
      const int end = std::min(count, done + kBatch);
      const absl::Status status =
          in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
            for (int i = done; i < end; ++i) {
              const absl::Time now = in_process_.clock().Now();
              accused.set_name(absl::StrCat(case_.name(), "/accused/", NewId(now)));
              accused.set_court_region(kRegions[i % 6]);
              const storage::Write write{"cr-york", "a", absl::StrCat("fill-", i), now};
              ACCORD_RETURN_IF_ERROR(all.Insert(tx, &accused, write, placement));
              const BoardRow row{BoardSeats(rules, case_), accused.court_region(), "charged",
                                 FormatDay(absl::CivilDay(2027, 1, 1) + i % 900), accused.name()};
              ACCORD_RETURN_IF_ERROR(PutOnBoard(tx, row, true));
            }
            return absl::OkStatus();
          });
      bench::Require(status.ok());
      done = end;
    }
  }

  double FirstPage() { return Page("", ""); }
  double LaterPage() {
    if (token_.empty()) token_ = Ask("", "", 500).next_page_token();
    return Page("", token_);
  }
  double Region() { return Page("north", ""); }
  // Changes an accused, which moves on the board.
  double Move() {
    v1::Accused accused = Charged(case_);
    return bench::Timed([&] {
      bench::Require(Delay(&accused, "2026-02-01", "2026-03-01", v1::DELAY_POSITION_AGREED).empty());
    });
  }

 private:
  void TestBody() override {}
  v1::ListBoardResponse Ask(const std::string& region, const std::string& token, int size) {
    v1::ListBoardRequest request;
    request.set_court_region(region);
    request.set_page_token(token);
    request.set_page_size(size);
    return *Call<v1::ListBoardResponse>(coordinator_, request);
  }
  double Page(const std::string& region, const std::string& token) {
    return bench::Timed([&] { bench::Require(Ask(region, token, 50).accused_size() == 50); });
  }

  v1::Case case_;
  std::string token_;
};

void Run(int large, int rounds, const std::string& json_file) {
  FilledBoard small(1000);
  std::fprintf(stderr, "filling %d accused\n", large);
  FilledBoard big(large);
  std::vector<bench::Work> works;
  for (const auto& [name, work] : {std::pair{"first_page", &FilledBoard::FirstPage},
                                   {"later_page", &FilledBoard::LaterPage},
                                   {"one_region", &FilledBoard::Region},
                                   {"record_delay", &FilledBoard::Move}}) {
    works.push_back({name, std::bind_front(work, &small), std::bind_front(work, &big), 1.3});
  }
  bench::Compare("board", 1000, large, works, rounds, json_file);
}

}  // namespace
}  // namespace accord::prosecution

int main(int argc, char** argv) {
  CLI::App app("The coordinator's board over 1,000 and over 100,000 accused", "./accord bench board");
  int large = 100'000, rounds = 200;
  std::string json;
  app.add_option("--json", json, "One object a line");
  app.add_option("--large", large, "Accused in the large database [100000]");
  app.add_option("--rounds", rounds, "Calls of each kind [200]");
  CLI11_PARSE(app, argc, argv);
  accord::prosecution::Run(large, rounds, json);
}
