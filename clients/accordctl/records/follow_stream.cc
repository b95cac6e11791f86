#include "clients/accordctl/records/follow_stream.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr absl::Duration kFirstPause = absl::Milliseconds(200);
// This says how often a longer pause checks whether to stop.
constexpr absl::Duration kNap = absl::Milliseconds(100);

bool IsStreamStopped(const std::function<bool()>& stopped) { return stopped != nullptr && stopped(); }

// This reports once that a stream ended, however often it is retried, and once that it is back. Streams that
// end for the same reason, such as a lost gateway, report it once together.
class Interruption {
 public:
  Interruption() = default;
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption() { Leave(); }

  void Begin(const absl::Status& status, bool seen) {
    if (!why_.empty()) return;
    why_ = status.ok() ? Text("the stream ended") : ReasonLine(status);
    const std::lock_guard lock(*mutex_);
    if (Ended()[why_]++ > 0) return;
    std::cerr << "accordctl: " << why_ << " (" << Text("tried again until it is back") << ")"
              << (seen ? "" : " " + Text("What happens meanwhile is not shown: list it afterwards.")) << "\n";
  }
  void End() {
    if (!why_.empty() && Leave()) std::cerr << "accordctl: " << Text("the stream is back") << "\n";
  }

 private:
  // This says how many streams ended for each reason and are not back.
  static std::map<std::string, int>& Ended() {
    static auto* ended = new std::map<std::string, int>;
    return *ended;
  }
  // This returns true if it was the last one with its reason.
  bool Leave() {
    if (why_.empty()) return false;
    const std::lock_guard lock(*mutex_);
    const bool last = --Ended()[why_] == 0;
    why_.clear();
    return last;
  }

  static inline auto* const mutex_ = new std::mutex;
  // This is empty while the stream has not ended.
  std::string why_;
};

// This says which fields give an event's place in its stream, and the place in the request after which
// to begin.
struct StreamPlace {
  const FieldDescriptor* at = nullptr;
  const FieldDescriptor* after = nullptr;
  // This requests the position even when nothing happens, as an event without a name.
  const FieldDescriptor* progress = nullptr;

  void Keep(const Message& event, Message* request) const {
    const auto* from = event.GetReflection();
    const auto* to = request->GetReflection();
    if (after->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      to->SetString(request, after, from->GetString(event, at));
      return;
    }
    // A request from 0 means from now on, so -1 asks from the beginning: the first event is reported
    // again, and nothing is lost.
    const int64_t place = from->GetInt64(event, at);
    to->SetInt64(request, after, place == 0 ? -1 : place);
  }
  bool TellsOnlyProgress(const Message& event) const {
    if (progress == nullptr) return false;
    const auto* has = event.GetReflection();
    const auto* time = event.GetDescriptor()->FindFieldByName("time");
    const auto* name = event.GetDescriptor()->FindFieldByName("name");
    return name != nullptr ? has->GetString(event, name).empty()
                           : time != nullptr && !has->HasField(event, time);
  }
};

StreamPlace PlaceInStream(const Method& method) {
  const auto* event = method.descriptor->output_type();
  const auto* request = method.descriptor->input_type();
  for (const auto& [at, after] :
       {std::pair{"watch_token", "watch_token"}, {"sequence", "after_sequence"}, {"index", "after_index"}}) {
    const StreamPlace place{event->FindFieldByName(at), request->FindFieldByName(after),
                            request->FindFieldByName("progress")};
    if (place.at != nullptr && place.after != nullptr) return place;
  }
  return {};
}

}  // namespace

absl::Duration JitteredPause(absl::Duration pause) {
  const auto byte = static_cast<unsigned char>(RandomBytes(1)[0]);
  return pause * (0.5 + byte / 512.0);
}

absl::Status FollowStream(Client* client, const Method& method, Message* request,
                          const std::function<bool(const Message&)>& take, absl::Duration longest_pause,
                          const std::function<bool()>& stopped) {
  const StreamPlace place = PlaceInStream(method);
  const MessagePtr event = NewMessage(method.descriptor->output_type());
  bool wanted = true, seen = false;
  Interruption interruption;
  if (place.progress != nullptr) request->GetReflection()->SetBool(request, place.progress, true);
  for (absl::Duration pause = kFirstPause;; pause = std::min(pause * 2, longest_pause)) {
    const auto next = [&] {
      pause = kFirstPause;
      seen = true;
      interruption.End();
      if (place.after != nullptr) place.Keep(*event, request);
      if (place.TellsOnlyProgress(*event)) return true;
      return wanted = take(*event);
    };
    const absl::Status status = client->Stream(method.path, *request, event.get(), next, stopped);
    if (!wanted || IsStreamStopped(stopped)) return absl::OkStatus();
    if (place.after == nullptr || !(status.ok() || IsTemporary(status))) return status;
    interruption.Begin(status, seen);
    const absl::Time again = absl::Now() + JitteredPause(std::min(pause, longest_pause));
    while (absl::Now() < again && !IsStreamStopped(stopped))
      absl::SleepFor(std::min(again - absl::Now(), kNap));
    if (IsStreamStopped(stopped)) return absl::OkStatus();
  }
}

}  // namespace accord::ctl
