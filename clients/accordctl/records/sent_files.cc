#include "clients/accordctl/records/sent_files.h"

#include <cstddef>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/zone.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

// If more files are sent in a day, the oldest are forgotten.
constexpr std::size_t kMostSent = 1000;

std::string SentFilesFile(const CommandSession& session) {
  return std::filesystem::path(session.contexts_file).parent_path() / "sent-files.json";
}

bool IsRemembered(const CommandSession& session, const Command& command, const RequestLine& line) {
  const auto id = line.one.find("request_id");
  const bool has_id = id != line.one.end() && !id->second.empty();
  return MakesRecord(command) && !line.file.empty() && !line.edits && !has_id && !session.dry_run;
}

// This gives a digest of sender, place and content: another parent or one more `--set` makes another record.
absl::StatusOr<std::string> DigestOf(const CommandSession& session, const Command& command, Json request) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session.context());
  request.erase("request_id");
  return Hex(Sha256(
      DumpJson(Json::array({context.address, context.actor, command.method.path, std::move(request)}))));
}

struct SentFile {
  std::string digest, name;
  absl::Time time;
};

// This gives the files of the last hours, oldest first; it is none if the file is missing or belongs to
// another user.
std::vector<SentFile> ReadSentFiles(const CommandSession& session, absl::Time now) {
  std::vector<SentFile> sent;
  const auto text = ReadFile(SentFilesFile(session));
  if (!text.ok()) return sent;
  const Json json = ParseJson(*text).value_or(nullptr);
  if (!json.is_array()) return sent;
  for (const Json& each : json) {
    if (!each.is_object()) continue;
    SentFile one{JsonTextAt(each, "digest"), JsonTextAt(each, "name"), absl::InfinitePast()};
    std::string error;
    const bool has_time = absl::ParseTime(absl::RFC3339_full, JsonTextAt(each, "time"), &one.time, &error);
    if (has_time && now - one.time < kSentFor) sent.push_back(std::move(one));
  }
  return sent;
}

}  // namespace

bool MakesRecord(const Command& command) {
  return command.body() != nullptr && command.method.rule.mutates() && !TakesName(command) &&
         command.response()->FindFieldByName("name") != nullptr;
}

absl::Status CheckNotSent(CommandSession* session, const Command& command, const RequestLine& line,
                          const Json& request, absl::Time now) {
  if (session->sends_again || !IsRemembered(*session, command, line)) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::string digest, DigestOf(*session, command, request));
  for (const SentFile& each : ReadSentFiles(*session, now)) {
    if (each.digest != digest) continue;
    return absl::AlreadyExistsError(
        Text("the file {{file}} made {{name}} already, at {{time}}; `{{command}}` shows it, and --again "
             "makes another one",
             {{"file", InputFileName(line.file)},
              {"time", TimeText(each.time)},
              {"name", each.name},
              {"command", absl::StrCat("accordctl ", NounOf(command).word, " get ", each.name)}}));
  }
  return absl::OkStatus();
}

void RememberSentFile(CommandSession* session, const Command& command, const RequestLine& line,
                      const Json& request, const std::string& name, absl::Time now) {
  if (name.empty() || !IsRemembered(*session, command, line)) return;
  const auto digest = DigestOf(*session, command, request);
  if (!digest.ok()) return;
  std::vector<SentFile> sent = ReadSentFiles(*session, now);
  sent.push_back({*digest, name, now});
  Json json = Json::array();
  for (std::size_t i = sent.size() > kMostSent ? sent.size() - kMostSent : 0; i < sent.size(); ++i) {
    json.push_back({{"digest", sent[i].digest},
                    {"name", sent[i].name},
                    {"time", absl::FormatTime(absl::RFC3339_full, sent[i].time, absl::UTCTimeZone())}});
  }
  WriteFile(SentFilesFile(*session), DumpJson(json, 2) + "\n", FileKind::kPrivate).IgnoreError();
}

}  // namespace accord::ctl
