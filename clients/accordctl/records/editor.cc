#include "clients/accordctl/records/editor.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/file.h"

extern char** environ;

namespace accord::ctl {
namespace {

// This begins the lines that give the reason of the last refusal; no user's line begins with it.
constexpr char kEditorRefusalMark[] = "#! ";

// This gives the chosen editor; it is empty if none is set.
std::string ChosenEditor() {
  for (const char* variable : {"VISUAL", "EDITOR"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

std::string Editor() {
  const std::string chosen = ChosenEditor();
  return chosen.empty() ? "vi" : chosen;
}

// This checks for a terminal. A chosen editor may be a program; vi would wait for keys that nobody types.
absl::Status CheckEditorTerminal() {
  if (!ChosenEditor().empty() || (isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0))
    return absl::OkStatus();
  return absl::InvalidArgumentError(Text(
      "--edit opens an editor, and here is no terminal for it: write a file, which --template prints to fill "
      "in, and send it with -f, or name a program in $EDITOR"));
}

// While an editor runs, this process ignores Ctrl-C and Ctrl-\, so that interrupting the editor
// does not end the command with what was written. The editor itself reacts as usual.
class SignalsLeftToEditor {
 public:
  SignalsLeftToEditor() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigset_t restored;
    sigemptyset(&restored);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      sigaction(kSignals[i], &ignore, &before_[i]);
      if (before_[i].sa_handler != SIG_IGN) sigaddset(&restored, kSignals[i]);
    }
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigdefault(&attributes_, &restored);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~SignalsLeftToEditor() {
    posix_spawnattr_destroy(&attributes_);
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  }
  SignalsLeftToEditor(const SignalsLeftToEditor&) = delete;
  SignalsLeftToEditor& operator=(const SignalsLeftToEditor&) = delete;

  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  static constexpr std::array kSignals = {SIGINT, SIGQUIT};
  std::array<struct sigaction, kSignals.size()> before_{};
  posix_spawnattr_t attributes_{};
};

// This runs the editor. It may be a command with options, so a shell parses it; the path is passed as an
// argument and not parsed.
absl::Status RunEditor(const std::string& path) {
  std::string script = absl::StrCat(Editor(), " \"$1\"");
  std::string shell = "sh", option = "-c", name = "accordctl", file = path;
  char* arguments[] = {shell.data(), option.data(), script.data(), name.data(), file.data(), nullptr};
  pid_t child = 0;
  const SignalsLeftToEditor signals;
  if (posix_spawnp(&child, "sh", nullptr, signals.attributes(), arguments, environ) != 0) {
    return absl::InternalError("no shell can be started for the editor");
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return absl::InternalError("the editor was lost");
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the editor `", Editor(), "` did not end well; $VISUAL or $EDITOR names another one"));
}

// The file is in a folder of its own that only this user may enter, so that the editor's temporary
// files are protected too.
absl::StatusOr<std::string> WriteEditedFile(const std::string& text) {
  std::error_code error;
  std::string folder = std::filesystem::temp_directory_path(error).string();
  if (error) folder = "/tmp";
  std::string own = absl::StrCat(folder, "/accordctl-XXXXXX");
  if (mkdtemp(own.data()) == nullptr) {
    return absl::InternalError(absl::StrCat(folder, ": no folder can be made here for the editor"));
  }
  const std::string path = own + "/request.yaml";
  ACCORD_RETURN_IF_ERROR(WriteFile(path, text, FileKind::kSecret));
  return path;
}

std::string EditedTextWithoutRefusal(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  std::erase_if(lines, [](const std::string& line) { return absl::StartsWith(line, kEditorRefusalMark); });
  return absl::StrJoin(lines, "\n");
}

// This gives how many lines of the text belong to the last refusal.
int CountEditorRefusalLines(const std::string& text) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  return static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
    return absl::StartsWith(line, kEditorRefusalMark);
  }));
}

// This gives the text with every place in the file, `path:line`, moved by this many lines.
std::string WithEditedPlacesMoved(const std::string& text, const std::string& path, int by) {
  const std::string begin = path + ":";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at; (at = text.find(begin, done)) != std::string::npos;) {
    const std::size_t digits = at + begin.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789", digits), text.size());
    int line = 0;
    const bool is_place = absl::SimpleAtoi(text.substr(digits, end - digits), &line);
    absl::StrAppend(&out, text.substr(done, digits - done),
                    is_place ? absl::StrCat(line + by) : text.substr(digits, end - digits));
    done = end;
  }
  return out + text.substr(done);
}

// This gives the refusal as comments to put on top of what was saved, from which the previous comments are
// removed. Its places are those in the new text.
std::string EditorRefusalLines(const absl::Status& status, const std::string& path,
                               const std::string& saved) {
  const std::vector<std::string> said =
      absl::StrSplit(PrintError(status, Format::kTable), '\n', absl::SkipEmpty());
  // The last line says what to do, so there is one line more.
  const int more = static_cast<int>(said.size()) + 1 - CountEditorRefusalLines(saved);
  std::string out;
  for (const std::string& line : said)
    absl::StrAppend(&out, kEditorRefusalMark, WithEditedPlacesMoved(line, path, more), "\n");
  return absl::StrCat(out, kEditorRefusalMark, "Mend it and save; saved unchanged, nothing is sent.\n");
}

bool IsEmptyEditedFile(const std::string& text, const std::string& path) {
  const auto document = ParseYaml(text, path);
  return document.ok() && (document->is_null() || document->empty());
}

absl::Status WithEditedFileKept(const absl::Status& status, const std::string& path) {
  absl::Status told(status.code(),
                    absl::StrCat(std::string(status.message()), "; what you wrote stays in ", path));
  status.ForEachPayload([&told](auto type, const absl::Cord& payload) { told.SetPayload(type, payload); });
  return told;
}

bool CanBeMendedInEditor(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsFailedPrecondition(status) ||
         absl::IsAlreadyExists(status) || absl::IsOutOfRange(status);
}

}  // namespace

absl::Status EditAndSend(const std::string& text, const std::function<absl::Status(const std::string&)>& send,
                         std::string* kept) {
  ACCORD_RETURN_IF_ERROR(CheckEditorTerminal());
  ACCORD_ASSIGN_OR_RETURN(const std::string path, WriteEditedFile(text));
  std::string before = text, refused;
  for (;;) {
    const absl::Status edited = RunEditor(path);
    if (!edited.ok()) return WithEditedFileKept(edited, path);
    // The editor may have emptied or removed the file.
    const auto read = ReadInputFile(path, "what was to be sent");
    if (!read.ok()) return read.status();
    const std::string& saved = *read;
    // An editor that is a program may write the same text each time, without the refusal on top.
    const bool same = saved == before || (!refused.empty() && EditedTextWithoutRefusal(saved) == refused);
    if (same || IsEmptyEditedFile(saved, path)) {
      return WithEditedFileKept(absl::CancelledError(same ? "the file was saved unchanged: nothing was sent"
                                                          : "the file gives no field: nothing was sent"),
                                path);
    }
    const absl::Status sent = send(path);
    if (sent.ok() && kept != nullptr) {
      *kept = path;
      return sent;
    }
    if (sent.ok()) {
      std::error_code error;
      std::filesystem::remove_all(std::filesystem::path(path).parent_path(), error);
      return sent;
    }
    if (!CanBeMendedInEditor(sent)) return WithEditedFileKept(sent, path);
    refused = EditedTextWithoutRefusal(saved);
    before = EditorRefusalLines(sent, path, saved) + refused;
    const absl::Status written = WriteFile(path, before, FileKind::kSecret);
    if (!written.ok()) return WithEditedFileKept(sent, path);
  }
}

}  // namespace accord::ctl
