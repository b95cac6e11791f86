package example.accord.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** When a call without a final answer is sent again: docs/api/connect.md, "Refusals and retries". */
final class Repetition {
  private final Duration patience;
  private final Waits waits;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private final int others;

  /** Waits between two attempts. */
  interface Sleeper {
    /** Waits for this time. */
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * Makes the rule of repetitions for one call.
   *
   * @param patience how long, from the first attempt on, the call may be repeated
   * @param waits the pauses between attempts
   * @param nanoTime a clock in nanoseconds
   * @param others the number of further gateways, each of which is tried without a pause when one has not
   *     answered
   */
  Repetition(Duration patience, Waits waits, LongSupplier nanoTime, Sleeper sleeper, int others) {
    this.patience = patience;
    this.waits = waits;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.others = others;
  }

  /**
   * Gives the result of an attempt, which is repeated while it may still succeed and the next pause ends
   * within the patience. Otherwise it throws the last attempt's exception.
   */
  <M> M repeat(Supplier<M> attempt) {
    long begin = nanoTime.getAsLong();
    int left = others;
    while (true) {
      try {
        return attempt.get();
      } catch (CallException error) {
        if (!error.mayPass() || Thread.currentThread().isInterrupted()) {
          throw error;
        }
        if (left > 0 && error instanceof Unanswered) {
          left--;
          // A patience of nothing has one gateway asked.
          pause(Duration.ZERO, begin, error);
        } else {
          left = others;
          pause(waits.after(error), begin, error);
        }
      }
    }
  }

  private void pause(Duration wait, long begin, CallException error) {
    long elapsed = nanoTime.getAsLong() - begin;
    if (wait.plusNanos(elapsed).compareTo(patience) > 0) {
      throw error;
    }
    if (wait.isZero()) {
      return;
    }
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw error;
    }
  }
}
