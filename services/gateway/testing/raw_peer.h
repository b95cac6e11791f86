// This is a peer that speaks HTTP/2 over TLS by hand, and may break every rule of it.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_RAW_PEER_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_RAW_PEER_H_

#include <map>
#include <string>
#include <string_view>

#include "services/gateway/http2/grpc_headers.h"
#include "services/gateway/http2/tls.h"

struct nghttp2_hd_deflater;
struct nghttp2_hd_inflater;

namespace accord::gateway {

class RawPeer {
 public:
  // Connects and shakes hands; nothing of HTTP/2 is sent yet.
  RawPeer(int port, const host::v1::Tls& files);
  ~RawPeer();
  RawPeer(const RawPeer&) = delete;

  void SendBytes(std::string_view bytes);
  // This sends bytes below TLS, as they are.
  void SendUnsealed(std::string_view bytes);
  // This sends the client's preface and empty SETTINGS.
  void SendPreface();
  void SendFrame(int type, int flags, int32_t stream, std::string_view payload);
  void SendHeaders(int32_t stream, const Headers& headers, bool end = false);
  // This sends a gRPC request to EchoService with actor officer-1, without its body.
  void SendRequest(int32_t stream, const std::string& path, const Headers& extra = {});
  // This sends one whole message frame.
  void SendMessage(int32_t stream, std::string_view message, bool end = true);

  struct Frame {
    int type = -1;
    int flags = 0;
    int32_t stream = 0;
    std::string payload;
  };
  // This gives the next frame, of type -1 once the connection is closed. SETTINGS and PING are answered.
  Frame Next();
  // These are the trailers of a stream; `closed` is true if the connection or the stream was broken
  // off first.
  struct End {
    bool closed = false;
    uint32_t error_code = 0;
    Headers trailers = {};
    // This is the payload of all DATA frames until then.
    std::string body = {};
  };
  End AwaitEnd(int32_t stream);
  // This waits until the connection closes, and gives the error code of the GOAWAY that came before, or -1.
  int64_t AwaitGoAway();
  // This returns true once the connection closes, and false if nothing came for 10 seconds.
  bool AwaitClose();
  // It is true once a write failed, because the other end has closed.
  bool closed() const { return closed_; }
  // This cuts the connection with a TCP reset.
  void Reset();

 private:
  bool Read(std::string* bytes, std::size_t size);

  int fd_;
  bool closed_ = false;
  bool timed_out_ = false;
  TlsContext context_;
  SslPtr ssl_;
  nghttp2_hd_deflater* deflater_ = nullptr;
  nghttp2_hd_inflater* inflater_ = nullptr;
  std::map<int32_t, End> ends_;
  std::map<int32_t, std::string> bodies_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_RAW_PEER_H_
