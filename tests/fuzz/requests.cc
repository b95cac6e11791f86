// The input is a request as a service receives it. The first line is the path of its method, and the
// message's bytes follow.
#include <google/protobuf/descriptor.h>

#include "common/access/request_check.h"
#include "common/access/wire_scan.h"
#include "common/base/error.h"
#include "tests/fuzz/method.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using google::protobuf::Message;

bool Scanned(std::string_view bytes, const Message& message) {
  const absl::Status status = ScanRequest(bytes, *message.GetDescriptor());
  if (!status.ok()) Hold(!RuleOf(status).empty(), "the scan refuses by a rule");
  return status.ok();
}

}  // namespace

ACCORD_FUZZ_TARGET(requests, bytes) {
  Input input(bytes);
  const auto message = RequestOf(input.Line());
  const std::string_view wire = input.rest();
  const bool scanned = Scanned(wire, *message);
  // What the scan refuses is never parsed.
  if (!scanned || !message->ParseFromArray(wire.data(), static_cast<int>(wire.size()))) return;
  Hold(message->SpaceUsedLong() <= kScanMemoryBase + kScanMemoryFactor * wire.size(),
       "a scanned message takes no more than was promised");
  const absl::Status checked = CheckRequest(message.get());
  if (!checked.ok()) return Hold(!RuleOf(checked).empty(), "fields are refused by a rule");
  // An ordinary client would send these bytes.
  const std::string written = message->SerializeAsString();
  Hold(Scanned(written, *message), "what the field rules accept passes the scan");
  std::unique_ptr<Message> again(message->New());
  Hold(again->ParseFromString(written), "what is written can be read");
  Hold(CheckRequest(again.get()).ok(), "what is accepted once is accepted again");
  Hold(again->SerializeAsString() == written || again->ByteSizeLong() == written.size(),
       "a check changes nothing twice");
}

}  // namespace accord::fuzz
