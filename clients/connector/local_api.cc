#include "clients/connector/local_api.h"

#include <httplib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/connector/act.h"
#include "clients/connector/connector_metrics.h"
#include "clients/connector/health.h"
#include "clients/connector/local_requests.h"
#include "clients/connector/outcomes.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestKey = 255;
// So many connections are answered at once. Acts that are kept together share the disk's time.
constexpr std::size_t kThreads = 64;
constexpr std::size_t kMostOnOneConnection = 1000;
constexpr char kUnix[] = "unix:";
constexpr char kBearer[] = "Bearer ";
constexpr char kOneCall[] = R"(/v1/calls/([0-9a-z]{1,63}))";

void AnswerLocalJson(httplib::Response& response, int status, const Json& body) {
  response.status = status;
  response.set_header("Cache-Control", "no-store");
  response.set_content(body.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json");
}

int LocalApiStatus(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 507;
    case absl::StatusCode::kUnavailable:
      return 503;
    default:
      return 500;
  }
}

void AnswerLocalRefusal(httplib::Response& response, const absl::Status& status) {
  AnswerLocalJson(response, LocalApiStatus(status), {{"error", std::string(status.message())}});
}

httplib::Server::HandlerResponse AnswerUnknownLocalPath(const httplib::Request& request,
                                                        httplib::Response& response) {
  const int status = RefusalOf(request);
  if (status == 0) return httplib::Server::HandlerResponse::Unhandled;
  AnswerLocalJson(response, status, {{"error", "This method, path or form of body is of nothing here."}});
  return httplib::Server::HandlerResponse::Handled;
}

// This says whether a process listens at the socket.
bool IsLocalSocketInUse(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  path.copy(address.sun_path, path.size());
  const int asked = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (asked < 0) return false;
  // EAGAIN: it listens, and has as many to answer as it can.
  const bool is_taken =
      connect(asked, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN;
  close(asked);
  return is_taken;
}

// Two processes on one port would share the callers between them.
void TakeLocalPortAlone(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

LocalApi::LocalApi(Callers callers, Handover* handover, Outbox* outbox, std::function<Json()> status)
    : callers_(std::move(callers)),
      handover_(handover),
      outbox_(outbox),
      status_(std::move(status)),
      server_(std::make_unique<httplib::Server>()) {}

LocalApi::~LocalApi() {
  server_->stop();
  if (thread_.joinable()) thread_.join();
}

absl::StatusOr<std::unique_ptr<LocalApi>> LocalApi::Start(const std::string& listen, Callers callers,
                                                          Handover* handover, Outbox* outbox,
                                                          std::function<Json()> status) {
  std::unique_ptr<LocalApi> api(new LocalApi(std::move(callers), handover, outbox, std::move(status)));
  api->Route();
  api->RouteUpkeep();
  ACCORD_RETURN_IF_ERROR(api->Listen(listen));
  api->thread_ = std::thread([api = api.get()] {
    api->server_->listen_after_bind();
    api->ended_ = true;
  });
  // Before it runs it could not be stopped, and the library tells nobody when it does.
  while (!api->server_->is_running() && !api->ended_) std::this_thread::yield();
  if (api->ended_) return absl::UnavailableError("the local port cannot be listened on");
  return api;
}

void LocalApi::Route() {
  const auto known = [this](auto answer) {
    return [this, answer](const httplib::Request& request, httplib::Response& response) {
      if (const LocalCaller* caller = CallerOf(request, response)) answer(*caller, request, response);
    };
  };
  server_->set_payload_max_length(kMostActBytes);
  server_->set_socket_options(TakeLocalPortAlone);
  // Head and body of an answer are two writes, of which the second would wait until the first is confirmed.
  server_->set_tcp_nodelay(true);
  server_->set_keep_alive_max_count(kMostOnOneConnection);
  server_->new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server_->set_exception_handler(
      [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        LogError("local_call_failed");
        AnswerLocalRefusal(response, absl::InternalError("The connector could not complete this."));
      });
  server_->set_pre_routing_handler(AnswerUnknownLocalPath);
  server_->Post(kCalls,
                [this](const httplib::Request& request, httplib::Response& response,
                       const httplib::ContentReader& reader) { ReadPost(request, response, reader); });
  server_->Get(kOneCall,
               known([this](const LocalCaller& caller, const httplib::Request& request,
                            httplib::Response& response) { Get(caller, request.matches[1], response); }));
  server_->Delete(
      kOneCall, known([this](const LocalCaller& caller, const httplib::Request& request,
                             httplib::Response& response) { Delete(caller, request.matches[1], response); }));
}

void LocalApi::RouteUpkeep() {
  server_->Get("/v1/status", [this](const httplib::Request& request, httplib::Response& response) {
    if (CallerOf(request, response) != nullptr) AnswerLocalJson(response, 200, status_());
  });
  server_->Get("/healthz", [this](const httplib::Request& request, httplib::Response& response) {
    if (RefusedBrowser(request, response)) return;
    const Health health = HealthOf(status_());
    AnswerLocalJson(response, health.http_status, health.body);
  });
  server_->Get("/metrics", [this](const httplib::Request& request, httplib::Response& response) {
    if (RefusedBrowser(request, response)) return;
    response.set_content(MetricsOf(status_()), "text/plain; version=0.0.4");
  });
}

absl::Status LocalApi::Listen(const std::string& listen) {
  if (absl::StartsWith(listen, kUnix)) return ListenOnPath(listen.substr(std::string_view(kUnix).size()));
  const std::size_t colon = listen.rfind(':');
  const std::string host = listen.substr(0, colon);
  int port = -1;
  const bool is_loopback = host == "127.0.0.1" || host == "[::1]";
  if (colon == std::string::npos || !is_loopback || !absl::SimpleAtoi(listen.substr(colon + 1), &port) ||
      port < 0 || port > 0xffff) {
    return absl::FailedPreconditionError(
        absl::StrCat("listen: \"", listen,
                     "\" is none of 127.0.0.1:PORT, [::1]:PORT and unix:PATH. Nobody on another machine may "
                     "hand over acts."));
  }
  const std::string address = host == "[::1]" ? "::1" : host;
  port_ = port == 0 ? server_->bind_to_any_port(address) : port;
  const bool is_bound = port == 0 ? port_ > 0 : server_->bind_to_port(address, port);
  if (is_bound) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("listen: \"", listen, "\" cannot be had. Is it taken?"));
}

absl::Status LocalApi::ListenOnPath(const std::string& path) {
  struct stat found {};
  const bool is_there = lstat(path.c_str(), &found) == 0;
  if (is_there && IsLocalSocketInUse(path)) {
    return absl::FailedPreconditionError(
        absl::StrCat("listen: \"unix:", path, "\" cannot be had. Another process listens there."));
  }
  // The socket of a process that ended stays, and nobody answers there any more.
  if (is_there && S_ISSOCK(found.st_mode)) unlink(path.c_str());
  server_->set_address_family(AF_UNIX);
  // The process makes files for this user alone from its start on, and so the socket; here it is said again.
  if (server_->bind_to_port(path, 80) && chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("listen: \"unix:", path, "\" cannot be had."));
}

bool LocalApi::RefusedBrowser(const httplib::Request& request, httplib::Response& response) const {
  if (!IsOfBrowser(request, port_)) return false;
  AnswerLocalRefusal(
      response, absl::PermissionDeniedError("Programs of this machine hand over acts, and no web page."));
  return true;
}

const LocalCaller* LocalApi::CallerOf(const httplib::Request& request, httplib::Response& response) const {
  if (RefusedBrowser(request, response)) return nullptr;
  const std::string header = request.get_header_value("Authorization");
  const LocalCaller* caller = absl::StartsWith(header, kBearer)
                                  ? callers_.Find(header.substr(std::string_view(kBearer).size()))
                                  : nullptr;
  if (caller == nullptr) {
    AnswerLocalRefusal(response, absl::UnauthenticatedError(
                                     "The header `Authorization: Bearer TOKEN` has no token of a caller."));
  }
  return caller;
}

void LocalApi::ReadPost(const httplib::Request& request, httplib::Response& response,
                        const httplib::ContentReader& reader) {
  const LocalCaller* caller = CallerOf(request, response);
  std::string body;
  const bool is_whole = ReadBody(request, reader, kMostActBytes, caller == nullptr ? nullptr : &body);
  if (caller == nullptr) return;
  if (is_whole) return Post(*caller, request, body, response);
  AnswerLocalJson(
      response, 413,
      {{"error", absl::StrCat("The body cannot be read, or has more than ", kMostActBytes, " bytes.")}});
}

void LocalApi::Post(const LocalCaller& caller, const httplib::Request& request, const std::string& body,
                    httplib::Response& response) {
  const std::string key = request.get_header_value("Idempotency-Key");
  if (key.size() > kLongestKey) {
    return AnswerLocalRefusal(response,
                              absl::InvalidArgumentError("The Idempotency-Key has more than 255 bytes."));
  }
  const absl::StatusOr<Kept> kept = handover_->Take(caller, {.idempotency_key = key}, body);
  if (!kept.ok()) return AnswerLocalRefusal(response, kept.status());
  response.set_header("Location", "/v1/calls/" + kept->waiting.id);
  AnswerLocalJson(response, 202, {{"id", kept->waiting.id}, {"new", kept->is_new}});
}

void LocalApi::Get(const LocalCaller& caller, const std::string& id, httplib::Response& response) {
  const absl::StatusOr<CallSeen> seen = outbox_->Fetch(caller.name(), id);
  if (!seen.ok()) return AnswerLocalRefusal(response, seen.status());
  AnswerLocalJson(response, 200, JsonOf(id, *seen));
}

void LocalApi::Delete(const LocalCaller& caller, const std::string& id, httplib::Response& response) {
  const absl::Status status = outbox_->Acknowledge(caller.name(), id);
  if (!status.ok()) return AnswerLocalRefusal(response, status);
  response.status = 204;
}

}  // namespace accord::connector
