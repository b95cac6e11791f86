package example.accord.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The gateway's address, the system's certificate, and for whom and why it calls. Each is a key of the
 * settings file and, in upper case after {@code ACCORD_}, a variable of the environment.
 *
 * @param address {@code host:port} of the gateway, or of several gateways with commas between them
 * @param caFile the certificate of the authority that signed the gateway's certificate ({@code ca_file})
 * @param certificateFile the system's certificate, which is read again when it changes ({@code
 *     certificate_file})
 * @param keyFile the private key of that certificate, without a password ({@code key_file})
 * @param actor the id, as registered by the agency, of the person for whom the system calls
 * @param purpose why the system calls: a purpose in lower case, such as {@code child_protection}
 * @param serverName the name in the gateway's certificate, if it is not the host of the address ({@code
 *     server_name})
 * @param language {@code en} or {@code fr}: the language in which refusals say what to do
 * @param timeout the time after which one attempt counts as unanswered; the gateway allows 30 seconds
 * @param patience how long, from the first attempt on, a call without an answer is repeated
 */
public record Settings(String address, Path caFile, Path certificateFile, Path keyFile, String actor,
    String purpose, String serverName, String language, Duration timeout, Duration patience) {
  /** Checks that the address names a gateway and that the times can be waited for. */
  public Settings {
    if (addressesIn(address).isEmpty()) {
      throw new SettingsException("the setting address is missing: it names no gateway");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new SettingsException("the setting timeout is not a number of seconds");
    }
    if (patience.isNegative()) {
      throw new SettingsException("the setting patience is not a number of seconds");
    }
  }

  /**
   * Reads the settings. What is given goes before the environment, and that before the file.
   *
   * @param file the settings file; if it is null, it is the one that {@code ACCORD_CLIENT_FILE} names, if any
   * @param environment the variables of the environment
   * @param given settings by their names in the file, such as {@code ca_file}
   */
  public static Settings load(Path file, Map<String, String> environment, Map<String, ?> given) {
    return SettingsReader.read(file, environment, given);
  }

  /** The addresses of the gateways, in the order in which they are tried. */
  List<String> addresses() {
    return addressesIn(address);
  }

  /** The three files that are looked at before every call. */
  List<Path> files() {
    return List.of(caFile, certificateFile, keyFile);
  }

  Settings withActor(String other) {
    return new Settings(
        address, caFile, certificateFile, keyFile, other, purpose, serverName, language, timeout, patience);
  }

  Settings withPurpose(String other) {
    return new Settings(
        address, caFile, certificateFile, keyFile, actor, other, serverName, language, timeout, patience);
  }

  Settings withLanguage(String other) {
    return new Settings(
        address, caFile, certificateFile, keyFile, actor, purpose, serverName, other, timeout, patience);
  }

  Settings withTimeout(Duration other) {
    return new Settings(
        address, caFile, certificateFile, keyFile, actor, purpose, serverName, language, other, patience);
  }

  Settings withPatience(Duration other) {
    return new Settings(
        address, caFile, certificateFile, keyFile, actor, purpose, serverName, language, timeout, other);
  }

  private static List<String> addressesIn(String address) {
    return Arrays.stream(address.split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
  }
}
