// This file is about connections to the gateways under the certificate that the files hold now.
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

// This is one gateway's channel, with the stubs that were made on it.
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

  // This gives the state of the connection; asking for it opens none.
  grpc_connectivity_state state() const { return channel_->GetState(false); }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  std::mutex mutex_;
  std::map<std::type_index, std::shared_ptr<void>> stubs_;
};

// This is one gateway as the connection to it is now.
struct GatewaySeen {
  std::string address;
  // It is `ready`, `connecting`, `away` if the last attempt to reach it failed, or `idle` if there is none.
  std::string state;
  // The next call goes there.
  bool used = false;
};

// These are the channels of one certificate, one for each gateway. They end when others have taken their
// place and their last call has ended.
struct Generation {
  Fingerprint fingerprint;
  std::vector<std::unique_ptr<Channel>> channels;
  std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
  // It is true unless these are the first channels.
  bool replaces = false;
  std::atomic<bool> replaced = false;
};

class Channels;

// This is one attempt at a call: its context, and the channel that it goes over.
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
  // It is declared last, so that it is destroyed before the channel that it may still use.
  grpc::ClientContext context_;
};

// These are the channels of the present certificate. Threads may share it.
class Channels {
 public:
  // It throws SettingsError if the certificate cannot be used.
  explicit Channels(Settings settings);

  // This gives a channel for one call, under the certificate that is in the files now, to the gateway that
  // answered last. It throws SettingsError after Close.
  std::unique_ptr<Attempt> Begin();
  // Nobody answered the attempt: the next one goes to the next gateway, unless another attempt has changed
  // over already.
  void Failed(const Attempt& attempt);
  // This says whether a call that is open had better be begun anew under another certificate.
  bool Renewed(const Attempt& attempt);
  // This says whether the rule refused a certificate that is no longer used, or one that the gateway is yet
  // to hear of.
  bool Outlives(const Attempt& attempt, Rule rule);
  // This gives all gateways, in the order of the settings.
  std::vector<GatewaySeen> Gateways();
  // This says how many gateways there are beside the one that is asked.
  int others() const { return static_cast<int>(addresses_.size()) - 1; }

  // This returns early after Close.
  void Sleep(Seconds seconds);
  // This ends every call that is open.
  void Close();

 private:
  friend class Attempt;

  std::shared_ptr<Generation> Open() const;
  std::shared_ptr<grpc::Channel> OpenOne(const std::string& address, const Certificate& certificate) const;
  // This opens channels under the certificate in the files, if they changed and belong together.
  void Renew();
  void TellOnce(const std::string& what);
  void End(Attempt& attempt);

  const Settings settings_;
  const std::vector<std::string> addresses_;
  std::mutex mutex_;
  std::condition_variable closing_;
  bool closed_ = false;
  // These are the files as they were when something was last told of them.
  Fingerprint told_;
  std::shared_ptr<Generation> present_;
  std::size_t index_ = 0;
  std::set<Attempt*> open_;
};

}  // namespace accord::client

#endif  // ACCORD_CLIENT_CHANNELS_H_
