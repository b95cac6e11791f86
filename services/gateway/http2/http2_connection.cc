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

namespace accord::gateway {
namespace {

constexpr std::size_t kWriteChunk = 64 * 1024;
// One connection may not hold the loop longer than this many reads a turn.
constexpr int kReadsATurn = 8;
// Writes have the same limit: a peer that reads as fast as the gateway writes, with the answers of a whole
// budget waiting, would otherwise hold the loop for tens of milliseconds.
constexpr int kWritesATurn = 8;
// Until it is granted more, a connection has this part of the burst.
constexpr double kFirstFrames = 0.2;
// HTTP/2 counts streams up to 2^31, by twos; a new connection takes over when half of them are used.
constexpr int32_t kLastStream = 1 << 30;

}  // namespace

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
  const auto peer = PeerCertificateOf(ssl_.get());
  if (size != 2 || std::memcmp(protocol, "h2", 2) != 0 || !peer || !StartSession()) {
    Close();
    return false;
  }
  up_ = true;
  if (events_ != nullptr) events_->OnUp(*peer);
  WantFlush();
  return !down_;
}

bool Http2Connection::greeted() const {
  // A cipher is chosen once a greeting was read whole.
  return up_ || SSL_get_pending_cipher(ssl_.get()) != nullptr;
}

void Http2Connection::OnReady(uint32_t ready) {
  if (down_) return;
  heard_once_ = heard_once_ || (ready & ~static_cast<uint32_t>(EPOLLOUT)) != 0;
  // A handshake costs as much as many calls, and any stranger can ask for one; a silent peer has not asked
  // for one.
  if (up_ || !shape_.server) return Advance();
  if (heard_once_) QueueHandshake();
}

void Http2Connection::QueueHandshake() {
  if (in_line_) return;
  // The connection goes before others of its address once, when it answers the greeting; with more such turns
  // it could hold them up.
  const bool begun = greeted() && !std::exchange(went_on_, true);
  in_line_ = loop_->QueueByAddress(shape_.address, begun, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->in_line_.reset();
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
  // All connections of the thread share the buffer, because what is read is parsed before the next read.
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
    // Bytes that do not form a whole TLS record are not authenticated, so a trickle of them counts
    // as silence.
    heard_ = loop_->now();
    pinged_.reset();
    if (shape_.server)
      CountFrames({reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(got)});
    if (nghttp2_session_mem_recv(session_, buffer.data(), static_cast<std::size_t>(got)) < 0) Close();
    EndIfWasteful();
    // A peer whose bytes did not decode has used up its turn.
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
    // Bytes that OpenSSL has read ahead cause no epoll edge, so the connection returns to them after the
    // others had their turn.
    if (self->more_input_ && !self->down_) {
      self->loop_->Post([weak] {
        if (const auto again = weak.lock()) again->OnReady(0);
      });
      self->more_input_ = false;
    }
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

bool Http2Connection::StreamNumbersRunOut() const {
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
  // The socket would take more now, so no epoll edge will announce it.
  if (std::exchange(flush_planned_, true)) return;
  loop_->Post([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->flush_planned_ = false;
    self->WantFlush();
  });
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
  if (in_line_) loop_->LeaveQueue(*in_line_);
  // The descriptor closes with the last reference, which this task holds past any nghttp2 callback on
  // the stack.
  loop_->Defer([self = shared_from_this()] {
    Events* events = self->events_;
    self->events_ = nullptr;
    // The peer learns of the end now, even if somebody still holds the connection.
    ::shutdown(self->fd_, SHUT_RDWR);
    if (events != nullptr) events->OnDown();
  });
}

}  // namespace accord::gateway
