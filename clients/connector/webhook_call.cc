#include "clients/connector/webhook_call.h"

#include <fcntl.h>
#include <httplib.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

// A socket that was not connected yet cannot be shut down, so that this is done again.
constexpr auto kShutAgain = std::chrono::milliseconds(20);

std::unique_ptr<httplib::ClientImpl> WebhookClient(const Webhook& webhook) {
  if (!webhook.tls) return std::make_unique<httplib::ClientImpl>(webhook.host, webhook.port);
  auto client = std::make_unique<httplib::SSLClient>(webhook.host, webhook.port);
  client->enable_server_certificate_verification(true);
  if (!webhook.ca_file.empty()) client->set_ca_cert_path(webhook.ca_file);
  SSL_CTX_set_min_proto_version(client->ssl_context(), TLS1_2_VERSION);
  return client;
}

absl::Status WebhookPostResult(int status, httplib::Error error) {
  if (status >= 200 && status < 300) return absl::OkStatus();
  if (status >= 300 && status < 400) {
    return absl::UnavailableError(absl::StrCat("answered ", status, ", and no redirect is followed"));
  }
  if (status != 0) return absl::UnavailableError(absl::StrCat("answered ", status));
  switch (error) {
    case httplib::Error::SSLServerVerification:
      return absl::UnavailableError("its certificate is not valid for it");
    case httplib::Error::SSLLoadingCerts:
      return absl::UnavailableError("the authorities of its certificate cannot be read");
    case httplib::Error::SSLConnection:
      return absl::UnavailableError("it made no TLS connection");
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
      return absl::UnavailableError("it cannot be reached");
    default:
      return absl::UnavailableError("it gave no answer");
  }
}

}  // namespace

std::string WebhookSignatures(const std::vector<std::string>& secrets, const std::string& id,
                              int64_t timestamp, const std::string& body) {
  const std::string text = absl::StrCat(id, ".", timestamp, ".", body);
  std::string header;
  for (const std::string& secret : secrets) {
    absl::StrAppend(&header, header.empty() ? "" : " ", "v1,", Base64(HmacSha256(secret, text)));
  }
  return header;
}

WebhookCall::~WebhookCall() {
  for (const int socket : sockets_) close(socket);
}

void WebhookCall::Cut() {
  const std::lock_guard<std::mutex> lock(mutex_);
  cut_ = true;
  changed_.notify_all();
}

void WebhookCall::Opened(int socket) {
  const int own = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  sockets_.push_back(own);
}

void WebhookCall::Guard() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoMilliseconds(webhook_.timeout), [this] { return over_ || cut_; });
  while (!over_) {
    late_ = true;
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
    changed_.wait_for(lock, kShutAgain, [this] { return over_; });
  }
}

absl::Status WebhookCall::Post(const std::string& id, absl::Time at, const std::string& body) {
  const int64_t timestamp = absl::ToUnixSeconds(at);
  httplib::Request request;
  request.method = "POST";
  request.path = webhook_.path;
  request.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", id},
                     {"webhook-timestamp", absl::StrCat(timestamp)},
                     {"webhook-signature", WebhookSignatures(webhook_.secrets, id, timestamp, body)}};
  request.body = body;
  int status = 0;
  // The body of an answer is of no use, and is not read.
  request.response_handler = [&status](const httplib::Response& response) {
    status = response.status;
    return false;
  };
  const std::unique_ptr<httplib::ClientImpl> client = WebhookClient(webhook_);
  // The guard is first, so that a failure after the deadline is told as one of time.
  const auto timeout = absl::ToChronoMilliseconds(2 * webhook_.timeout);
  client->set_connection_timeout(timeout);
  client->set_read_timeout(timeout);
  client->set_write_timeout(timeout);
  client->set_follow_location(false);
  // Head and body are two writes, of which the second would wait until the first is confirmed.
  client->set_tcp_nodelay(true);
  client->set_url_encode(false);
  client->set_socket_options([this](socket_t socket) { Opened(socket); });
  std::thread guard([this] { Guard(); });
  const httplib::Result result = client->send(request);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }
  guard.join();
  if (result) status = result->status;
  if (status == 0 && late_) return absl::UnavailableError("it gave no answer in time");
  return WebhookPostResult(status, result.error());
}

}  // namespace accord::connector
