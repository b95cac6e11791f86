#include "tests/pages/board_samples.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using prosecution::v1::Accused;
using protocols::v1::CoverageCell;

constexpr int kMany = 300;

const absl::CivilDay kToday(2026, 11, 26);

// This gives a clock of 18 or 30 months that has `days` left.
Accused AnAccused(const std::string& reference, const std::string& information, int days) {
  Accused accused;
  accused.set_name(absl::StrCat("agencies/cr-york/cases/01m8/accused/", information));
  accused.set_accused_ref(reference);
  accused.set_information_number(information);
  accused.set_police_service("ps-york");
  accused.set_court_region("central-east");
  accused.set_lead_crown("counsel");
  const bool superior = days > 180;
  accused.set_forum(superior ? prosecution::v1::FORUM_SCJ : prosecution::v1::FORUM_OCJ);
  accused.set_stage(superior ? prosecution::v1::STAGE_TRIAL_SCHEDULED : prosecution::v1::STAGE_PRETRIAL);
  auto* clock = accused.mutable_clock();
  clock->set_ceiling_months(superior ? 30 : 18);
  clock->set_days_to_ceiling(days);
  const absl::CivilDay ceiling = kToday + days, start = ceiling - (superior ? 913 : 548);
  clock->set_start(FormatDay(start));
  clock->mutable_conservative()->set_ceiling(FormatDay(ceiling));
  auto* stage = accused.add_stages();
  stage->set_stage(prosecution::v1::STAGE_CHARGED);
  stage->set_on(FormatDay(start));
  stage = accused.add_stages();
  stage->set_stage(prosecution::v1::STAGE_PRETRIAL);
  stage->set_on(FormatDay(start + 100));
  return accused;
}

void AddDelay(Accused* accused, int from, int to, prosecution::v1::DelayCause cause,
              prosecution::v1::DelayPosition position) {
  auto* delay = accused->add_delays();
  delay->set_from(FormatDay(kToday + from));
  delay->set_to(FormatDay(kToday + to));
  delay->set_cause(cause);
  delay->set_position(position);
}

BoardView FewOnTheBoard() {
  BoardView board{
      {}, {{"ps-york", "York Regional Police"}, {"ps-peel", "Peel Regional Police"}}, kToday, "", ""};
  board.accused = {AnAccused("accused-1", "26-4711", -12), AnAccused("accused-2", "26-4711", 0),
                   AnAccused("accused-3", "26-0815", 30),  AnAccused("", "26-0816", 61),
                   AnAccused("accused-5", "26-0900", 120), AnAccused("accused-6", "26-0901", 500)};
  AddDelay(&board.accused[0], -200, -140, prosecution::v1::DELAY_CAUSE_WAIVER,
           prosecution::v1::DELAY_POSITION_AGREED);
  AddDelay(&board.accused[0], -120, -90, prosecution::v1::DELAY_CAUSE_DISCRETE_EVENT,
           prosecution::v1::DELAY_POSITION_DISPUTED);
  board.accused[0].mutable_clock()->set_end(FormatDay(kToday + 40));
  board.accused[1].set_police_service("ps-peel");
  // These are an agency that the registry does not name, and a case without a lead.
  board.accused[4].set_police_service("ps-unknown");
  board.accused[5].clear_lead_crown();
  return board;
}

BoardView ManyOnTheBoard() {
  BoardView board = FewOnTheBoard();
  board.accused.clear();
  for (int i = 0; i < kMany; ++i) {
    board.accused.push_back(AnAccused(absl::StrCat("A", 101 + i), absl::StrCat("26-", 1101 + i), 4 * i - 40));
    if (i % 3 == 0) {
      AddDelay(&board.accused.back(), -200, -150, prosecution::v1::DELAY_CAUSE_DEFENCE_CAUSED,
               prosecution::v1::DELAY_POSITION_AGREED);
    }
  }
  return board;
}

BoardView HostileBoard() {
  BoardView board{{}, {{"ps-york", HostileText()}}, kToday, HostileText(), "trial_scheduled"};
  for (int i = 0; i < 20; ++i) {
    Accused accused = AnAccused(absl::StrCat("A", 901 + i, " ", HostileText()), absl::StrCat("26-", 1901 + i),
                                40 * i - 100);
    accused.set_court_region(HostileText());
    accused.set_lead_crown(HostileText());
    accused.set_name(HostileText());
    board.accused.push_back(std::move(accused));
  }
  return board;
}

CoverageCell ACell(const std::string& society, const std::string& service, protocols::v1::CoverageState state,
                   const std::vector<std::string>& territory) {
  CoverageCell cell;
  cell.set_society(society);
  cell.set_police_service(service);
  cell.set_state(state);
  for (const auto& code : territory) cell.add_territory(code);
  return cell;
}

// This gives 2026-11-26 16:30 in Ontario.
absl::Time Now() { return absl::FromCivil(absl::CivilSecond(2026, 11, 26, 16, 30, 0), OntarioZone()); }

Coverage FewOverlaps() {
  Coverage coverage;
  coverage.now = Now();
  coverage.agencies = {{"cas-york", "York Region Children's Aid Society"},
                       {"cas-peel", "Peel Children's Aid Society"},
                       {"cas-toronto", "Children's Aid Society of Toronto"},
                       {"ps-york", "York Regional Police"},
                       {"ps-peel", "Peel Regional Police"},
                       {"sv-york", "Victim Services of York Region"}};
  coverage.cells = {ACell("cas-york", "ps-york", protocols::v1::COVERAGE_STATE_IN_FORCE, {"york"}),
                    ACell("cas-york", "ps-opp", protocols::v1::COVERAGE_STATE_NONE, {"york", "simcoe"}),
                    ACell("cas-peel", "ps-peel", protocols::v1::COVERAGE_STATE_REVIEW_OVERDUE, {"peel"}),
                    ACell("cas-peel", "ps-opp", protocols::v1::COVERAGE_STATE_LAPSED, {"peel"}),
                    ACell("cas-toronto", "ps-york", protocols::v1::COVERAGE_STATE_IN_NEGOTIATION, {"york"})};
  coverage.unknown = {"sv-york"};
  return coverage;
}

Coverage ManyOverlaps() {
  Coverage coverage;
  coverage.now = Now();
  for (int i = 0; i < kMany; ++i) {
    const std::string society = absl::StrCat("cas-", i / 15),
                      service = absl::StrCat("ps-", (i % 15) * 3 + i / 15 % 3);
    coverage.agencies[society] = absl::StrCat("Children's Aid Society of the District of Number ", i / 15);
    coverage.agencies[service] =
        absl::StrCat("Regional Police Service of Number ", (i % 15) * 3 + i / 15 % 3);
    coverage.cells.push_back(ACell(society, service, static_cast<protocols::v1::CoverageState>(1 + i % 5),
                                   {absl::StrCat("T", 101 + i), "north district", "south district",
                                    "a township with a long name", absl::StrCat("end", 101 + i)}));
  }
  for (int i = 0; i < 40; ++i) coverage.unknown.push_back(absl::StrCat("sv-", i));
  return coverage;
}

Coverage HostileOverlaps() {
  Coverage coverage;
  coverage.now = Now();
  for (int i = 0; i < 20; ++i) {
    const std::string society = absl::StrCat("cas-", i), service = absl::StrCat("ps-", i % 4);
    coverage.agencies[society] = coverage.agencies[service] = HostileText();
    coverage.cells.push_back(
        ACell(society, service, static_cast<protocols::v1::CoverageState>(1 + i % 5),
              {absl::StrCat("T", 901 + i), HostileText(), absl::StrCat("end", 901 + i)}));
  }
  coverage.unknown = {HostileText()};
  return coverage;
}

}  // namespace

std::string HostileText() {
  return absl::StrCat(
      "</th></table><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;{{tables}}{{body}} ",
      // These are Hebrew and Arabic, an override, a zero-width space, a bell, and an end of line.
      "\u05d0\u05d1\u05d2 \u0639\u0631\u0628 \u202eright to left\u202c zero\u200bwidth\a\n",
      std::string(60, 'W'));
}

std::map<std::string, BoardView> BoardSamples() {
  return {{"none", {{}, {}, kToday, "", ""}},
          {"few", FewOnTheBoard()},
          {"many", ManyOnTheBoard()},
          {"hostile", HostileBoard()}};
}

std::map<std::string, Coverage> CoverageSamples() {
  Coverage none;
  none.now = Now();
  return {{"none", none}, {"few", FewOverlaps()}, {"many", ManyOverlaps()}, {"hostile", HostileOverlaps()}};
}

}  // namespace accord::ctl
