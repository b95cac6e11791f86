package example.accord.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import example.accord.client.protocols.v1.ReferralService;
import example.accord.protocols.v1.CreateReferralRequest;
import example.accord.protocols.v1.ListReferralsRequest;
import example.accord.protocols.v1.ListReferralsResponse;
import example.accord.protocols.v1.Referral;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Calls against a test gateway, on loopback and with real certificates. */
public class CallsTest extends GatewayTest {
  private static final CreateReferralRequest REQUEST =
      CreateReferralRequest.newBuilder().setParent("agencies/a").build();

  private ReferralService impatient() {
    return new ReferralService(accord.withPatience(Duration.ZERO));
  }

  @Test
  public void aChangeWhoseAnswerIsLostIsRepeatedWithOneRequestIdAndMadeOnce() {
    gateway.plan.add(FakeGateway.LOST);
    String name = create().getName();
    assertEquals(List.of(name), List.copyOf(gateway.made.values()));
    assertEquals(2, gateway.calls.size());
  }

  @Test
  public void eachCallHasARequestIdOfItsOwnAndTheCallersStays() {
    create();
    create();
    referrals.createReferral(REQUEST.toBuilder().setRequestId("chosen").build());
    assertEquals(3, gateway.made.size());
    assertTrue(gateway.made.containsKey("chosen"));
  }

  @Test
  public void whatNobodyAnsweredCanBeRepeatedLaterByTheRequestThatTheExceptionKeeps() {
    gateway.plan.add(FakeGateway.LOST);
    Unanswered lost = assertThrows(Unanswered.class, () -> impatient().createReferral(REQUEST));
    assertFalse(lost.requestId().isEmpty());
    assertEquals("accord.protocols.v1.ReferralService/CreateReferral", lost.method());
    assertTrue(lost.mayPass());
    Referral again = referrals.createReferral((CreateReferralRequest) lost.request());
    assertEquals(List.of(again.getName()), List.copyOf(gateway.made.values()));
  }

  @Test
  public void aRefusalTellsItsRuleFieldsAndTime() {
    gateway.plan.add(new Refused(Status.Code.INVALID_ARGUMENT, "FIELD_INVALID")
                         .withField("referral.urgency", "is required")
                         .withHelp("Call the police", "tel:911")
                         .withText("Un champ est fautif."));
    Refusal refusal = assertThrows(Refusal.class, this::create);
    assertEquals(Optional.of(Rule.FIELD_INVALID), refusal.rule());
    assertTrue(refusal.is(Rule.FIELD_INVALID));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal.code());
    assertEquals(List.of(new FieldViolation("referral.urgency", "is required")), refusal.fields());
    assertEquals(List.of(new HelpLink("Call the police", "tel:911")), refusal.help());
    assertEquals("Un champ est fautif.", refusal.localized());
    assertEquals(Optional.empty(), refusal.retryAfter());
    assertFalse(refusal.mayPass());
    assertEquals("INVALID_ARGUMENT FIELD_INVALID: no", refusal.getMessage());
  }

  @Test
  public void aRefusalThatMayPassKeepsItsRequest() {
    gateway.plan.add(new Refused(Status.Code.UNAVAILABLE, "SERVICE_BUSY").withWait(Duration.ofMillis(250)));
    Refusal refusal = assertThrows(Refusal.class, () -> impatient().createReferral(REQUEST));
    assertEquals(Optional.of(Duration.ofMillis(250)), refusal.retryAfter());
    assertTrue(refusal.mayPass());
    referrals.createReferral((CreateReferralRequest) refusal.request());
    assertEquals(List.of(refusal.requestId()), List.copyOf(gateway.made.keySet()));
  }

  @Test
  public void aReasonOfAnotherDomainIsNoRule() {
    gateway.plan.add(new Refused(Status.Code.PERMISSION_DENIED, "NOT_FOUND", "proxy.example"));
    Refusal refusal = assertThrows(Refusal.class, this::create);
    assertEquals("", refusal.reason());
    assertEquals(Optional.empty(), refusal.rule());
  }

  @Test
  public void aRefusalThatPassesIsWaitedOut() {
    Refused busy = new Refused(Status.Code.UNAVAILABLE, "SERVICE_BUSY").withWait(Duration.ofMillis(10));
    gateway.plan.addAll(List.of(busy, busy));
    create();
    assertEquals(3, gateway.calls.size());
  }

  @Test
  public void aListIsReadPageByPageToItsEnd() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(create().getName());
    }
    ListReferralsRequest request = ListReferralsRequest.getDefaultInstance();
    List<String> listed = new ArrayList<>();
    referrals.listReferrals().all(request).forEach(each -> listed.add(each.getName()));
    assertEquals(made, listed);
    List<Integer> sizes = new ArrayList<>();
    for (ListReferralsResponse page : referrals.listReferrals().pages(request)) {
      sizes.add(page.getReferralsCount());
    }
    assertEquals(List.of(2, 2, 1), sizes);
  }

  @Test
  public void anAnswerTellsWhichFieldsAreMasked() {
    assertEquals(List.of("subject_ref", "indicators"), referrals.createReferral().answer(REQUEST).masked());
  }

  @Test
  public void aCallNamesPersonPurposeAndLanguageAndAnotherViewNamesOthers() {
    create();
    new ReferralService(accord.withActor("chief").withPurpose("intelligence").withLanguage("fr"))
        .createReferral(REQUEST);
    List<List<String>> headers = gateway.calls.stream()
                                     .map(call
                                         -> Arrays.asList(call.header("accord-actor"),
                                             call.header("accord-purpose"), call.header("accord-language")))
                                     .toList();
    assertEquals(
        List.of(Arrays.asList("worker", "child_protection", null), List.of("chief", "intelligence", "fr")),
        headers);
  }

  @Test
  public void aCallWithoutAPersonIsNotSent() {
    ReferralService nobodys = new ReferralService(accord.withActor(""));
    SettingsException error = assertThrows(SettingsException.class, () -> nobodys.createReferral(REQUEST));
    assertTrue(error.getMessage().contains("actor"));
    assertTrue(gateway.calls.isEmpty());
  }

  @Test
  public void aCallWithoutAnAnswerEndsWithItsTime() {
    gateway.plan.add((java.util.function.Supplier<Object>) () -> {
      pause(400);
      return null;
    });
    ReferralService hasty =
        new ReferralService(accord.withTimeout(Duration.ofMillis(100)).withPatience(Duration.ZERO));
    Unanswered late = assertThrows(Unanswered.class, () -> hasty.createReferral(REQUEST));
    assertTrue(late.detail(), late.detail().startsWith("DEADLINE_EXCEEDED"));
  }

  @Test
  public void aGatewayThatIsAwayAndComesBackIsWaitedFor() throws Exception {
    create();
    int port = gateway.port();
    gateway.stop();
    assertThrows(Unanswered.class, () -> impatient().createReferral(REQUEST));
    gateway = new FakeGateway(authority, port);
    create();
    assertEquals(1, gateway.calls.size());
  }

  @Test
  public void anotherGatewayIsAskedAtOnceIfOneDoesNotAnswer() throws Exception {
    FakeGateway gone = new FakeGateway(authority);
    String address = gone.address();
    gone.stop();
    try (Accord either = connection(Map.of("address", address + ", " + gateway.address()))) {
      new ReferralService(either).createReferral(REQUEST);
      new ReferralService(either).createReferral(REQUEST);
    }
    assertEquals(2, gateway.made.size());
  }

  @Test
  public void whoeverIsInterruptedStopsCalling() throws Exception {
    gateway.plan.addAll(List.of(FakeGateway.LOST, FakeGateway.LOST, FakeGateway.LOST));
    List<Throwable> thrown = new ArrayList<>();
    Thread caller = new Thread(() -> {
      try {
        create();
      } catch (CallException error) {
        thrown.add(error);
        thrown.add(new Throwable(Boolean.toString(Thread.currentThread().isInterrupted())));
      }
    });
    caller.start();
    while (gateway.calls.isEmpty()) {
      pause(5);
    }
    caller.interrupt();
    caller.join(10_000);
    assertEquals(Unanswered.class, thrown.get(0).getClass());
    assertEquals("true", thrown.get(1).getMessage());
  }

  @Test
  public void nothingIsCalledAfterTheEnd() {
    accord.close();
    SettingsException error = assertThrows(SettingsException.class, this::create);
    assertEquals("the connection was closed", error.getMessage());
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
