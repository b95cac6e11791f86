package example.accord.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import com.google.protobuf.Empty;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** The waits between attempts, by a clock that tests move. */
public class RetriesTest {
  private static final Empty NOTHING = Empty.getDefaultInstance();
  private static final CallException BUSY = refusal("SERVICE_BUSY", Optional.of(Duration.ofMillis(500)));
  private static final CallException TIRED = refusal("QUOTA_CALLS", Optional.empty());
  private static final CallException FINAL = refusal("ROLE_NOT_PERMITTED", Optional.empty());
  private static final CallException LATER = refusal("OF_A_LATER_VERSION", Optional.empty());
  private static final CallException LOST = new Unanswered("a.B/C", NOTHING, "broken", null);

  private final List<Double> slept = new ArrayList<>();
  private final Deque<Object> left = new ArrayDeque<>();
  private long nanos;

  private static Refusal refusal(String reason, Optional<Duration> retryAfter) {
    return new Refusal(
        new Refusal.Contents(Status.Code.UNAVAILABLE, reason, "no", List.of(), retryAfter, "", List.of()),
        false, NOTHING, null);
  }

  private Object outcomeWithin(Duration patience, int others, Object... outcomes) {
    slept.clear();
    left.clear();
    left.addAll(Arrays.asList(outcomes));
    Repetition repetition = new Repetition(patience, waits(1), () -> nanos, time -> {
      nanos += time.toNanos();
      slept.add(time.toNanos() / 1e9);
    }, others);
    try {
      return repetition.repeat(() -> {
        nanos++;
        Object next = left.remove();
        if (next instanceof CallException error) {
          throw error;
        }
        return next;
      });
    } catch (CallException error) {
      return error;
    }
  }

  private Object outcome(Object... outcomes) {
    return outcomeWithin(Duration.ofSeconds(60), 0, outcomes);
  }

  private static Waits waits(double chance) {
    return new Waits(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> chance);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  @Test
  public void waitsAsLongAsTheRefusalAsks() {
    assertEquals("answer", outcome(BUSY, BUSY, "answer"));
    assertEquals(List.of(0.55, 0.55), slept);
  }

  @Test
  public void waitsTwiceAsLongEachTimeWhereNothingIsAskedUpToAMinute() {
    List<Object> outcomes = new ArrayList<>(Collections.nCopies(9, LOST));
    outcomes.add("answer");
    outcomeWithin(Duration.ofSeconds(1000), 0, outcomes.toArray());
    assertEquals(List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0), slept);
  }

  @Test
  public void waitsNeitherForEverNorNotAtAllWhateverIsAsked() {
    Waits waits = waits(1);
    assertEquals(
        3960, seconds(waits.after(refusal("SERVICE_BUSY", Optional.of(Duration.ofSeconds(1L << 60))))), 0);
    assertEquals(1, seconds(waits.after(refusal("SERVICE_BUSY", Optional.of(Duration.ZERO)))), 0);
    assertEquals(2, seconds(waits.after(refusal("SERVICE_BUSY", Optional.of(Duration.ofSeconds(-5))))), 0);
  }

  @Test
  public void eachWaitHasARandomPart() {
    assertEquals(0.5, seconds(waits(0).after(LOST)), 0);
    assertEquals(0.5, seconds(waits(0).after(BUSY)), 0);
  }

  @Test
  public void aRuleThatPassesIsTriedAgainAndAnotherOneIsNot() {
    assertEquals("answer", outcome(TIRED, "answer"));
    for (CallException last : List.of(FINAL, LATER)) {
      assertSame(last, outcome(last, "answer"));
      assertEquals(List.of(), slept);
      assertEquals(1, left.size());
    }
  }

  @Test
  public void givesUpBeforeAWaitThatEndsPastItsPatience() {
    assertSame(LOST, outcomeWithin(Duration.ofMillis(7001), 0, LOST, LOST, LOST, LOST, "answer"));
    assertEquals(List.of(1.0, 2.0, 4.0), slept);
    assertSame(LOST, outcomeWithin(Duration.ZERO, 0, LOST, "answer"));
  }

  @Test
  public void eachFurtherGatewayIsAskedAtOnceBeforeAWait() {
    assertEquals("answer", outcomeWithin(Duration.ofSeconds(60), 2, LOST, LOST, LOST, LOST, LOST, "answer"));
    assertEquals(List.of(1.0), slept);
    // A refusal comes from a gateway that is there.
    assertEquals("answer", outcomeWithin(Duration.ofSeconds(60), 2, TIRED, "answer"));
    assertEquals(List.of(1.0), slept);
  }

  @Test
  public void knowsTheRulesOfTheCatalogueAndKeepsTheNamesOfOthers() {
    assertEquals(Optional.of(Rule.QUOTA_CALLS), ((Refusal) TIRED).rule());
    assertEquals(Optional.empty(), ((Refusal) LATER).rule());
    assertEquals("OF_A_LATER_VERSION", ((Refusal) LATER).reason());
    assertTrue(Rule.QUOTA_CALLS.mayPass());
    assertFalse(Rule.ROLE_NOT_PERMITTED.mayPass());
  }
}
