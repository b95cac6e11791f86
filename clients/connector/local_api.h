// This file is about what the agency's system calls: HTTP with JSON, on this machine alone.
#ifndef ACCORD_CLIENTS_CONNECTOR_LOCAL_API_H_
#define ACCORD_CLIENTS_CONNECTOR_LOCAL_API_H_

#include <atomic>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "clients/connector/callers.h"
#include "clients/connector/handover.h"
#include "clients/connector/outbox.h"

namespace httplib {
class ContentReader;
class Server;
struct Request;
struct Response;
}  // namespace httplib

namespace accord::connector {

class LocalApi {
 public:
  // This answers when this returns. It returns FAILED_PRECONDITION for an address that is neither of loopback
  // nor a Unix socket, or that cannot be had.
  static absl::StatusOr<std::unique_ptr<LocalApi>> Start(const std::string& listen, Callers callers,
                                                         Handover* handover, Outbox* outbox,
                                                         std::function<nlohmann::json()> status);
  // This answers what was asked before, and nothing more.
  ~LocalApi();
  LocalApi(const LocalApi&) = delete;
  LocalApi& operator=(const LocalApi&) = delete;

  // This is 0 for a Unix socket.
  int port() const { return port_; }

 private:
  LocalApi(Callers callers, Handover* handover, Outbox* outbox, std::function<nlohmann::json()> status);
  void Route();
  // These routes are what whoever looks after the connector asks for; of these the status alone needs
  // a token.
  void RouteUpkeep();
  absl::Status Listen(const std::string& listen);
  absl::Status ListenOnPath(const std::string& path);

  // This gives the caller whose token the request has; it is null after it was answered that nobody has it,
  // or that no program of this machine has sent it.
  const LocalCaller* CallerOf(const httplib::Request& request, httplib::Response& response) const;
  // This says whether it was answered that web pages get nothing here.
  bool RefusedBrowser(const httplib::Request& request, httplib::Response& response) const;
  // This reads a body, and keeps of it what a caller with a token hands over.
  void ReadPost(const httplib::Request& request, httplib::Response& response,
                const httplib::ContentReader& reader);
  void Post(const LocalCaller& caller, const httplib::Request& request, const std::string& body,
            httplib::Response& response);
  void Get(const LocalCaller& caller, const std::string& id, httplib::Response& response);
  void Delete(const LocalCaller& caller, const std::string& id, httplib::Response& response);

  const Callers callers_;
  Handover* const handover_;
  Outbox* const outbox_;
  const std::function<nlohmann::json()> status_;
  std::unique_ptr<httplib::Server> server_;
  int port_ = 0;
  // Nothing is listened for any more.
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_LOCAL_API_H_
