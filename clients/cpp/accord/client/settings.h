// This file is about the gateway's address, the system's certificate, and for whom and why it calls: from a
// file or from the process's environment.
#ifndef ACCORD_CLIENT_SETTINGS_H_
#define ACCORD_CLIENT_SETTINGS_H_

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace accord::client {

using Seconds = std::chrono::duration<double>;

// Settings as texts, keyed by name.
using Values = std::map<std::string, std::string>;

// Each field is a key of the file and, in upper case after ACCORD_, an environment variable.
struct Settings {
  // This is `host:port` of the gateway, or of several gateways separated by commas. If one does not answer,
  // the next one is tried.
  std::string address;
  // This is the certificate of the authority that signed the gateway's certificate.
  std::string ca_file;
  // This is the system's certificate. This file and the two others are read again when they change.
  std::string certificate_file;
  // This is the private key of that certificate, without a password.
  std::string key_file;
  // This is the id, as registered by the agency, of the person for whom the system calls.
  std::string actor;
  // Why the system calls: a purpose in lower case, such as `child_protection`.
  std::string purpose;
  // The name in the gateway's certificate, if it is not the host of the address.
  std::string server_name;
  // This is `en` or `fr`, the language in which refusals say what to do.
  std::string language;
  // This is the time after which one attempt counts as unanswered. The gateway allows 30 seconds.
  Seconds timeout{10};
  // This says how long, from the first attempt on, a call without an answer is repeated.
  Seconds patience{60};

  // This gives the addresses as a list.
  std::vector<std::string> Addresses() const;
};

// This gives the settings in this process's environment. ACCORD_CLIENT_FILE is there as `file`.
Values Environment();

// This loads the settings. `given` takes precedence over the environment, and that over the file. Without
// `file`, the file that the environment names is read, if any. Paths in it are relative to its folder. It
// throws SettingsError if a setting is unknown, missing or wrong.
Settings LoadSettings(const std::string& file, const Values& given,
                      const Values& environment = Environment());

}  // namespace accord::client

#endif  // ACCORD_CLIENT_SETTINGS_H_
