#include "clients/connector/webhook.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/connector/own_file.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

constexpr char kHttps[] = "https://", kHttp[] = "http://", kSecretPrefix[] = "whsec_";
constexpr std::size_t kShortestSecret = 24, kLongestSecret = 64;
constexpr int64_t kTimeoutSeconds = 10, kDeadAfterSeconds = int64_t{7} * 24 * 3600, kChanges = 100'000,
                  kHookSenders = 4, kMostHookSenders = 64, kMostTimeoutSeconds = 300;

absl::Status BadWebhook(const WebhookConfig& config, const std::string& what) {
  return absl::FailedPreconditionError(absl::StrCat("webhooks { name: \"", config.name(), "\" }: ", what));
}

int64_t WebhookSettingOr(int64_t given, int64_t otherwise) { return given == 0 ? otherwise : given; }

bool IsWebhookUrl(const std::string& url) {
  return std::all_of(url.begin(), url.end(), [](unsigned char each) {
    return each > ' ' && each < 0x7f && each != '#' && each != '\\' && each != '@';
  });
}

// This reads host and port of `HOST`, `HOST:PORT`, `[ADDRESS]` or `[ADDRESS]:PORT`.
bool ReadHostAndPort(const std::string& authority, Webhook* webhook) {
  const bool in_brackets = absl::StartsWith(authority, "[");
  const std::size_t end = in_brackets ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (end == std::string::npos) return false;
  webhook->host = authority.substr(in_brackets ? 1 : 0, in_brackets ? end - 1 : end);
  const std::string rest = authority.substr(in_brackets ? end + 1 : end);
  webhook->port = webhook->tls ? 443 : 80;
  if (webhook->host.empty()) return false;
  if (rest.empty()) return true;
  return rest.front() == ':' && absl::SimpleAtoi(rest.substr(1), &webhook->port) && webhook->port > 0 &&
         webhook->port <= 0xffff;
}

absl::Status ReadWebhookUrl(const WebhookConfig& config, Webhook* webhook) {
  const std::string& url = config.url();
  webhook->tls = absl::StartsWith(url, kHttps);
  if (!IsWebhookUrl(url) || (!webhook->tls && !absl::StartsWith(url, kHttp))) {
    return BadWebhook(config, "`url` is no address such as https://records.example/accord.");
  }
  const std::string rest = url.substr(std::string_view(webhook->tls ? kHttps : kHttp).size());
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  if (!ReadHostAndPort(rest.substr(0, end), webhook)) {
    return BadWebhook(config, "`url` has no host, or no port that there can be.");
  }
  webhook->path = rest.substr(end);
  if (!absl::StartsWith(webhook->path, "/")) webhook->path = "/" + webhook->path;
  if (!webhook->tls && webhook->host != "127.0.0.1" && webhook->host != "::1") {
    return BadWebhook(config,
                      "`url` begins with http, which is for 127.0.0.1 and [::1] alone. Take https, so that "
                      "nobody between reads the changes.");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadWebhookSecret(const WebhookConfig& config, const std::string& file) {
  absl::StatusOr<std::string> text = ReadOwnFile(file);
  if (!text.ok()) return BadWebhook(config, std::string(text.status().message()));
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  std::optional<std::string> secret;
  if (absl::StartsWith(*text, kSecretPrefix))
    secret = Unbase64(text->substr(std::string_view(kSecretPrefix).size()));
  if (secret.has_value() && secret->size() >= kShortestSecret && secret->size() <= kLongestSecret) {
    return *std::move(secret);
  }
  return BadWebhook(config, absl::StrCat(file, " does not hold one line of `whsec_` and ", kShortestSecret,
                                         " to ", kLongestSecret, " bytes in base 64."));
}

// This is ten years: an instant so far away can still be reckoned with.
constexpr int64_t kMostDeadSeconds = int64_t{10} * 365 * 24 * 3600;

bool IsWebhookNumberUpTo(int64_t number, int64_t most) { return number >= 0 && number <= most; }

absl::Status CheckWebhookNumbers(const WebhookConfig& config) {
  if (IsWebhookNumberUpTo(config.timeout_seconds(), kMostTimeoutSeconds) && config.max_attempts() >= 0 &&
      IsWebhookNumberUpTo(config.dead_after_seconds(), kMostDeadSeconds) && config.max_changes() >= 0 &&
      IsWebhookNumberUpTo(config.senders(), kMostHookSenders)) {
    return absl::OkStatus();
  }
  return BadWebhook(config, absl::StrCat("a number is negative, or there are more than ", kMostHookSenders,
                                         " senders, ", kMostTimeoutSeconds, " seconds for an attempt or ",
                                         kMostDeadSeconds, " in dead_after_seconds."));
}

}  // namespace

absl::StatusOr<Webhook> LoadWebhook(const WebhookConfig& config) {
  if (!IsId(config.name())) return BadWebhook(config, "its name is not an id.");
  ACCORD_RETURN_IF_ERROR(CheckWebhookNumbers(config));
  Webhook webhook;
  ACCORD_RETURN_IF_ERROR(ReadWebhookUrl(config, &webhook));
  if (config.secret_files().empty()) {
    return BadWebhook(config, "`secret_files` is missing, so that no receiver could tell who calls.");
  }
  for (const std::string& file : config.secret_files()) {
    ACCORD_ASSIGN_OR_RETURN(std::string secret, ReadWebhookSecret(config, file));
    webhook.secrets.push_back(std::move(secret));
  }
  if (!config.ca_file().empty()) {
    const absl::StatusOr<std::string> authorities = ReadFile(config.ca_file());
    if (!authorities.ok()) return BadWebhook(config, std::string(authorities.status().message()));
  }
  webhook.name = config.name();
  webhook.ca_file = config.ca_file();
  webhook.timeout = absl::Seconds(WebhookSettingOr(config.timeout_seconds(), kTimeoutSeconds));
  webhook.max_attempts = config.max_attempts();
  webhook.dead_after = absl::Seconds(WebhookSettingOr(config.dead_after_seconds(), kDeadAfterSeconds));
  webhook.max_changes = WebhookSettingOr(config.max_changes(), kChanges);
  webhook.senders = static_cast<int>(WebhookSettingOr(config.senders(), kHookSenders));
  return webhook;
}

}  // namespace accord::connector
