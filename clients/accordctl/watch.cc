#include "clients/accordctl/watch.h"

#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace accord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr absl::Duration kFirstPause = absl::Milliseconds(200);

// Where an event stands in its stream, and where the request says after which one to begin.
struct Place {
  const FieldDescriptor* at = nullptr;
  const FieldDescriptor* after = nullptr;
};

Place PlaceOf(const Method& method) {
  for (const std::string name : {"sequence", "index"}) {
    const Place place{method.descriptor->output_type()->FindFieldByName(name),
                      method.descriptor->input_type()->FindFieldByName("after_" + name)};
    if (place.at != nullptr && place.after != nullptr) return place;
  }
  return {};
}

bool Passes(const absl::Status& status) {
  return status.ok() || absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status);
}

}  // namespace

absl::Status Follow(Client* client, const Method& method, Message* request,
                    const std::function<bool(const Message&)>& take, absl::Duration longest_pause) {
  const Place place = PlaceOf(method);
  const MessagePtr event = NewMessage(method.descriptor->output_type());
  bool wanted = true, seen = false;
  for (absl::Duration pause = kFirstPause;; pause = std::min(pause * 2, longest_pause)) {
    const absl::Status status = client->Stream(method.path, *request, event.get(), [&] {
      pause = kFirstPause;
      seen = true;
      if (place.after != nullptr) {
        request->GetReflection()->SetInt64(request, place.after,
                                           event->GetReflection()->GetInt64(*event, place.at));
      }
      return wanted = take(*event);
    });
    if (!wanted) return absl::OkStatus();
    if (place.after == nullptr || !Passes(status)) return status;
    std::cerr << "accordctl: the stream ended; connecting again"
              << (seen ? "\n" : ". What happens meanwhile is not shown: list it afterwards\n");
    absl::SleepFor(std::min(pause, longest_pause));
  }
}

}  // namespace accord::ctl
