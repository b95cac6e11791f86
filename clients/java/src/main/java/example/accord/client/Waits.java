package example.accord.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The pauses before further attempts: as long as the refusal says, otherwise doubling each time. */
final class Waits {
  // Whoever asks for a longer pause is asked again after this time all the same.
  private static final double LONGEST_ASKED_SECONDS = 3600;

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier chance;
  private Duration next;

  /** Makes the pauses. {@code chance} gives random numbers from 0 to 1. */
  Waits(Duration first, Duration longest, DoubleSupplier chance) {
    this.first = first;
    this.longest = longest;
    this.chance = chance;
    next = first;
  }

  /** Makes pauses of one second at first. */
  static Waits upTo(Duration longest) {
    return new Waits(Duration.ofSeconds(1), longest, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Gives the pause after an error. It has a random part, so that clients that were cut off together do not
   * reconnect together.
   */
  Duration after(CallException error) {
    Duration asked =
        error instanceof Refusal refusal ? refusal.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
    // A refusal that asks for no time at all would have everybody call again at once.
    if (asked.isNegative() || asked.isZero()) {
      return next();
    }
    double seconds = Math.min(asked.getSeconds() + asked.getNano() / 1e9, LONGEST_ASKED_SECONDS);
    return ofSeconds(seconds * (1 + chance.getAsDouble() / 10));
  }

  /** Gives the pause if no call has failed, as after the end of a stream. */
  Duration next() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return ofSeconds(wait.toNanos() / 1e9 * (0.5 + chance.getAsDouble() / 2));
  }

  /** Resets the pause to the first one, because something was answered. */
  void beginAnew() {
    next = first;
  }

  private static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
