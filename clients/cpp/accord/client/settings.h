// Where the gateway is, by which certificate the system calls, for whom and why: from a file or from the
// environment of the process.
#ifndef ACCORD_CLIENT_SETTINGS_H_
#define ACCORD_CLIENT_SETTINGS_H_

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace accord::client {

using Seconds = std::chrono::duration<double>;

// Settings as texts, by their names.
using Values = std::map<std::string, std::string>;

// Each field is a key of the file, and in upper case after ACCORD_ a variable of the environment.
struct Settings {
  // This is `host:port` of the gateway, or of several gateways with commas between them. Where one does not
  // answer, the next one is asked.
  std::string address;
  // The certificate of the authority that signed the gateway's.
  std::string ca_file;
  // The system's certificate. It is read again when the file changes, and so are the other two.
  std::string certificate_file;
  // The private key of that certificate, without a password.
  std::string key_file;
  // The person for whom the system calls, by the id under which the agency registered the person.
  std::string actor;
  // It says why the system calls: a purpose in lower case, such as `child_protection`.
  std::string purpose;
  // The name in the gateway's certificate, if it is not the host of the address.
  std::string server_name;
  // With `en` or `fr`, refusals say in that language what to do.
  std::string language;
  // Until then one attempt at a call counts as unanswered; the gateway allows 30 seconds.
  Seconds timeout{10};
  // From the first attempt on, a call without an answer is repeated for so long.
  Seconds patience{60};

  // The addresses, one by one.
  std::vector<std::string> Addresses() const;
};

// What the environment of this process says of settings, by their names. What ACCORD_CLIENT_FILE says is
// there by the name `file`.
Values Environment();

// What is given goes before the environment, and the environment before the file. Without `file` it is the
// one that the environment names, if any. File names in it are relative to its folder. It throws
// SettingsError if a setting is unknown, missing or wrong.
Settings LoadSettings(const std::string& file, const Values& given,
                      const Values& environment = Environment());

}  // namespace accord::client

#endif  // ACCORD_CLIENT_SETTINGS_H_
