// This file is about a receiver of webhooks for tests, on loopback: it answers what a test has planned, and
// keeps what has come.
#ifndef ACCORD_CLIENTS_CONNECTOR_TESTING_RECEIVER_H_
#define ACCORD_CLIENTS_CONNECTOR_TESTING_RECEIVER_H_

#include <httplib.h>

#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/pki.h"

namespace accord::connector::testing {

struct ReceivedHook {
  std::string id, timestamp, signature, body;
};

class Receiver {
 public:
  // The status of the answer to this body.
  using Answer = std::function<int(const std::string& body)>;

  Receiver() : Receiver(std::make_unique<httplib::Server>(), "http://127.0.0.1") {}
  // This serves TLS, at the name localhost.
  explicit Receiver(const accord::testing::TestCertificate& certificate)
      : Receiver(std::make_unique<httplib::SSLServer>(certificate.certificate_file.c_str(),
                                                      certificate.key_file.c_str()),
                 "https://localhost") {}
  ~Receiver() {
    server_->stop();
    thread_.join();
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  int port() const { return port_; }
  std::string url() const { return absl::StrCat(origin_, ":", port_, "/changes?from=accord"); }
  // The answer counts from the next request on; it is 200 for all before.
  void Plan(Answer answer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    answer_ = std::move(answer);
  }
  std::vector<ReceivedHook> got() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return got_;
  }
  std::vector<std::string> bodies() {
    std::vector<std::string> bodies;
    for (const ReceivedHook& each : got()) bodies.push_back(each.body);
    return bodies;
  }
  // This gives the requests to where a redirect points.
  int elsewhere() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return elsewhere_;
  }

 private:
  Receiver(std::unique_ptr<httplib::Server> server, std::string origin)
      : server_(std::move(server)), origin_(std::move(origin)) {
    server_->Post("/changes", [this](const httplib::Request& request, httplib::Response& response) {
      Take(request, response);
    });
    const auto count = [this](const httplib::Request&, httplib::Response&) {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++elsewhere_;
    };
    server_->Get("/elsewhere", count);
    server_->Post("/elsewhere", count);
    port_ = server_->bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::yield();
  }
  void Take(const httplib::Request& request, httplib::Response& response) {
    Answer answer;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      got_.push_back({request.get_header_value("webhook-id"), request.get_header_value("webhook-timestamp"),
                      request.get_header_value("webhook-signature"), request.body});
      answer = answer_;
    }
    response.status = answer ? answer(request.body) : 200;
    if (response.status == 307)
      response.set_header("Location", absl::StrCat(origin_, ":", port_, "/elsewhere"));
  }

  const std::unique_ptr<httplib::Server> server_;
  const std::string origin_;
  std::mutex mutex_;
  Answer answer_;
  std::vector<ReceivedHook> got_;
  int elsewhere_ = 0;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace accord::connector::testing

#endif  // ACCORD_CLIENTS_CONNECTOR_TESTING_RECEIVER_H_
