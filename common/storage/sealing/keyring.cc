#include "common/storage/sealing/keyring.h"

#include "absl/strings/str_cat.h"
#include "common/base/aead.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"

namespace accord::storage {
namespace {

constexpr std::size_t kKeySize = 32;

std::string SealKeyIdOf(const std::string& key) {
  return Hex(Sha256("accord seal key v1\n" + key)).substr(0, 16);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Keyring>> Keyring::From(const std::vector<std::string>& keys,
                                                             std::string index_key) {
  if (keys.empty() || index_key.size() != kKeySize) {
    return absl::InvalidArgumentError("a keyring needs at least one seal key and an index key of 32 bytes");
  }
  std::shared_ptr<Keyring> ring(new Keyring());
  for (const auto& key : keys) {
    if (key.size() != kKeySize) return absl::InvalidArgumentError("a seal key has 32 bytes");
    ring->keys_[SealKeyIdOf(key)] = key;
  }
  ring->current_ = SealKeyIdOf(keys.front());
  ring->index_key_ = std::move(index_key);
  return std::shared_ptr<const Keyring>(std::move(ring));
}

absl::StatusOr<std::shared_ptr<const Keyring>> Keyring::Load(const std::vector<std::string>& files,
                                                             const std::string& index_file) {
  std::vector<std::string> keys;
  for (const auto& file : files) {
    ACCORD_ASSIGN_OR_RETURN(std::string key, ReadFile(file));
    keys.push_back(std::move(key));
  }
  ACCORD_ASSIGN_OR_RETURN(std::string index_key, ReadFile(index_file));
  return From(keys, std::move(index_key));
}

std::string Keyring::Seal(std::string_view context, std::string_view plain) const {
  return absl::StrCat(current_, ".", Base64(SealAead(keys_.at(current_), context, plain)));
}

absl::StatusOr<std::string> Keyring::Open(std::string_view context, std::string_view token) const {
  const std::size_t dot = token.find('.');
  const auto key = keys_.find(token.substr(0, dot));
  if (dot != std::string_view::npos && key != keys_.end()) {
    const std::string_view text = token.substr(dot + 1);
    const auto sealed = Unbase64(text);
    // Only the canonical base 64 encoding is accepted.
    if (auto plain =
            sealed && Base64(*sealed) == text ? OpenAead(key->second, context, *sealed) : std::nullopt)
      return *std::move(plain);
  }
  return Refuse(rules::kSealBroken, "A sealed value cannot be opened.");
}

std::string Keyring::Index(std::string_view context, std::string_view value) const {
  const std::string text(context);
  return Hex(HmacSha256(index_key_, absl::StrCat(text.size(), ":", text, std::string(value))));
}

}  // namespace accord::storage
