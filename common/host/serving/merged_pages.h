// These are several pages of metrics as one.
#ifndef ACCORD_COMMON_HOST_SERVING_MERGED_PAGES_H_
#define ACCORD_COMMON_HOST_SERVING_MERGED_PAGES_H_

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace accord::host {

// Shows several pages as one. Metrics of the same name become one family.
class MergedPages : public prometheus::Collectable {
 public:
  void Add(std::shared_ptr<prometheus::Collectable> page) {
    std::lock_guard lock(mutex_);
    pages_.push_back(std::move(page));
  }
  void Remove(const std::shared_ptr<prometheus::Collectable>& page) {
    std::lock_guard lock(mutex_);
    std::erase(pages_, page);
  }
  std::vector<prometheus::MetricFamily> Collect() const override {
    std::map<std::string, prometheus::MetricFamily> merged;
    for (const auto& page : Copy()) {
      for (prometheus::MetricFamily& family : page->Collect()) {
        const auto [it, fresh] = merged.try_emplace(family.name, family);
        if (fresh) continue;
        auto& metrics = it->second.metric;
        std::move(family.metric.begin(), family.metric.end(), std::back_inserter(metrics));
      }
    }
    std::vector<prometheus::MetricFamily> families;
    for (auto& [name, family] : merged) families.push_back(std::move(family));
    return families;
  }

 private:
  std::vector<std::shared_ptr<prometheus::Collectable>> Copy() const {
    std::lock_guard lock(mutex_);
    return pages_;
  }

  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<prometheus::Collectable>> pages_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_MERGED_PAGES_H_
