// This is either end of an HTTP/2 connection over mutual TLS: its handshake, frames, buffers and
// flow control.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_HTTP2_CONNECTION_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_HTTP2_CONNECTION_H_

#include <nghttp2/nghttp2.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/container/flat_hash_map.h"
#include "services/gateway/http2/event_loop.h"
#include "services/gateway/http2/fair_line.h"
#include "services/gateway/http2/frame_watch.h"
#include "services/gateway/http2/grpc_headers.h"
#include "services/gateway/http2/peer_certificate.h"
#include "services/gateway/http2/tls.h"

namespace accord::gateway {

// A stream may have this many bytes waiting to be sent before its source is held back.
inline constexpr std::size_t kHighWater = 128 * 1024;

// A connection belongs to one loop. Nothing is written before the end of a turn, so calls from within events
// are safe. Closing is deferred likewise, so an owner may drop its Http2Connection at any time after Detach.
class Http2Connection : public std::enable_shared_from_this<Http2Connection> {
 public:
  // All events come from the loop's thread; `stream` is HTTP/2's id.
  class Events {
   public:
    virtual ~Events() = default;
    virtual void OnUp(const PeerCertificate& peer) = 0;
    // `oversize` says that the list was larger than allowed and is cut.
    virtual void OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) = 0;
    virtual void OnData(int32_t stream, std::string_view bytes) = 0;
    virtual void OnEnd(int32_t stream) = 0;
    // This is called when fewer than kHighWater bytes wait to be sent again.
    virtual void OnDrained(int32_t stream) = 0;
    virtual void OnStreamClosed(int32_t stream, uint32_t error_code) = 0;
    virtual void OnGoAway() = 0;
    // This is called once, as the last event.
    virtual void OnDown() = 0;
  };
  struct Shape {
    bool server = true;
    // This is the address of the peer, by which handshakes are queued.
    std::string address{};
    uint32_t max_streams = 100;
    std::size_t max_header_bytes = 16 * 1024;
    // This is the largest frame that the peer may send; a long list of trailers then needs few of them.
    uint32_t max_frame_bytes = 16 * 1024;
    int32_t window = 256 * 1024;
    Millis handshake{5000};
    // This is how long the rest of a header block that has begun may take; 0 means any time.
    Millis header_block{0};
    // A peer that was silent for this long is sent a PING. If it does not answer within the same time, the
    // connection closes; 0 means never.
    Millis ping{0};
    // The connection closes if sent bytes are not acknowledged within this time; 0 means the
    // kernel's default.
    Millis unacknowledged{0};
    // These bound idle frames beyond what calls need: the burst that the peer may send at once, of which it
    // has a fifth until GrantFrames, and the number that it gains in a second. A burst of 0 means any number.
    double frame_burst = 0;
    double frames_per_second = 0;
  };

  // The connection takes the descriptor over.
  static std::shared_ptr<Http2Connection> Open(EventLoop* loop, int fd, TlsContext context,
                                               const Shape& shape, Events* events);
  ~Http2Connection();

  // No event comes after this; the connection closes.
  void Detach();
  // This sends a request whose body follows by Write and Finish, and gives its stream; it is negative if the
  // connection cannot take the request.
  int32_t Request(const Headers& headers);
  void Respond(int32_t stream, const Headers& headers, bool end);
  void Write(int32_t stream, std::string_view bytes);
  // This does the same without a copy if no bytes of the stream wait yet.
  void Write(int32_t stream, std::string&& bytes);
  std::size_t Waiting(int32_t stream) const;
  // With `drop`, what waits is thrown away first.
  void Finish(int32_t stream, Headers trailers, bool drop = false);
  void Reset(int32_t stream, uint32_t error_code);
  // This gives a stream's flow-control credit back.
  void Consume(int32_t stream, std::size_t size);
  // This reads nothing for this long, so that a peer that sends too much is slowed down to a bearable pace.
  void Rest(Millis time);
  // This lets the peer send this many more idle frames, up to the burst.
  void GrantFrames(double frames) { frames_left_ += frames; }
  double frames_left() const { return frames_left_; }
  void GoAway();
  void Close();
  bool down() const { return down_; }
  // This says whether the peer's greeting was read whole, and answered.
  bool greeted() const;
  // This is called about once a second and looks after silent peers and unfinished header blocks.
  void Tick(SteadyTime now);
  // This says whether so many streams were opened that their numbers run out soon and a new connection
  // is needed.
  bool StreamNumbersRunOut() const;
  // Tests make the next request take this stream number.
  void Age(int32_t next_stream) { nghttp2_session_set_next_stream_id(session_, next_stream); }

 private:
  struct Outgoing {
    std::string bytes;
    std::size_t sent = 0;
    bool open = false;
    bool finished = false;
    bool asleep = false;
    bool was_high = false;
    Headers trailers;
  };
  // This is the header block that is being read; blocks of different streams never mix.
  struct Incoming {
    int32_t stream = 0;
    Headers headers;
    std::size_t size = 0;
    bool oversize = false;
  };
  friend struct Http2Callbacks;
  // This is the number of frames for each byte that a call carries either way: one frame a KiB.
  static constexpr double kFramesAByte = 1.0 / 1024;

  Http2Connection(EventLoop* loop, int fd, TlsContext context, const Shape& shape, Events* events);
  bool StartSession();
  void OnReady(uint32_t events);
  // This goes on with a peer's handshake when it is its turn.
  void QueueHandshake();
  // This goes on with whatever there is to do.
  void Advance();
  bool Handshake();
  void Receive();
  // This says whether nothing is to be read now. Reading resumes by itself later.
  bool Resting();
  void Flush();
  bool FlushBytes();
  // This continues flushing after the other connections had their turn.
  void FlushLater();
  void WantFlush();
  // This counts the peer's frames, before they are read.
  void CountFrames(std::string_view bytes);
  // This ends the session if the peer sent too many idle frames.
  void EndIfWasteful();
  void WakeStream(int32_t stream, Outgoing& outgoing);
  ssize_t Provide(int32_t stream, uint8_t* buffer, std::size_t size, uint32_t* flags);

  EventLoop* loop_;
  int fd_;
  TlsContext context_;
  SslPtr ssl_;
  Shape shape_;
  Events* events_;
  nghttp2_session* session_ = nullptr;
  uint64_t watch_ = 0;
  std::optional<EventLoop::TimerId> handshake_timer_;
  bool up_ = false;
  bool down_ = false;
  // It is true once something came from the peer, or the news that the peer is gone.
  bool heard_once_ = false;
  // This is the connection's place among those whose handshake waits for its turn.
  std::optional<FairLine::Place> in_line_;
  // It is true once the connection had a turn as one that continues after its greeting.
  bool went_on_ = false;
  bool flush_wanted_ = false;
  bool flush_planned_ = false;
  bool more_input_ = false;
  bool faulty_ = false;
  // It is true once the peer was sent away for its frames; nothing more is read from it.
  bool wasteful_ = false;
  SteadyTime rests_until_ = SteadyTime::min();
  bool will_wake_ = false;
  SteadyTime heard_ = std::chrono::steady_clock::now();
  std::optional<SteadyTime> pinged_;
  FrameWatch frames_;
  std::optional<SteadyTime> header_block_began_;
  double frames_left_;
  SteadyTime frames_filled_ = heard_;
  std::string out_;
  std::size_t out_sent_ = 0;
  absl::flat_hash_map<int32_t, Outgoing> outgoing_;
  Incoming incoming_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_HTTP2_CONNECTION_H_
