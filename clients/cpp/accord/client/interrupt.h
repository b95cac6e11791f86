// This ends the waiting of a watch: when it is closed, or when a stream has been silent for too long.
#ifndef ACCORD_CLIENT_INTERRUPT_H_
#define ACCORD_CLIENT_INTERRUPT_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "accord/client/settings.h"

namespace accord::client {

class Interrupt {
 public:
  // A read that lasts longer than `silence` is cancelled.
  explicit Interrupt(Seconds silence);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // This ends all present and future waiting. Any thread may call it.
  void Close();
  bool closed();
  // This waits for this time, or until Close.
  void Rest(Seconds seconds);

  // While this object lives, a read is in progress that `cancel` can end.
  class Reading {
   public:
    Reading(Interrupt& interrupt, std::function<void()> cancel);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    Interrupt& interrupt_;
  };

 private:
  void Run();

  const std::chrono::steady_clock::duration silence_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  bool over_ = false;
  // This is set while a read is in progress that was not cancelled.
  std::function<void()> cancel_;
  std::chrono::steady_clock::time_point until_;
  std::thread thread_;
};

}  // namespace accord::client

#endif  // ACCORD_CLIENT_INTERRUPT_H_
