// Connections to the gateways with the certificate that is in the files at present.
#ifndef ACCORD_CLIENT_CHANNELS_H_
#define ACCORD_CLIENT_CHANNELS_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

#include "accord/client/certificate.h"
#include "accord/client/errors.h"
#include "accord/client/settings.h"

namespace accord::client {

// The channel to one gateway, with the stubs that were made on it.
class Channel {
 public:
  explicit Channel(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  template <typename Stub>
  std::shared_ptr<Stub> StubOf() {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::shared_ptr<void>& stub = stubs_[std::type_index(typeid(Stub))];
    if (stub == nullptr) stub = std::make_shared<Stub>(channel_);
    return std::static_pointer_cast<Stub>(stub);
  }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  std::mutex mutex_;
  std::map<std::type_index, std::shared_ptr<void>> stubs_;
};

// The channels for one certificate, one to each gateway. They are closed when newer ones have
// replaced them and their last call has ended.
struct Generation {
  Fingerprint fingerprint;
  std::vector<std::unique_ptr<Channel>> channels;
  std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
  // True unless these are the first channels.
  bool replaces = false;
  std::atomic<bool> replaced = false;
};

class Channels;

// One attempt at a call: its context, and the channel that it uses.
class Attempt {
 public:
  ~Attempt();
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

  grpc::ClientContext& context() { return context_; }
  Channel& channel() { return *generation_->channels[index_]; }

 private:
  friend class Channels;
  explicit Attempt(Channels& channels) : channels_(channels) {}

  Channels& channels_;
  std::shared_ptr<Generation> generation_;
  std::size_t index_ = 0;
  // Declared last, so that it is destroyed before the channel that it may still use.
  grpc::ClientContext context_;
};

// The channels for the present certificate. Thread-safe.
class Channels {
 public:
  // Throws SettingsError if the certificate cannot be used.
  explicit Channels(Settings settings);

  // Gives a channel for one call, with the certificate that is in the files now, to the gateway
  // that answered last. Throws SettingsError after Close.
  std::unique_ptr<Attempt> Begin();
  // Notes that nothing answered the attempt: the next one goes to the next gateway, unless another
  // attempt has switched already.
  void Failed(const Attempt& attempt);
  // Whether an open call should be started again because there is a newer certificate.
  bool Renewed(const Attempt& attempt);
  // Whether the rule refused a certificate that is no longer used, or one that the gateway does not
  // know yet.
  bool Outlives(const Attempt& attempt, Rule rule);
  // The number of gateways besides the present one.
  int others() const { return static_cast<int>(addresses_.size()) - 1; }

  // Sleeps; returns early after Close.
  void Sleep(Seconds seconds);
  // Ends every open call.
  void Close();

 private:
  friend class Attempt;

  std::shared_ptr<Generation> Open() const;
  std::shared_ptr<grpc::Channel> OpenOne(const std::string& address, const Certificate& certificate) const;
  // Opens channels with the certificate in the files, if these have changed and belong together.
  void Renew();
  void TellOnce(const std::string& what);
  void End(Attempt& attempt);

  const Settings settings_;
  const std::vector<std::string> addresses_;
  std::mutex mutex_;
  std::condition_variable closing_;
  bool closed_ = false;
  // The state of the files when a problem with them was last reported.
  Fingerprint told_;
  std::shared_ptr<Generation> present_;
  std::size_t index_ = 0;
  std::set<Attempt*> open_;
};

}  // namespace accord::client

#endif  // ACCORD_CLIENT_CHANNELS_H_
