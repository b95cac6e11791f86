// This is a map that many snapshots share: a copy costs little, and so does a change to a copy.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_SHARDED_MAP_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_SHARDED_MAP_H_

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace accord::gateway {

// A copy shares its shards with the original until it changes them. One thread changes a map; once it is no
// longer changed any number of threads may read it and its copies.
template <class T>
class ShardedMap {
 public:
  // This gives nullptr if there is no value for the key.
  const T* Find(const std::string& key) const {
    const auto& shard = shards_[IndexOf(key)];
    if (shard == nullptr) return nullptr;
    const auto found = shard->find(key);
    return found == shard->end() ? nullptr : &found->second;
  }

  void Set(const std::string& key, T value) {
    auto& shard = shards_[IndexOf(key)];
    if (shard == nullptr) {
      shard = std::make_shared<Part>();
    } else if (shard.use_count() > 1) {
      shard = std::make_shared<Part>(*shard);
    }
    (*shard)[key] = std::move(value);
  }

 private:
  static constexpr std::size_t kShards = 256;
  using Part = std::unordered_map<std::string, T>;
  static std::size_t IndexOf(const std::string& key) { return std::hash<std::string>()(key) % kShards; }

  std::array<std::shared_ptr<Part>, kShards> shards_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_SHARDED_MAP_H_
