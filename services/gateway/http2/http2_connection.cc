#include "services/gateway/http2/http2_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "services/gateway/http2/header_pairs.h"

namespace accord::gateway {
namespace {

constexpr std::size_t kWriteChunk = 64 * 1024;
// One connection may not hold the loop longer than this many reads a turn.
constexpr int kReadsATurn = 8;
// Nor longer than this many writes: a peer that reads as fast as it is written to, with the answers of a
// whole budget waiting for it, would have the loop for tens of milliseconds.
constexpr int kWritesATurn = 8;
// A header list beyond its limit is refused; beyond so many times its limit, its connection is closed.
constexpr std::size_t kHopelessHeaders = 8;
// This many headers of a call have room beforehand; the list grows for more.
constexpr std::size_t kUsualHeaders = 16;
// A call is worth as many frames, and each KiB that it carries either way is worth one.
constexpr double kFramesACall = 8;
constexpr double kFramesAByte = 1.0 / 1024;
// A frame that breaks HTTP/2 within its stream, or opens a stream too many, costs as many: no quota of calls
// counts it.
constexpr double kFramesAFault = 16;
// Each byte of a header block can stand for a whole header that is decoded and checked, so 32 bytes of frames
// other than DATA cost as much as a frame. A call gets back what its headers cost.
constexpr double kFramesAnOtherByte = 1.0 / 32;
// Until it is granted more, a connection has this part of the burst.
constexpr double kFirstFrames = 0.2;
// A peer that is sent away for its frames has so long to read why.
constexpr Millis kLastWords{1000};
// HTTP/2 counts streams up to 2^31, by twos; a new connection takes over when half of them are used.
constexpr int32_t kLastStream = 1 << 30;

}  // namespace

// nghttp2's C callbacks; `user` is always the session's Http2Connection.
struct Http2Callbacks {
  static Http2Connection* Of(void* user) { return static_cast<Http2Connection*>(user); }

  static int OnBegin(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    if (frame->hd.type != NGHTTP2_HEADERS) return 0;
    Http2Connection::Incoming& incoming = Of(user)->incoming_;
    incoming = {.stream = frame->hd.stream_id, .headers = {}};
    incoming.headers.reserve(kUsualHeaders);
    return 0;
  }
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name, size_t name_size,
                      const uint8_t* value, size_t value_size, uint8_t, void* user) {
    Http2Connection::Incoming& incoming = Of(user)->incoming_;
    if (frame->hd.type != NGHTTP2_HEADERS || incoming.stream != frame->hd.stream_id) return 0;
    incoming.size += name_size + value_size + 32;
    if (incoming.size > Of(user)->shape_.max_header_bytes) {
      incoming.oversize = true;
      // Two bytes of a block can stand for 4 KiB that are decoded and checked: past this nobody is asking.
      const bool hopeless =
          Of(user)->shape_.server && incoming.size > kHopelessHeaders * Of(user)->shape_.max_header_bytes;
      return hopeless ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
    }
    incoming.headers.emplace_back(std::string(reinterpret_cast<const char*>(name), name_size),
                                  std::string(reinterpret_cast<const char*>(value), value_size));
    return 0;
  }
  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    Http2Connection* http2 = Of(user);
    const int32_t stream = frame->hd.stream_id;
    const bool end = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (http2->events_ == nullptr) return 0;
    if (frame->hd.type == NGHTTP2_HEADERS) {
      // Now, not at its end: a stream that was refused, or was no call at all, also ends.
      if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) http2->frames_left_ += kFramesACall;
      if (http2->incoming_.stream == stream) {
        // As much as its frames cost, and no more: a byte of them can stand for thousands that are decoded.
        http2->frames_left_ += static_cast<double>(frame->hd.length) * kFramesAnOtherByte;
        Http2Connection::Incoming incoming = std::exchange(http2->incoming_, {});
        http2->events_->OnHeaders(stream, std::move(incoming.headers), end, incoming.oversize);
      }
      if (end && http2->events_ != nullptr) http2->events_->OnEnd(stream);
    } else if (frame->hd.type == NGHTTP2_DATA) {
      if (end) http2->events_->OnEnd(stream);
    } else if (frame->hd.type == NGHTTP2_GOAWAY) {
      http2->events_->OnGoAway();
    }
    return 0;
  }
  static int OnInvalid(nghttp2_session*, const nghttp2_frame*, int, void* user) {
    Of(user)->frames_left_ -= kFramesAFault;
    Of(user)->faulty_ = true;
    return 0;
  }
  static int OnChunk(nghttp2_session* session, uint8_t, int32_t stream, const uint8_t* bytes, size_t size,
                     void* user) {
    // The connection's window is given back at once: what waits is bounded by the windows of the streams, and
    // no slow stream can starve its neighbours.
    nghttp2_session_consume_connection(session, size);
    Http2Connection* http2 = Of(user);
    if (http2->events_ != nullptr) {
      http2->events_->OnData(stream, {reinterpret_cast<const char*>(bytes), size});
    }
    return 0;
  }
  static int OnClose(nghttp2_session*, int32_t stream, uint32_t error_code, void* user) {
    Http2Connection* http2 = Of(user);
    http2->outgoing_.erase(stream);
    if (http2->incoming_.stream == stream) http2->incoming_ = {};
    if (http2->events_ != nullptr) http2->events_->OnStreamClosed(stream, error_code);
    return 0;
  }
  static int OnSent(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    const bool ends = (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA) &&
                      (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    // An answer that came before the end of its request: the rest of the request is not wanted.
    if (ends && Of(user)->shape_.server &&
        nghttp2_session_get_stream_remote_close(session, frame->hd.stream_id) == 0) {
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
    }
    return 0;
  }
  static ssize_t Read(nghttp2_session*, int32_t stream, uint8_t* buffer, size_t size, uint32_t* flags,
                      nghttp2_data_source*, void* user) {
    return Of(user)->Provide(stream, buffer, size, flags);
  }
};

std::shared_ptr<Http2Connection> Http2Connection::Open(EventLoop* loop, int fd, TlsContext context,
                                                       const Shape& shape, Events* events) {
  std::shared_ptr<Http2Connection> http2(new Http2Connection(loop, fd, std::move(context), shape, events));
  const std::weak_ptr<Http2Connection> weak = http2;
  if (shape.unacknowledged.count() > 0) {
    const auto limit = static_cast<unsigned int>(shape.unacknowledged.count());
    ::setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
  }
  http2->watch_ = loop->Watch(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, [weak](uint32_t ready) {
    if (const auto self = weak.lock()) self->OnReady(ready);
  });
  http2->handshake_timer_ = loop->After(shape.handshake, [weak] {
    if (const auto self = weak.lock(); self && !self->up_) self->Close();
  });
  return http2;
}

Http2Connection::Http2Connection(EventLoop* loop, int fd, TlsContext context, const Shape& shape,
                                 Events* events)
    : loop_(loop),
      fd_(fd),
      context_(std::move(context)),
      ssl_(SSL_new(context_.get())),
      shape_(shape),
      events_(events),
      frames_left_(shape.frame_burst * kFirstFrames) {
  SSL_set_fd(ssl_.get(), fd_);
  if (shape_.server) {
    SSL_set_accept_state(ssl_.get());
  } else {
    SSL_set_connect_state(ssl_.get());
  }
}

Http2Connection::~Http2Connection() {
  if (handshake_timer_) loop_->Cancel(*handshake_timer_);
  loop_->Forget(watch_, fd_);
  events_ = nullptr;
  nghttp2_session_del(session_);
  ssl_.reset();
  ::close(fd_);
}

void Http2Connection::Detach() {
  events_ = nullptr;
  Close();
}

bool Http2Connection::StartSession() {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_option* option = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return false;
  nghttp2_option_new(&option);
  nghttp2_option_set_no_auto_window_update(option, 1);
  // A client that opens calls only to reset them (CVE-2023-44487) is sent away: 500 at once, 100 a second.
  nghttp2_option_set_stream_reset_rate_limit(option, 500, 100);
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, Http2Callbacks::OnBegin);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, Http2Callbacks::OnHeader);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Http2Callbacks::OnFrame);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, Http2Callbacks::OnInvalid);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Http2Callbacks::OnChunk);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Http2Callbacks::OnClose);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, Http2Callbacks::OnSent);
  const int rc = shape_.server ? nghttp2_session_server_new2(&session_, callbacks, this, option)
                               : nghttp2_session_client_new2(&session_, callbacks, this, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  if (rc != 0) return false;
  std::vector<nghttp2_settings_entry> settings = {
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<uint32_t>(shape_.window)},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<uint32_t>(shape_.max_header_bytes)},
      {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, shape_.max_frame_bytes}};
  if (shape_.server) {
    settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, shape_.max_streams});
  } else {
    settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
  }
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, 4 * 1024 * 1024);
  return true;
}

bool Http2Connection::Handshake() {
  ERR_clear_error();
  const int rc = SSL_do_handshake(ssl_.get());
  if (rc != 1) {
    const int error = SSL_get_error(ssl_.get(), rc);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) Close();
    return false;
  }
  const unsigned char* protocol = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &protocol, &size);
  const auto peer = PeerOf(ssl_.get());
  if (size != 2 || std::memcmp(protocol, "h2", 2) != 0 || !peer || !StartSession()) {
    Close();
    return false;
  }
  up_ = true;
  if (events_ != nullptr) events_->OnUp(*peer);
  WantFlush();
  return !down_;
}

void Http2Connection::OnReady(uint32_t) {
  if (down_) return;
  // A handshake costs as much as many calls, and whoever it is asks for one.
  if (!up_ && shape_.server) return ShakeInLine();
  Advance();
}

void Http2Connection::ShakeInLine() {
  if (std::exchange(in_line_, true)) return;
  loop_->InLine([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->in_line_ = false;
    self->Advance();
  });
}

void Http2Connection::Advance() {
  if (down_ || (!up_ && !Handshake())) return;
  Receive();
  WantFlush();
}

void Http2Connection::Rest(Millis time) { rests_until_ = std::max(rests_until_, loop_->now() + time); }

bool Http2Connection::Resting() {
  const SteadyTime now = loop_->now();
  if (now >= rests_until_) return false;
  if (std::exchange(will_wake_, true)) return true;
  loop_->After(std::chrono::ceil<Millis>(rests_until_ - now), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->will_wake_ = false;
    self->OnReady(0);
  });
  return true;
}

void Http2Connection::Receive() {
  // Reused by all connections of the thread: what is read is parsed before the next read.
  static thread_local std::vector<uint8_t> buffer(32 * 1024);
  more_input_ = false;
  for (int i = 0; !down_ && !wasteful_; ++i) {
    if (Resting()) return;
    if (i == kReadsATurn) {
      more_input_ = true;
      return;
    }
    ERR_clear_error();
    const int got = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (got <= 0) {
      const int error = SSL_get_error(ssl_.get(), got);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) Close();
      return;
    }
    // Of what is no whole record nobody has vouched: bytes of it that drip in are silence.
    heard_ = loop_->now();
    pinged_.reset();
    if (shape_.server)
      CountFrames({reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(got)});
    if (nghttp2_session_mem_recv(session_, buffer.data(), static_cast<std::size_t>(got)) < 0) Close();
    EndIfWasteful();
    // Whose bytes were decoded for nothing has had the turn.
    if (std::exchange(faulty_, false)) {
      more_input_ = true;
      return;
    }
  }
}

void Http2Connection::WantFlush() {
  if (flush_wanted_ || down_) return;
  flush_wanted_ = true;
  loop_->Defer([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->flush_wanted_ = false;
    self->Flush();
    // Bytes OpenSSL has read ahead raise no edge: come back for them after the others had their turn.
    if (self->more_input_ && !self->down_) {
      self->loop_->Post([weak] {
        if (const auto again = weak.lock()) again->OnReady(0);
      });
      self->more_input_ = false;
    }
  });
}

void Http2Connection::CountFrames(std::string_view bytes) {
  const auto taken = frames_.Take(bytes);
  if (!frames_.in_headers()) {
    header_block_began_.reset();
  } else if (!header_block_began_) {
    header_block_began_ = heard_;
  }
  if (shape_.frame_burst <= 0) return;
  // What calls and bytes were worth is not saved up beyond the burst, or a connection that was busy for an
  // hour could send millions of frames at once.
  frames_left_ += static_cast<double>(taken.data_bytes) * kFramesAByte;
  frames_left_ = std::min(shape_.frame_burst, frames_left_) - static_cast<double>(taken.frames) -
                 static_cast<double>(taken.other_bytes) * kFramesAnOtherByte;
}

void Http2Connection::EndIfWasteful() {
  if (shape_.frame_burst <= 0 || frames_left_ >= 0) return;
  const double passed = std::chrono::duration<double>(heard_ - frames_filled_).count();
  frames_filled_ = heard_;
  frames_left_ = std::min(shape_.frame_burst, frames_left_ + passed * shape_.frames_per_second);
  if (frames_left_ >= 0) return;
  wasteful_ = true;
  nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
  WantFlush();
  // Who reads nothing lets no goodbye out, and would go on for as long.
  loop_->After(kLastWords, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Close();
  });
}

void Http2Connection::Tick(SteadyTime now) {
  if (!up_ || down_) return;
  if (shape_.header_block.count() > 0 && header_block_began_ &&
      now - *header_block_began_ >= shape_.header_block) {
    return Close();
  }
  if (shape_.ping.count() == 0 || now - heard_ < shape_.ping) return;
  if (pinged_) {
    if (now - *pinged_ >= shape_.ping) Close();
    return;
  }
  pinged_ = now;
  nghttp2_submit_ping(session_, NGHTTP2_FLAG_NONE, nullptr);
  WantFlush();
}

bool Http2Connection::Worn() const {
  return session_ != nullptr &&
         (shape_.server ? nghttp2_session_get_last_proc_stream_id(session_)
                        : static_cast<int32_t>(nghttp2_session_get_next_stream_id(session_))) > kLastStream;
}

bool Http2Connection::FlushBytes() {
  while (out_sent_ < out_.size()) {
    ERR_clear_error();
    const int put = SSL_write(ssl_.get(), out_.data() + out_sent_, static_cast<int>(out_.size() - out_sent_));
    if (put <= 0) {
      const int error = SSL_get_error(ssl_.get(), put);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) Close();
      return false;
    }
    out_sent_ += static_cast<std::size_t>(put);
    frames_left_ += put * kFramesAByte;
  }
  out_.clear();
  out_sent_ = 0;
  return true;
}

void Http2Connection::Flush() {
  if (!up_ || down_) return;
  for (int writes = 0; !down_; ++writes) {
    if (!FlushBytes()) return;
    if (writes == kWritesATurn) return FlushLater();
    while (out_.size() < kWriteChunk) {
      const uint8_t* bytes = nullptr;
      const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
      if (size < 0) return Close();
      if (size == 0) break;
      out_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }
    if (out_.empty()) break;
  }
  if (!down_ && nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0)
    Close();
}

void Http2Connection::FlushLater() {
  // The socket would take more now, so that no edge will tell of it.
  if (std::exchange(flush_planned_, true)) return;
  loop_->Post([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->flush_planned_ = false;
    self->WantFlush();
  });
}

ssize_t Http2Connection::Provide(int32_t stream, uint8_t* buffer, std::size_t size, uint32_t* flags) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end()) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  Outgoing& out = found->second;
  const std::size_t step = std::min(size, out.bytes.size() - out.sent);
  if (step == 0 && !out.finished) {
    out.asleep = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  std::memcpy(buffer, out.bytes.data() + out.sent, step);
  out.sent += step;
  if (out.sent == out.bytes.size()) {
    out.bytes.clear();
    out.sent = 0;
    if (out.finished) {
      *flags |= NGHTTP2_DATA_FLAG_EOF;
      if (!out.trailers.empty()) {
        *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        const auto pairs = Pairs(out.trailers);
        nghttp2_submit_trailer(session_, stream, pairs.data(), pairs.size());
      }
    }
  }
  if (out.was_high && out.bytes.size() - out.sent < kHighWater / 2) {
    out.was_high = false;
    // Put off: the event may write to this very stream.
    loop_->Defer([weak = weak_from_this(), stream] {
      if (const auto self = weak.lock(); self && self->events_ != nullptr) self->events_->OnDrained(stream);
    });
  }
  return static_cast<ssize_t>(step);
}

int32_t Http2Connection::Request(const Headers& headers) {
  if (!up_ || down_) return -1;
  const auto pairs = Pairs(headers);
  nghttp2_data_provider provider{.source = {.ptr = nullptr}, .read_callback = Http2Callbacks::Read};
  const int32_t stream =
      nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(), &provider, nullptr);
  if (stream > 0) {
    outgoing_[stream].open = true;
    WantFlush();
  }
  return stream;
}

void Http2Connection::Respond(int32_t stream, const Headers& headers, bool end) {
  if (session_ == nullptr || down_) return;
  const auto pairs = Pairs(headers);
  nghttp2_data_provider provider{.source = {.ptr = nullptr}, .read_callback = Http2Callbacks::Read};
  if (!end) outgoing_[stream].open = true;
  nghttp2_submit_response(session_, stream, pairs.data(), pairs.size(), end ? nullptr : &provider);
  WantFlush();
}

void Http2Connection::WakeStream(int32_t stream, Outgoing& outgoing) {
  if (outgoing.asleep) {
    outgoing.asleep = false;
    nghttp2_session_resume_data(session_, stream);
  }
  WantFlush();
}

void Http2Connection::Write(int32_t stream, std::string_view bytes) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end() || found->second.finished || down_) return;
  Outgoing& out = found->second;
  out.bytes.append(bytes);
  if (out.bytes.size() - out.sent >= kHighWater) out.was_high = true;
  WakeStream(stream, out);
}

void Http2Connection::Write(int32_t stream, std::string&& bytes) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end() || found->second.finished || down_) return;
  Outgoing& out = found->second;
  if (!out.bytes.empty()) return Write(stream, std::string_view(bytes));
  out.bytes = std::move(bytes);
  if (out.bytes.size() - out.sent >= kHighWater) out.was_high = true;
  WakeStream(stream, out);
}

std::size_t Http2Connection::Waiting(int32_t stream) const {
  const auto found = outgoing_.find(stream);
  return found == outgoing_.end() ? 0 : found->second.bytes.size() - found->second.sent;
}

void Http2Connection::Finish(int32_t stream, Headers trailers, bool drop) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end() || found->second.finished || down_) return;
  Outgoing& out = found->second;
  if (drop) {
    out.bytes.clear();
    out.sent = 0;
    // A peer that opens no window would keep the trailers, and so the stream, waiting for ever.
    if (nghttp2_session_get_stream_remote_window_size(session_, stream) <= 0 ||
        nghttp2_session_get_remote_window_size(session_) <= 0) {
      return Reset(stream, NGHTTP2_CANCEL);
    }
  }
  out.finished = true;
  out.trailers = std::move(trailers);
  WakeStream(stream, out);
}

void Http2Connection::Reset(int32_t stream, uint32_t error_code) {
  if (session_ == nullptr || down_) return;
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, error_code);
  WantFlush();
}

void Http2Connection::Consume(int32_t stream, std::size_t size) {
  if (session_ == nullptr || down_ || size == 0) return;
  nghttp2_session_consume_stream(session_, stream, size);
  WantFlush();
}

void Http2Connection::GoAway() {
  if (session_ == nullptr || down_) return;
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session_),
                        NGHTTP2_NO_ERROR, nullptr, 0);
  WantFlush();
}

void Http2Connection::Close() {
  if (down_) return;
  down_ = true;
  loop_->Forget(watch_, fd_);
  // The descriptor closes with the last reference, which this task holds past any nghttp2 callback on
  // the stack.
  loop_->Defer([self = shared_from_this()] {
    Events* events = self->events_;
    self->events_ = nullptr;
    // The peer learns of it now, whoever still holds the connection.
    ::shutdown(self->fd_, SHUT_RDWR);
    if (events != nullptr) events->OnDown();
  });
}

}  // namespace accord::gateway
