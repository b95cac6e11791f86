#include "tests/attack/peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "common/base/socket.h"
#include "services/gateway/testing/http2_frames.h"
#include "tests/attack/reply.h"

namespace accord::attack {
namespace {

using gateway::Number;
using gateway::NumberAt;

// The port is chosen only when the socket connects; otherwise each port would be unusable for a minute after
// its use.
bool ComeFrom(int fd, const std::string& from) {
  if (from.empty()) return true;
  const int later = 1;
  ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &later, sizeof later);
  sockaddr_in own = Loopback(0);
  return ::inet_pton(AF_INET, from.c_str(), &own.sin_addr) == 1 &&
         ::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0;
}

bool Wait(int fd, short events, double seconds) {
  pollfd one{.fd = fd, .events = events, .revents = 0};
  return ::poll(&one, 1, static_cast<int>(seconds * 1000)) > 0;
}

bool Shake(SSL* ssl, int fd, double seconds, std::string* why) {
  const auto start = Clock::now();
  for (;;) {
    const int done = SSL_connect(ssl);
    if (done == 1) return true;
    const int error = SSL_get_error(ssl, done);
    const double left = seconds - SecondsSince(start);
    if ((error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) || left <= 0 ||
        !Wait(fd, error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, left)) {
      const char* reason = ERR_reason_error_string(ERR_peek_error());
      if (why != nullptr) *why = left <= 0 ? "no handshake in time" : reason == nullptr ? "closed" : reason;
      ERR_clear_error();
      return false;
    }
  }
}

}  // namespace

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

int Dial(const Target& target) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(target.port);
  const timeval limit{.tv_sec = 3, .tv_usec = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (fd < 0 || !ComeFrom(fd, target.address) ||
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (fd >= 0) ::close(fd);
    return -1;
  }
  const int one = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
  return fd;
}

std::unique_ptr<Peer> Peer::Connect(const Target& target, const Manners& manners, double seconds,
                                    std::string* why) {
  std::unique_ptr<Peer> peer(new Peer);
  peer->manners_ = manners;
  peer->fd_ = Dial(target);
  if (peer->fd_ < 0) {
    if (why != nullptr) *why = "no connection";
    return nullptr;
  }
  peer->context_ = SSL_CTX_new(TLS_client_method());
  SSL_CTX* context = peer->context_;
  SSL_CTX_set_min_proto_version(context, manners.tls_version);
  SSL_CTX_set_max_proto_version(context, manners.tls_version);
  if (!manners.ciphers.empty()) SSL_CTX_set_cipher_list(context, manners.ciphers.c_str());
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_load_verify_locations(context, target.ca.c_str(), nullptr);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (!target.certificate.empty() &&
      (SSL_CTX_use_certificate_chain_file(context, target.certificate.c_str()) != 1 ||
       SSL_CTX_use_PrivateKey_file(context, target.key.c_str(), SSL_FILETYPE_PEM) != 1)) {
    if (why != nullptr) *why = "no such certificate or key: " + target.certificate;
    return nullptr;
  }
  const unsigned char alpn[] = {2, 'h', '2'};
  SSL_CTX_set_alpn_protos(context, alpn, sizeof alpn);
  peer->ssl_ = SSL_new(context);
  SSL_set_tlsext_host_name(peer->ssl_, "localhost");
  SSL_set_fd(peer->ssl_, peer->fd_);
  if (!Shake(peer->ssl_, peer->fd_, seconds, why)) return nullptr;
  nghttp2_hd_deflate_new(&peer->deflater_, 4096);
  nghttp2_hd_inflate_new(&peer->inflater_);
  peer->alive_ = true;
  peer->Bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  peer->Frame(NGHTTP2_SETTINGS, 0, 0,
              Number(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 2) + Number(manners.window, 4));
  if (manners.refills) peer->Frame(NGHTTP2_WINDOW_UPDATE, 0, 0, Number(1 << 28, 4));
  return peer;
}

Peer::~Peer() {
  if (deflater_ != nullptr) nghttp2_hd_deflate_del(deflater_);
  if (inflater_ != nullptr) nghttp2_hd_inflate_del(inflater_);
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  if (fd_ >= 0) ::close(fd_);
}

void Peer::Bytes(std::string_view bytes) {
  if (alive_) out_ += bytes;
}

void Peer::Frame(int type, int flags, int32_t stream, std::string_view payload) {
  if (alive_) out_ += gateway::FrameOf(type, flags, stream, payload);
}

std::string Peer::HeaderBlock(const Headers& headers) { return gateway::HeaderBlockOf(deflater_, headers); }

int32_t Peer::Open(const Headers& headers, bool end) {
  const int32_t stream = next_stream();
  Open_& call = calls_[stream];
  call.start = Clock::now();
  call.window = initial_window_;
  if (!alive_) {
    End(stream);
    return stream;
  }
  const std::string block = HeaderBlock(headers);
  std::string_view rest = block;
  int type = NGHTTP2_HEADERS;
  do {
    const std::string_view part = rest.substr(0, 16384);
    rest.remove_prefix(part.size());
    Frame(type,
          (rest.empty() ? NGHTTP2_FLAG_END_HEADERS : 0) |
              (end && type == NGHTTP2_HEADERS ? NGHTTP2_FLAG_END_STREAM : 0),
          stream, part);
    type = NGHTTP2_CONTINUATION;
  } while (!rest.empty());
  return stream;
}

void Peer::Send(int32_t stream, std::string_view bytes, bool end) {
  const auto found = calls_.find(stream);
  if (found == calls_.end()) return;
  found->second.out += bytes;
  found->second.end = end;
  Flow();
}

int32_t Peer::Call(const Headers& headers, std::string_view message) {
  const int32_t stream = Open(headers);
  Send(stream, Framed(message), true);
  return stream;
}

void Peer::Reset(int32_t stream, uint32_t code) {
  Frame(NGHTTP2_RST_STREAM, 0, stream, Number(code, 4));
  calls_.erase(stream);
}

void Peer::Flow() {
  for (auto& [stream, call] : calls_) {
    while (!call.closed && (!call.out.empty() || call.end)) {
      const auto room = static_cast<std::size_t>(std::max<int64_t>(0, std::min(window_, call.window)));
      const std::size_t size = std::min({call.out.size(), room, static_cast<std::size_t>(16384)});
      if (size == 0 && !call.out.empty()) break;
      call.closed = call.end && size == call.out.size();
      Frame(NGHTTP2_DATA, call.closed ? NGHTTP2_FLAG_END_STREAM : 0, stream,
            std::string_view(call.out).substr(0, size));
      call.out.erase(0, size);
      window_ -= static_cast<int64_t>(size);
      call.window -= static_cast<int64_t>(size);
    }
  }
}

Answer Peer::Await(int32_t stream, double seconds) {
  const auto start = Clock::now();
  awaiting_ = stream;
  if (!calls_.contains(stream) && !awaited_.contains(stream)) return {};
  while (!awaited_.contains(stream) && SecondsSince(start) < seconds) {
    if (!alive_) {
      Die();
      break;
    }
    Turn();
    if (!awaited_.contains(stream)) {
      Wait(fd_, static_cast<short>(wants_write() ? POLLIN | POLLOUT : POLLIN), 0.05);
    }
  }
  awaiting_ = 0;
  Answer answer;
  if (const auto found = awaited_.find(stream); found != awaited_.end()) answer = found->second;
  awaited_.clear();
  return answer;
}

int64_t Peer::Received(int32_t stream) const {
  const auto found = calls_.find(stream);
  return found == calls_.end() ? 0 : found->second.answer.bytes;
}

void Peer::Turn() {
  if (!alive_) return;
  Write();
  if (!deaf_) Read();
  Write();
}

void Peer::Write() {
  while (alive_ && backlog() > 0) {
    const int put =
        SSL_write(ssl_, out_.data() + sent_, static_cast<int>(std::min<std::size_t>(backlog(), 1 << 16)));
    if (put <= 0) {
      const int error = SSL_get_error(ssl_, put);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) Die();
      return;
    }
    sent_ += static_cast<std::size_t>(put);
    if (sent_ == out_.size()) {
      out_.clear();
      sent_ = 0;
    } else if (sent_ > (1 << 20)) {
      out_.erase(0, sent_);
      sent_ = 0;
    }
  }
}

void Peer::Read() {
  char bytes[32768];
  for (int turns = 0; alive_ && turns < 64; ++turns) {
    const int got = SSL_read(ssl_, bytes, sizeof bytes);
    if (got <= 0) {
      const int error = SSL_get_error(ssl_, got);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) Die();
      ERR_clear_error();
      return;
    }
    in_.append(bytes, static_cast<std::size_t>(got));
    std::size_t at = 0;
    while (in_.size() - at >= 9) {
      const std::size_t size = 9 + NumberAt(in_, at, 3);
      if (in_.size() - at < size) break;
      Take(std::string_view(in_).substr(at, size));
      at += size;
    }
    in_.erase(0, at);
  }
}

void Peer::Take(std::string_view frame) {
  const int type = static_cast<unsigned char>(frame[3]);
  const int flags = static_cast<unsigned char>(frame[4]);
  const auto stream = static_cast<int32_t>(NumberAt(frame, 5, 4) & 0x7fffffff);
  const std::string_view payload = frame.substr(9);
  switch (type) {
    case NGHTTP2_DATA:
      return TakeData(stream, flags, payload, payload.size());
    case NGHTTP2_HEADERS:
    case NGHTTP2_CONTINUATION:
      return TakeHeaders(stream, flags, payload);
    case NGHTTP2_SETTINGS:
      return TakeSettings(flags, payload);
    case NGHTTP2_PING:
      if ((flags & NGHTTP2_FLAG_ACK) == 0 && manners_.answers_pings)
        Frame(type, NGHTTP2_FLAG_ACK, 0, payload);
      return;
    case NGHTTP2_GOAWAY:
      going_ = true;
      return;
    case NGHTTP2_WINDOW_UPDATE: {
      const int64_t more = NumberAt(payload, 0, 4);
      if (stream == 0) {
        window_ += more;
      } else if (const auto call = calls_.find(stream); call != calls_.end()) {
        call->second.window += more;
      }
      return Flow();
    }
    case NGHTTP2_RST_STREAM:
      if (const auto call = calls_.find(stream); call != calls_.end()) {
        // After the trailers a reset only says that the rest of the request is not needed.
        call->second.answer.reset = call->second.answer.status < 0;
        call->second.answer.error_code = NumberAt(payload, 0, 4);
        End(stream);
      }
      return;
    default:
      return;
  }
}

void Peer::TakeSettings(int flags, std::string_view payload) {
  if ((flags & NGHTTP2_FLAG_ACK) != 0) return;
  for (std::size_t at = 0; at + 6 <= payload.size(); at += 6) {
    if (NumberAt(payload, at, 2) != NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE) continue;
    const int64_t window = NumberAt(payload, at + 2, 4);
    for (auto& [stream, call] : calls_) call.window += window - initial_window_;
    initial_window_ = window;
  }
  Frame(NGHTTP2_SETTINGS, NGHTTP2_FLAG_ACK, 0, "");
  Flow();
}

void Peer::TakeHeaders(int32_t stream, int flags, std::string_view payload) {
  block_ += payload;
  const bool end = (flags & NGHTTP2_FLAG_END_STREAM) != 0;
  if ((flags & NGHTTP2_FLAG_END_HEADERS) == 0) return;
  Headers headers = gateway::HeadersIn(inflater_, block_);
  block_.clear();
  const auto call = calls_.find(stream);
  if (call == calls_.end()) return;
  TakeReply(std::move(headers), &call->second.answer);
  if (end) End(stream);
}

void Peer::TakeData(int32_t stream, int flags, std::string_view payload, std::size_t frame_size) {
  const auto call = calls_.find(stream);
  if (call != calls_.end()) {
    Answer& answer = call->second.answer;
    answer.bytes += static_cast<int64_t>(payload.size());
    if (answer.body.size() < 65536) answer.body += payload.substr(0, 65536);
  }
  if (manners_.refills && frame_size > 0) {
    Frame(NGHTTP2_WINDOW_UPDATE, 0, 0, Number(static_cast<uint32_t>(frame_size), 4));
    if (call != calls_.end() && (flags & NGHTTP2_FLAG_END_STREAM) == 0) {
      Frame(NGHTTP2_WINDOW_UPDATE, 0, stream, Number(static_cast<uint32_t>(frame_size), 4));
    }
  }
  if ((flags & NGHTTP2_FLAG_END_STREAM) != 0) End(stream);
}

void Peer::End(int32_t stream) {
  const auto call = calls_.find(stream);
  if (call == calls_.end()) return;
  Answer answer = std::move(call->second.answer);
  answer.milliseconds = SecondsSince(call->second.start) * 1e3;
  calls_.erase(call);
  if (stream == awaiting_) {
    awaited_[stream] = std::move(answer);
  } else {
    ended_.push_back(std::move(answer));
  }
}

void Peer::Die() {
  alive_ = false;
  ERR_clear_error();
  while (!calls_.empty()) End(calls_.begin()->first);
}

void Pump(const Peers& peers, int milliseconds) {
  std::vector<pollfd> polls;
  polls.reserve(peers.size());
  bool busy = false;
  for (const auto& peer : peers) {
    if (peer == nullptr || !peer->alive()) continue;
    busy = busy || SSL_pending(peer->ssl()) > 0;
    const int events = (peer->deaf() ? 0 : POLLIN) | (peer->wants_write() ? POLLOUT : 0);
    polls.push_back({.fd = peer->fd(), .events = static_cast<short>(events), .revents = 0});
  }
  ::poll(polls.data(), polls.size(), busy ? 0 : milliseconds);
  for (const auto& peer : peers) {
    if (peer != nullptr) peer->Turn();
  }
}

}  // namespace accord::attack
