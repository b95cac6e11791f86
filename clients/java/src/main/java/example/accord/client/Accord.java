package example.accord.client;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A connection to the gateway, on behalf of one person and for one purpose. Threads may share it. The classes
 * of the packages below this one, such as {@code example.accord.client.protocols.v1.ReferralService}, are
 * made with it.
 */
public final class Accord implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final Settings settings;
  private final Channels channels;

  private Accord(Settings settings, Channels channels) {
    this.settings = settings;
    this.channels = channels;
  }

  /** Connects by the environment, which may name the settings file in {@code ACCORD_CLIENT_FILE}. */
  public static Accord connect() {
    return connect(Settings.load(null, System.getenv(), Map.of()));
  }

  /** Connects by a settings file. Variables of the environment go before it. */
  public static Accord connect(Path file) {
    return connect(file, Map.of());
  }

  /**
   * Connects by a settings file. What is given goes before the environment, and that before the file.
   *
   * @param file the settings file; if it is null, it is the one that {@code ACCORD_CLIENT_FILE} names, if any
   * @param given settings by their names in the file, such as {@code ca_file}
   */
  public static Accord connect(Path file, Map<String, ?> given) {
    return connect(Settings.load(file, System.getenv(), given));
  }

  /**
   * Connects by these settings. The first call opens the connection.
   *
   * @throws SettingsException if the certificate cannot be used
   */
  public static Accord connect(Settings settings) {
    return new Accord(settings, new Channels(settings));
  }

  /** The settings by which the calls are made. */
  public Settings settings() {
    return settings;
  }

  /** Gives the same connection for another person. */
  public Accord withActor(String actor) {
    return new Accord(settings.withActor(actor), channels);
  }

  /** Gives the same connection for another purpose. */
  public Accord withPurpose(String purpose) {
    return new Accord(settings.withPurpose(purpose), channels);
  }

  /** Gives the same connection, over which refusals say in this language what to do. */
  public Accord withLanguage(String language) {
    return new Accord(settings.withLanguage(language), channels);
  }

  /** Gives the same connection, over which an attempt counts as unanswered after another time. */
  public Accord withTimeout(Duration timeout) {
    return new Accord(settings.withTimeout(timeout), channels);
  }

  /** Gives the same connection, over which calls are repeated for another time. */
  public Accord withPatience(Duration patience) {
    return new Accord(settings.withPatience(patience), channels);
  }

  /**
   * Lists the records and then tells every change of them, across ends of streams, of the gateway's
   * connection and of the certificate.
   *
   * @throws IllegalArgumentException if the list gives no position, or the stream does not tell names
   */
  public <Q extends Message, R extends Message, I extends Message, W extends Message, C extends Message>
      Watch<I, C> watch(Listing<Q, R, I> listing, Q listed, Streaming<W, C> streaming, W followed) {
    return Watch.of(listing, listed, streaming, followed);
  }

  /** Ends all calls, including those over what the {@code with} functions gave. */
  @Override
  public void close() {
    channels.close();
  }

  Channels channels() {
    return channels;
  }

  /** The headers of a call. */
  Metadata headers() {
    if (settings.actor().isEmpty()) {
      throw new SettingsException(
          "the setting actor is missing: every call names the person for whom it is made");
    }
    Metadata headers = new Metadata();
    put(headers, "accord-actor", settings.actor());
    put(headers, "accord-purpose", settings.purpose());
    put(headers, "accord-language", settings.language());
    return headers;
  }

  /** The rule by which one call over this connection is repeated. */
  Repetition repetition() {
    return new Repetition(
        settings.patience(), Waits.upTo(LONGEST_WAIT), System::nanoTime, channels::sleep, channels.others());
  }

  private static void put(Metadata headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
  }
}
