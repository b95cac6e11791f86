// This is an HTTP/2 client over TLS that can break every rule of the protocol, with many connections on one
// thread. Only the handshake and Pump block, so that one attacker can hold thousands of streams.
#ifndef ACCORD_TESTS_ATTACK_PEER_H_
#define ACCORD_TESTS_ATTACK_PEER_H_

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct nghttp2_hd_deflater;
struct nghttp2_hd_inflater;

namespace accord::attack {

using Headers = std::vector<std::pair<std::string, std::string>>;
using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start);

// These are the gateway's address, and the identity to connect with. Files are PEM.
struct Target {
  int port = 0;
  std::string ca, certificate, key;
  // This says from which of this machine's own addresses to connect, for example 127.0.0.2. If it is empty,
  // the kernel chooses, and takes 127.0.0.1.
  std::string address;
};

// This says how a connection behaves.
struct Manners {
  // This is the initial flow-control window of every answer, in bytes; with 0 the server may send none.
  uint32_t window = 1 << 20;
  // Windows are replenished as answers arrive.
  bool refills = true;
  bool answers_pings = true;
  int tls_version = TLS1_3_VERSION;
  // This is a list of TLS 1.2 ciphers in OpenSSL's format. If it is empty, OpenSSL's default is used.
  std::string ciphers;
};

// This says how one call ended.
struct Answer {
  int http = 0;
  // This is the gRPC status; it is -1 if none was received.
  int status = -1;
  // This is the reason of ErrorInfo, for example `AUDIT_UNAVAILABLE`.
  std::string rule;
  std::string message;
  Headers headers, trailers;
  // These are the first message of the answer, of which at most the first 64 KiB are kept, and the number of
  // all its bytes.
  std::string body;
  int64_t bytes = 0;
  // The stream was reset, with this HTTP/2 error.
  bool reset = false;
  uint32_t error_code = 0;
  double milliseconds = 0;

  bool ok() const { return status == 0; }
  // This gives `OK`, `UNAVAILABLE AUDIT_UNAVAILABLE`, `RESET 8` or `LOST`.
  std::string Name() const;
};

const std::string* Find(const Headers& headers, std::string_view name);

// This opens a TCP connection on loopback and gives its descriptor, or -1.
int Dial(const Target& target);

class Peer {
 public:
  // Connects, and gives null if the connection or the handshake does not succeed within `seconds`; `why` then
  // says what failed.
  static std::unique_ptr<Peer> Connect(const Target& target, const Manners& manners = {}, double seconds = 5,
                                       std::string* why = nullptr);
  ~Peer();
  Peer(const Peer&) = delete;

  bool alive() const { return alive_; }
  int fd() const { return fd_; }
  const SSL* ssl() const { return ssl_; }
  // This is the number of bytes that the socket has not accepted yet.
  std::size_t backlog() const { return out_.size() - sent_; }
  // The other end has sent GOAWAY.
  bool going() const { return going_; }

  // This sends raw bytes without regard for flow control.
  void Bytes(std::string_view bytes);
  void Frame(int type, int flags, int32_t stream, std::string_view payload);
  std::string HeaderBlock(const Headers& headers);

  // This starts a call by sending its headers, and gives the stream.
  int32_t Open(const Headers& headers, bool end = false);
  // This sends bytes unchanged, including the five of the message prefix.
  void Send(int32_t stream, std::string_view bytes, bool end);
  // This does what Open and Send of one message do.
  int32_t Call(const Headers& headers, std::string_view message);
  void Reset(int32_t stream, uint32_t code = 8);
  int32_t next_stream() { return std::exchange(next_, next_ + 2); }

  int open_calls() const { return static_cast<int>(calls_.size()); }
  // This gives the calls that have ended since the last call of Ended.
  std::vector<Answer> Ended() { return std::exchange(ended_, {}); }
  // This waits for one call; others that end meanwhile are kept for Ended.
  Answer Await(int32_t stream, double seconds = 15);
  // This gives the number of bytes received for a call that has not ended.
  int64_t Received(int32_t stream) const;

  // Reads and writes as much as possible without blocking.
  void Turn();
  bool wants_write() const { return backlog() > 0; }
  // Stops reading for good.
  void Deafen() { deaf_ = true; }
  bool deaf() const { return deaf_; }

 private:
  struct Open_ {
    Answer answer;
    Clock::time_point start;
    std::string out;
    bool end = false, closed = false;
    int64_t window = 65535;
    std::string trailers;
  };
  Peer() = default;
  void Write();
  void Read();
  void Take(std::string_view frame);
  void TakeHeaders(int32_t stream, int flags, std::string_view block);
  void TakeData(int32_t stream, int flags, std::string_view payload, std::size_t frame_size);
  void TakeSettings(int flags, std::string_view payload);
  void Flow();
  void End(int32_t stream);
  void Die();

  Manners manners_;
  int fd_ = -1;
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  bool alive_ = false, going_ = false, deaf_ = false;
  int32_t next_ = 1;
  int64_t window_ = 65535, initial_window_ = 65535;
  std::string out_, in_, block_;
  std::size_t sent_ = 0;
  nghttp2_hd_deflater* deflater_ = nullptr;
  nghttp2_hd_inflater* inflater_ = nullptr;
  std::map<int32_t, Open_> calls_;
  std::vector<Answer> ended_;
  std::map<int32_t, Answer> awaited_;
  int32_t awaiting_ = 0;
};

using Peers = std::vector<std::unique_ptr<Peer>>;
// Runs Turn for all peers, after waiting for at most `milliseconds` if there is nothing to do.
void Pump(const Peers& peers, int milliseconds);

// This gives a message with its five-byte prefix.
std::string Framed(std::string_view message, int flags = 0);

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_PEER_H_
