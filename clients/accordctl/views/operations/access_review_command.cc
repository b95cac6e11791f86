// `accordctl access-review people NAME` shows the people of a review beside what the log tells of their acts,
// and decisions on all of them who did act, or did not.
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/operations/access_review.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

constexpr char kNoun[] = "access-review";
// A request takes so many decisions.
constexpr std::size_t kDecisionsOfARequest = 500;

struct ReviewOptions {
  std::string name;
  int days = 90;
  bool keep_acting = false, disable_idle = false;
};

absl::Status TakeReviewAnswer(absl::StatusOr<MessagePtr> answer, ReviewView* view) {
  ACCORD_RETURN_IF_ERROR(answer.status());
  view->review = dynamic_cast<const registry::v1::AccessReview&>(**answer);
  return absl::OkStatus();
}

// This reads the newest entries first, until everybody was met or the time is through.
absl::Status ReadActs(CommandSession* session, absl::Time from, ReviewView* view) {
  const std::string agency = OwnerOf(view->review.name());
  Json request = {{"page_size", 500},
                  {"by_agency", agency},
                  {"newest_first", true},
                  {"from", absl::FormatTime(absl::RFC3339_full, from, absl::UTCTimeZone())}};
  int64_t moved_before = 0;
  std::string token;
  do {
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "list", "entries", request));
    const auto& page = dynamic_cast<const audit::v1::ListEntriesResponse&>(*answer);
    TakeActs(page, agency, &view->acts);
    moved_before = std::max<int64_t>(moved_before, page.moved_before());
    token = page.next_page_token();
  } while (!token.empty() && !AllActed(*view));
  view->log_read = true;
  view->since = FormatDay(OntarioDay(from));
  if (moved_before > 0 && !AllActed(*view)) {
    std::cerr << Text("entries of the log below {{index}} are in files and were not looked at",
                      {{"index", absl::StrCat(moved_before)}})
              << "\n";
  }
  return absl::OkStatus();
}

absl::Status SendDecisions(CommandSession* session, const ReviewOptions& options, ReviewView* view) {
  const Json decisions = DecisionsOf(*view, options.keep_acting, options.disable_idle);
  for (std::size_t sent = 0; sent < decisions.size(); sent += kDecisionsOfARequest) {
    Json some = Json::array();
    const std::size_t end = std::min(decisions.size(), sent + kDecisionsOfARequest);
    for (std::size_t i = sent; i < end; ++i) some.push_back(decisions[i]);
    ACCORD_RETURN_IF_ERROR(TakeReviewAnswer(Invoke(session, "decide", kNoun,
                                                   {{"name", view->review.name()},
                                                    {"etag", view->review.etag()},
                                                    {"decisions", some},
                                                    {"request_id", NewRequestId()}}),
                                            view));
  }
  return absl::OkStatus();
}

absl::Status ReviewPeople(CommandSession* session, const ReviewOptions& options) {
  const Command* get = FindCommand("get", kNoun);
  if (get == nullptr) return absl::UnimplementedError(absl::StrCat("no command get ", kNoun));
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, *get, options.name));
  ReviewView view;
  ACCORD_RETURN_IF_ERROR(TakeReviewAnswer(Invoke(session, *get, {{"name", name}}), &view));
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  if (OwnerOf(name) == client->agency()) {
    ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
    view.self = context.actor;
    ACCORD_RETURN_IF_ERROR(ReadActs(session, absl::Now() - absl::Hours(24) * options.days, &view));
  } else if (options.keep_acting || options.disable_idle) {
    return absl::InvalidArgumentError(
        "the log tells an agency's acts to that agency alone: decide on its people one by one, with "
        "`accordctl access-review decide`");
  }
  ACCORD_RETURN_IF_ERROR(SendDecisions(session, options, &view));
  if (session->format() == Format::kName) {
    for (const auto& person : view.review.people()) std::cout << person.actor() << "\n";
  } else if (session->format() == Format::kTable) {
    std::cout << ReviewTable(view);
  } else {
    std::cout << PrintDocument(ReviewJson(view), session->format());
  }
  return absl::OkStatus();
}

}  // namespace

void AddAccessReviewCommand(CLI::App* app, CommandSession* session) {
  CLI::App* of_noun = AddCommand(app, session, kNoun, "", nullptr)->group("");
  auto options = std::make_shared<ReviewOptions>();
  CLI::App* people = AddCommand(of_noun, session, "people",
                                "Show whom a review lists, and when each of them acted last by the log",
                                [=] { return ReviewPeople(session, *options); });
  people->add_option("NAME", options->name, "The review's name, or its last part")->required();
  people->add_option("--idle-days", options->days, "Who did not act for so many days is shown as idle")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  people->add_flag("--keep-acting", options->keep_acting,
                   "Decide to keep everybody but yourself who acted and on whom nobody has decided");
  people->add_flag("--disable-idle", options->disable_idle,
                   "Decide to disable everybody but yourself who did not act and on whom nobody has decided");
  people->footer(
      "Who may: administrators, for the purpose administration; `accordctl access-review sign`, by a privacy "
      "officer, puts in force what they decide.");
}

}  // namespace accord::ctl
