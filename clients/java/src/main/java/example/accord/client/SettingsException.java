package example.accord.client;

/** A setting is missing or wrong, a file of the certificate cannot be used, or the connection was closed. */
public final class SettingsException extends AccordException {
  SettingsException(String message) {
    super(message, null);
  }

  SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
