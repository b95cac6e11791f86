// The input is whatever an agency's system may send after its handshake. The first byte has these bits:
//    1: the rest goes out as it is; otherwise it is frames in a form that leaves no length wrong, each with a
//       type, flags, a stream, two bytes of size, and the payload;
//    2: the client's preface and SETTINGS go first;
//    4: it goes in two pieces, the first as long as the second byte of the input says;
//    8: the connection is reset at the end;
//   16: answers are awaited before that.
#include "tests/fuzz/fuzzed_gateway.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

constexpr char kPreface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr std::string_view kSettings("\0\0\0\4\0\0\0\0\0", 9);
constexpr std::string_view kPing("\0\0\10\6\0\0\0\0\0fuzzdone", 17);

std::string Frame(Input* input) {
  const char type = static_cast<char>(input->Byte()), flags = static_cast<char>(input->Byte());
  const char stream = static_cast<char>(input->Byte());
  const std::string_view payload = input->Take(input->Number(2));
  std::string frame(1, '\0');
  frame += static_cast<char>(payload.size() >> 8);
  frame += static_cast<char>(payload.size() & 0xff);
  frame += type;
  frame += flags;
  frame += std::string(3, '\0') + stream;
  frame += payload;
  return frame;
}

}  // namespace

ACCORD_FUZZ_TARGET(frames, bytes) {
  Input input(bytes);
  const uint8_t mode = input.Byte();
  const std::size_t cut = (mode & 4) != 0 ? input.Byte() : 0;
  std::string out;
  if ((mode & 2) != 0) {
    out += kPreface;
    out += kSettings;
  }
  if ((mode & 1) != 0) {
    out += input.rest();
  } else {
    while (!input.empty()) out += Frame(&input);
  }
  {
    Peer peer = FuzzedGateway::Open().Connect();
    const std::size_t first = std::min(out.size(), cut);
    peer.Send(std::string_view(out).substr(0, first));
    peer.Send(std::string_view(out).substr(first));
    // Raw bytes may have ended within a frame, which a PING would only lengthen.
    if ((mode & 17) == 16) {
      peer.Send(kPing);
      Hold(peer.ReadUntil("fuzzdone"), "a connection goes on or ends");
    }
    if ((mode & 8) != 0) {
      peer.Reset();
    } else {
      Hold(peer.ReadToTheEnd(), "a connection ends when its peer has left");
    }
  }
  FuzzedGateway::Open().Settle();
}

}  // namespace accord::fuzz
