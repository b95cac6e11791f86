// The input is what people write for accordctl. The first line is the path of a method, and YAML or JSON
// follows. A first line that starts with `=` is an assignment of --set to the document that follows.
#include <sys/mman.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/assignment.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "tests/fuzz/method.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

absl::StatusOr<ctl::Json> Read(std::string_view text) {
  const int fd = ::memfd_create("body", 0);
  Hold(fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()),
       "memory is there");
  auto json = ctl::ReadInputDocument(absl::StrCat("/proc/self/fd/", fd));
  ::close(fd);
  return json;
}

void Written(const ctl::Json& json) {
  const auto again = Read(ctl::ToYaml(json));
  Hold(again.ok() && *again == json, "a document that is written is read back the same");
}

}  // namespace

ACCORD_FUZZ_TARGET(body, bytes) {
  Input input(bytes);
  const std::string head(input.Line());
  auto json = Read(input.rest());
  if (!json.ok()) return Hold(!json.status().message().empty(), "a fault is named");
  if (head.starts_with("=")) {
    (void)ctl::ApplyAssignment(&*json, head.substr(1));
    return;
  }
  Written(*json);
  const auto message = RequestOf(head);
  if (!ctl::FromJson(*json, message.get()).ok()) return;
  const auto again = RequestOf(head);
  const auto written = Read(ctl::ToYaml(ctl::ToJson(*message)));
  Hold(written.ok(), "what is written can be read");
  Hold(ctl::FromJson(*written, again.get()).ok(), "what is written is a message");
  Hold(again->SerializeAsString() == message->SerializeAsString(), "a message survives being written");
}

}  // namespace accord::fuzz
