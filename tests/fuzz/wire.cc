// This target feeds grpc-timeout, grpc-message, message frames and frames of HTTP/2 to the gateway's parsers.
// The first byte says which.
#include <algorithm>

#include "services/gateway/http2/frame_meter.h"
#include "services/gateway/http2/frame_watch.h"
#include "services/gateway/http2/grpc_headers.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using gateway::FormatGrpcTimeout;
using gateway::ParseGrpcTimeout;
using std::chrono::milliseconds;

constexpr std::size_t kLimit = 64;

void Timeouts(std::string_view text) {
  const auto parsed = ParseGrpcTimeout(text);
  if (!parsed) return;
  Hold(parsed->count() >= 0, "a timeout is not negative");
  const bool zero = std::all_of(text.begin(), text.end() - 1, [](char c) { return c == '0'; });
  Hold((parsed->count() == 0) == zero, "only a true 0 is 0");
  const std::string written = FormatGrpcTimeout(*parsed);
  const auto again = ParseGrpcTimeout(written);
  Hold(again.has_value(), "what is written can be read");
  Hold(*again <= *parsed, "a timeout never grows on its way");
  Hold(parsed->count() > 99'999'999 || *again == *parsed, "a timeout below a day keeps its milliseconds");
  Hold(FormatGrpcTimeout(*again) == written, "what is read is written the same");
}

void Messages(std::string_view text) {
  const std::string encoded = gateway::PercentEncode(text);
  Hold(std::all_of(encoded.begin(), encoded.end(), [](char c) { return c >= 0x20 && c <= 0x7e; }),
       "an encoded message is printable");
  Hold(gateway::PercentDecode(encoded) == text, "a message is what was encoded");
  Hold(gateway::PercentDecode(text).size() <= text.size(), "decoding never grows");
  gateway::GrpcStatusIn({{"grpc-status", std::string(text)}});
}

// It makes no difference how the bytes are divided among reads.
void Frames(std::string_view bytes, std::size_t cut) {
  using Meter = gateway::FrameMeter;
  const bool many = (cut & 1) == 0;
  Meter whole(kLimit, many), halves(kLimit, many);
  const std::string_view head = bytes.substr(0, cut % (bytes.size() + 1));
  const Meter::Fault one = whole.Take(bytes);
  Meter::Fault two = halves.Take(head);
  if (two == Meter::Fault::kNone) two = halves.Take(bytes.substr(head.size()));
  Hold(one == two, "a cut changes no verdict");
  if (one != Meter::Fault::kNone) return;
  Hold(whole.whole() == halves.whole() && whole.messages() == halves.messages(), "a cut changes no end");
  Hold(many || whole.messages() <= 1, "where there is one message there are not two");
  Hold(whole.messages() <= bytes.size() / 5, "every message has its five bytes");
}

void Watched(std::string_view bytes, std::size_t cut) {
  gateway::FrameWatch whole, halves;
  const std::string_view head = bytes.substr(0, cut % (bytes.size() + 1));
  const auto one = whole.Take(bytes);
  const auto first = halves.Take(head), second = halves.Take(bytes.substr(head.size()));
  Hold(one.frames == first.frames + second.frames, "a cut changes no count of frames");
  Hold(one.data_bytes == first.data_bytes + second.data_bytes, "a cut changes no count of bytes");
  Hold(one.frames <= bytes.size() / 9 + 1 && one.data_bytes <= bytes.size(), "nothing is counted twice");
  Hold(whole.in_headers() == halves.in_headers(), "a cut changes no state");
}

}  // namespace

ACCORD_FUZZ_TARGET(wire, bytes) {
  Input input(bytes);
  switch (input.Byte()) {
    case 't':
      return Timeouts(input.rest());
    case 'm':
      return Messages(input.rest());
    case 'w': {
      const std::size_t cut = input.Byte();
      return Watched(input.rest(), cut);
    }
    default: {
      const std::size_t cut = input.Byte();
      return Frames(input.rest(), cut);
    }
  }
}

}  // namespace accord::fuzz
