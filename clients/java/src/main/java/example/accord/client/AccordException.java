package example.accord.client;

/** The base of all exceptions of this library. */
public abstract sealed class AccordException
    extends RuntimeException permits SettingsException, CallException {
  AccordException(String message, Throwable cause) {
    super(message, cause);
  }
}
