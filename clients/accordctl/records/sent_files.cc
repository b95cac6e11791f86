#include "clients/accordctl/records/sent_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <utility>
#include <vector>

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

bool IsSentFileRemembered(const CommandSession& session, const Command& command, const RequestLine& line) {
  const auto id = line.one.find("request_id");
  const bool has_id = id != line.one.end() && !id->second.empty();
  return MakesRecord(command) && !line.file.empty() && !line.edits && !has_id && !session.dry_run;
}

// This waits for the lock of the file of digests, and holds it as long as the object lives. The lock is a
// file beside it, because each change puts another file in the place of the one before. Where it cannot be
// made, there is nothing that could be written either.
class SentFilesLock {
 public:
  explicit SentFilesLock(const std::string& sent_files)
      : file_(open((sent_files + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                   S_IRUSR | S_IWUSR)) {
    while (file_ >= 0 && flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~SentFilesLock() {
    if (file_ >= 0) close(file_);
  }
  SentFilesLock(const SentFilesLock&) = delete;
  SentFilesLock& operator=(const SentFilesLock&) = delete;

 private:
  const int file_;
};

struct SentFile {
  std::string digest, name;
  absl::Time time;
};

struct SentFiles {
  // These are 32 bytes in hex; it is empty while no file was sent.
  std::string salt;
  // They are ordered by time, oldest first.
  std::vector<SentFile> files;
};

// This gives a digest of sender, place and content: another parent or one more `--set` makes another record.
absl::StatusOr<std::string> SentFileDigest(const CommandSession& session, const Command& command,
                                           Json request, const std::string& salt) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session.context());
  request.erase("request_id");
  return Hex(HmacSha256(salt, DumpJson(Json::array({context.address, context.actor, command.method.path,
                                                    std::move(request)}))));
}

// This gives the files of the last hours; it is none if the file of digests is missing, belongs to another
// user, or has no salt, as a version before wrote it.
SentFiles ReadSentFiles(const CommandSession& session, absl::Time now) {
  SentFiles sent;
  const auto text = ReadFile(SentFilesFile(session));
  if (!text.ok()) return sent;
  const Json json = ParseJson(*text).value_or(nullptr);
  if (!json.is_object() || JsonTextAt(json, "salt").empty() || !json.contains("files")) return sent;
  sent.salt = JsonTextAt(json, "salt");
  for (const Json& each : json["files"]) {
    if (!each.is_object()) continue;
    SentFile one{JsonTextAt(each, "digest"), JsonTextAt(each, "name"), absl::InfinitePast()};
    std::string error;
    const bool has_time = absl::ParseTime(absl::RFC3339_full, JsonTextAt(each, "time"), &one.time, &error);
    if (has_time && now - one.time < kSentFor) sent.files.push_back(std::move(one));
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
  if (session->sends_again || !IsSentFileRemembered(*session, command, line)) return absl::OkStatus();
  SentFiles sent;
  {
    const SentFilesLock lock(SentFilesFile(*session));
    sent = ReadSentFiles(*session, now);
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string digest, SentFileDigest(*session, command, request, sent.salt));
  for (const SentFile& each : sent.files) {
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
  if (name.empty() || !IsSentFileRemembered(*session, command, line)) return;
  const std::string path = SentFilesFile(*session);
  // A first command may run before there is a folder.
  mkdir(std::filesystem::path(path).parent_path().c_str(), S_IRWXU);
  const SentFilesLock lock(path);
  SentFiles sent = ReadSentFiles(*session, now);
  if (sent.salt.empty()) sent.salt = Hex(RandomBytes(32));
  const auto digest = SentFileDigest(*session, command, request, sent.salt);
  if (!digest.ok()) return;
  sent.files.push_back({*digest, name, now});
  Json files = Json::array();
  const std::size_t count = sent.files.size();
  for (std::size_t i = count > kMostSent ? count - kMostSent : 0; i < count; ++i) {
    files.push_back(
        {{"digest", sent.files[i].digest},
         {"name", sent.files[i].name},
         {"time", absl::FormatTime(absl::RFC3339_full, sent.files[i].time, absl::UTCTimeZone())}});
  }
  const Json json = {{"salt", sent.salt}, {"files", std::move(files)}};
  WriteFile(path, DumpJson(json, 2) + "\n", FileKind::kPrivate).IgnoreError();
}

}  // namespace accord::ctl
