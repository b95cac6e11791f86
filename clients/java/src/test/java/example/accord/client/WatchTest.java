package example.accord.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import example.accord.client.Event.Kind;
import example.accord.client.protocols.v1.ChangeService;
import example.accord.host.v1.Change;
import example.accord.host.v1.WatchChangesRequest;
import example.accord.protocols.v1.ListReferralsRequest;
import example.accord.protocols.v1.Referral;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** Watches against a test gateway. */
public class WatchTest extends GatewayTest {
  private static final WatchChangesRequest REFERRALS =
      WatchChangesRequest.newBuilder().addKinds("referral").build();

  private Watch<Referral, Change> watch;

  @After
  public void closes() {
    if (watch != null) {
      watch.close();
    }
  }

  private Watch<Referral, Change> watched(String token) {
    watch = accord
                .watch(referrals.listReferrals(), ListReferralsRequest.getDefaultInstance(),
                    new ChangeService(accord).watchChanges(), REFERRALS)
                .from(token)
                .reopeningAfter(Duration.ofSeconds(30))
                .waiting(new Waits(Duration.ofMillis(10), Duration.ofMillis(10), () -> 1.0));
    return watch;
  }

  private static List<String> names(Watch<Referral, Change> watch, int count) {
    List<String> told = new ArrayList<>();
    while (told.size() < count) {
      Event<Referral, Change> event = watch.next();
      if (event.kind() == Kind.CHANGED) {
        told.add(event.change().getName());
      }
    }
    return told;
  }

  private List<String> tokensOfStreams() {
    return gateway.streams.stream().map(each -> each.request().getWatchToken()).toList();
  }

  private List<String> callersOfStreams() {
    return gateway.streams.stream().map(FakeGateway.OpenedStream::caller).toList();
  }

  @Test
  public void aWatchListsThenTellsChangesFromTheFirstPageOn() {
    List<String> made = List.of(create().getName(), create().getName(), create().getName());
    Watch<Referral, Change> events = watched("");
    gateway.change("one");
    List<Event<Referral, Change>> begun = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun.add(events.next());
    }
    assertEquals(List.of(Kind.BEGUN, Kind.LISTED, Kind.LISTED, Kind.LISTED, Kind.POSITION),
        begun.stream().map(Event::kind).toList());
    assertEquals(made, begun.subList(1, 4).stream().map(each -> each.record().getName()).toList());
    assertEquals(List.of("", "", "", "", "at-1"), begun.stream().map(Event::token).toList());
    gateway.change("two");
    assertEquals(List.of("two"), names(events, 1));
  }

  @Test
  public void aWatchGoesOnWhereItWasWhenItsStreamEndsOrIsRefusedForAWhile() {
    gateway.streamPlan.add(FakeGateway.END_AFTER_ONE);
    gateway.streamPlan.add(
        new Refused(Status.Code.UNAVAILABLE, "SERVICE_BUSY").withWait(Duration.ofMillis(10)));
    gateway.streamPlan.add(new Refused(Status.Code.UNAVAILABLE));
    Watch<Referral, Change> events = watched("");
    events.next();
    events.next();
    List.of("one", "two", "three").forEach(gateway::change);
    assertEquals(List.of("one", "two", "three"), names(events, 3));
    assertEquals(List.of("at-0", "at-1", "at-1", "at-1"), tokensOfStreams());
    assertTrue(gateway.streams.get(0).request().getProgress());
  }

  @Test
  public void aWatchBeginsAtATokenThatWasKept() {
    gateway.change("one");
    gateway.change("two");
    assertEquals(List.of("two"), names(watched("at-1"), 1));
    assertTrue(gateway.calls.isEmpty());
  }

  @Test
  public void aPositionThatTheServiceNoLongerKnowsListsAnew() {
    gateway.streamPlan.add(new Refused(Status.Code.ABORTED, "POSITION_FROM_ANOTHER_TIME"));
    assertEquals(Kind.BEGUN, watched("at-7").next().kind());
  }

  @Test
  public void aWatchThatMayNotBeIsRefused() {
    gateway.streamPlan.add(new Refused(Status.Code.PERMISSION_DENIED, "ROLE_NOT_PERMITTED"));
    Watch<Referral, Change> events = watched("at-0");
    assertTrue(assertThrows(Refusal.class, events::next).is(Rule.ROLE_NOT_PERMITTED));
  }

  @Test
  public void aSilentStreamIsOpenedAnew() {
    Watch<Referral, Change> events = watched("at-0").reopeningAfter(Duration.ofMillis(300));
    assertEquals(Kind.POSITION, events.next().kind());
    assertEquals(Kind.POSITION, events.next().kind());
    // On a busy machine the second stream may have been silent as well.
    assertTrue(gateway.streams.size() >= 2);
  }

  @Test
  public void aWatchMovesToTheCertificateThatHasTakenTheFilesPlace() throws Exception {
    Watch<Referral, Change> events = watched("at-0");
    events.next();
    authority.place("second", "client");
    gateway.change("one");
    gateway.change("two");
    assertEquals(List.of("one", "two"), names(events, 2));
    assertEquals(List.of("first", "second"), callersOfStreams());
  }

  @Test
  public void aWatchOutlivesARefusalOfTheCertificateBefore() {
    gateway.streamPlan.add(whileItIsReplaced());
    Watch<Referral, Change> events = watched("at-0");
    gateway.change("one");
    assertEquals(List.of("one"), names(events, 1));
    assertEquals(List.of("first", "second"), callersOfStreams());
  }

  @Test
  public void aWatchThatIsClosedEndsAlsoWhileItWaitsForTheNextMessage() throws Exception {
    Watch<Referral, Change> events = watched("at-0");
    events.next();
    Thread closing = new Thread(() -> {
      try {
        Thread.sleep(100);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      events.close();
    });
    closing.start();
    for (Event<Referral, Change> event : events) {
      throw new AssertionError(event);
    }
    closing.join();
    assertFalse(events.hasNext());
  }

  @Test
  public void aStreamIsReadAloneToo() {
    gateway.streamPlan.add(FakeGateway.END_AFTER_ONE);
    gateway.change("one");
    List<String> told = new ArrayList<>();
    try (var stream = new ChangeService(accord).watchChanges().open(
             REFERRALS.toBuilder().setWatchToken("at-0").build())) {
      stream.forEachRemaining(change -> told.add(change.getName()));
    }
    assertEquals(List.of("", "one"), told);
  }

  @Test
  public void aListWithoutAPositionCannotBeWatched() {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
        ()
            -> accord.watch(
                referrals.listReferralFilters(), null, new ChangeService(accord).watchChanges(), REFERRALS));
    assertTrue(error.getMessage(), error.getMessage().contains("watch_token"));
  }
}
