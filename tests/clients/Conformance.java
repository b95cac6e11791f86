import example.accord.client.Accord;
import example.accord.client.AccordException;
import example.accord.client.Event;
import example.accord.client.Refusal;
import example.accord.client.Rule;
import example.accord.client.Settings;
import example.accord.client.protocols.v1.ReferralService;
import example.accord.host.v1.Change;
import example.accord.protocols.v1.AcknowledgeReferralRequest;
import example.accord.protocols.v1.CreateReferralRequest;
import example.accord.protocols.v1.GetReferralRequest;
import example.accord.protocols.v1.ListReferralsRequest;
import example.accord.protocols.v1.ListReferralsResponse;
import example.accord.protocols.v1.Referral;
import example.accord.protocols.v1.ReferralState;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The case that every client carries through, by the Java client, as tests/clients/sdks.sh says. Its argument
 * is the folder that sdks.sh has made, and ACCORD_CASE_ACTS names tests/clients/acts.sh.
 */
final class Conformance {
  private static final ListReferralsRequest ALL = ListReferralsRequest.getDefaultInstance();

  private final ConformanceParts.Work work;
  private final ConformanceRelay lossy;
  private final ConformanceRelay rough;
  private final Accord york;
  private final Accord police;
  private final Accord byLossy;
  private final Accord byRough;
  private final ConformanceParts.Watcher sent;
  private final ConformanceParts.Watcher received;
  private final List<String> made = new ArrayList<>();

  private Conformance(Path folder) throws Exception {
    work = new ConformanceParts.Work(folder);
    // One side connects by a file, and the other one by what its environment would say.
    Settings settings = Settings.load(null, work.environment("ps-york"), Map.of());
    police = Accord.connect(settings);
    lossy = new ConformanceRelay(settings.address());
    rough = new ConformanceRelay(settings.address());
    Path file = work.settingsFile("cas-york");
    york = Accord.connect(file);
    byLossy = Accord.connect(file, Map.of("address", lossy.address()));
    byRough = Accord.connect(file, Map.of("address", rough.address()));
    // The society watches over the network that breaks off.
    sent = new ConformanceParts.Watcher(byRough);
    received = new ConformanceParts.Watcher(police);
    sent.position();
    received.position();
  }

  private Referral create(Accord accord, Referral body) {
    Referral another = body.toBuilder().setSubjectRef("york-" + UUID.randomUUID()).build();
    Referral created = new ReferralService(accord).createReferral(
        CreateReferralRequest.newBuilder().setParent("agencies/cas-york").setReferral(another).build());
    synchronized (made) {
      made.add(created.getName());
    }
    return created;
  }

  private CompletableFuture<Referral> createBeside(Accord accord) throws Exception {
    Referral body = work.body();
    return ConformanceParts.beside(() -> create(accord, body));
  }

  private void acknowledge(String name) {
    ReferralService referrals = new ReferralService(police);
    Referral read = referrals.getReferral(GetReferralRequest.newBuilder().setName(name).build());
    Referral done = referrals.acknowledgeReferral(
        AcknowledgeReferralRequest.newBuilder().setName(name).setEtag(read.getEtag()).build());
    ConformanceParts.require(done.getState() == ReferralState.REFERRAL_STATE_ACKNOWLEDGED, done.getState());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    new ReferralService(york)
        .listReferrals()
        .all(ALL.toBuilder().setPageSize(2).build())
        .forEach(each -> names.add(each.getName()));
    return names;
  }

  private void creates() throws Exception {
    Referral created = create(york, work.body());
    ConformanceParts.require(
        created.getState() == ReferralState.REFERRAL_STATE_SUBMITTED, created.getState());
    received.toldOf(created.getName(), "");
    ConformanceParts.step("creates a referral, and the receiver's watch tells of it");
  }

  private void repeatsALostAnswer() throws Exception {
    new ReferralService(byLossy).listReferrals(ALL);
    Set<String> before = new HashSet<>(names());
    int asked = lossy.accepted.get();
    lossy.swallows = true;
    CompletableFuture<Referral> answer = createBeside(byLossy);
    Event<Referral, Change> arrived = received.until(event
        -> event.kind() == Event.Kind.CHANGED && !before.contains(event.change().getName()),
        "the referral that arrived");
    ConformanceParts.require(!answer.isDone(), "the lost answer came");
    lossy.swallows = false;
    lossy.cut();
    String name = ConformanceParts.within(answer).getName();
    ConformanceParts.require(
        name.equals(arrived.change().getName()), "the call made another referral: " + name);
    ConformanceParts.require(lossy.accepted.get() > asked, "nothing was repeated");
    Set<String> after = new HashSet<>(names());
    after.removeAll(before);
    ConformanceParts.require(after.equals(Set.of(name)), after);
    ConformanceParts.step("repeats a call whose answer was lost, and one referral was made");
  }

  private void acknowledges() throws Exception {
    acknowledge(made.get(0));
    sent.toldOf(made.get(0), "acknowledged");
    rough.shut = true;
    rough.cut();
    acknowledge(made.get(1));
    rough.shut = false;
    sent.toldOf(made.get(1), "acknowledged");
    ConformanceParts.step("watches, and misses nothing of what happens while it is cut off");
  }

  private void readsPages() {
    int pages = 0;
    List<String> names = new ArrayList<>();
    ListReferralsRequest request = ALL.toBuilder().setPageSize(1).build();
    for (ListReferralsResponse page : new ReferralService(york).listReferrals().pages(request)) {
      pages++;
      page.getReferralsList().forEach(each -> names.add(each.getName()));
    }
    ConformanceParts.require(
        pages >= names.size() && names.size() >= made.size(), pages + " pages of " + names);
    ConformanceParts.require(
        Set.copyOf(names).size() == names.size() && Set.copyOf(names).equals(Set.copyOf(names())), names);
    ConformanceParts.step("reads a list page by page");
  }

  private void decodesRefusals() throws Exception {
    ReferralService curious = new ReferralService(york.withPurpose("intelligence"));
    Refusal refusal = ConformanceParts.refusalOf(() -> curious.listReferrals(ALL));
    ConformanceParts.require(refusal.is(Rule.PURPOSE_NOT_PERMITTED)
            && refusal.code() == Status.Code.PERMISSION_DENIED && !refusal.mayPass(),
        refusal);
    Referral without = work.body().toBuilder().clearLawfulBasis().build();
    refusal = ConformanceParts.refusalOf(() -> create(york, without));
    ConformanceParts.require(refusal.is(Rule.FIELD_INVALID) && refusal.fields().size() == 1
            && refusal.fields().get(0).field().equals("referral.lawful_basis"),
        refusal);
    String name = made.get(0);
    String absent = name.substring(0, name.length() - 1) + (name.endsWith("0") ? "1" : "0");
    ReferralService french = new ReferralService(york.withLanguage("fr"));
    refusal = ConformanceParts.refusalOf(
        () -> french.getReferral(GetReferralRequest.newBuilder().setName(absent).build()));
    ConformanceParts.require(refusal.is(Rule.NOT_FOUND) && !refusal.localized().isEmpty(), refusal);
    work.act("kill", "protocols");
    ReferralService impatient = new ReferralService(york.withPatience(Duration.ZERO));
    refusal = ConformanceParts.refusalOf(() -> impatient.listReferrals(ALL));
    ConformanceParts.require(refusal.is(Rule.BACKEND_UNAVAILABLE)
            && refusal.retryAfter().orElse(Duration.ZERO).compareTo(Duration.ZERO) > 0 && refusal.mayPass(),
        refusal);
    CompletableFuture<Referral> answer = createBeside(york);
    work.act("start", "protocols");
    received.toldOf(ConformanceParts.within(answer).getName(), "");
    ConformanceParts.step(
        "knows the rule, the fields and the time of refusals, and waits for a service that is away");
  }

  private void rotates() throws Exception {
    Path before = work.folder().resolve("cas-york-before");
    Files.createDirectories(before);
    for (String name : List.of("accord.json", "agency-ca.crt", "client.crt", "client.key")) {
      Files.copy(work.folder().resolve("cas-york").resolve(name), before.resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    CompletableFuture<Boolean> rotated = ConformanceParts.beside(() -> {
      work.act("rotate");
      return true;
    });
    while (!rotated.isDone()) {
      names();
      Thread.sleep(50);
    }
    rotated.get();
    try (Accord old = Accord.connect(before.resolve("accord.json"), Map.of("patience", 0))) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ConformanceParts.SECONDS);
      while (!isShutOut(old)) {
        ConformanceParts.require(System.nanoTime() < end, "the certificate before is good for too long");
        Thread.sleep(100);
      }
    }
    goesOn(create(york, work.body()).getName());
    ConformanceParts.step("takes up a new certificate under way, while the one before is revoked");
  }

  private static boolean isShutOut(Accord accord) {
    try {
      new ReferralService(accord).listReferrals(ALL);
      return false;
    } catch (Refusal refusal) {
      return refusal.is(Rule.CERTIFICATE_REVOKED);
    } catch (AccordException ended) {
      return true;
    }
  }

  private void goesOn(String name) throws Exception {
    acknowledge(name);
    sent.toldOf(name, "acknowledged");
  }

  private void outlivesTheGateway() throws Exception {
    work.act("kill", "gateway");
    CompletableFuture<Referral> answer = createBeside(york);
    work.act("start", "gateway");
    String name = ConformanceParts.within(answer).getName();
    received.toldOf(name, "");
    goesOn(name);
    ConformanceParts.step("goes on when the gateway was killed and is back");
  }

  private void missedNothing() throws Exception {
    for (ConformanceParts.Watcher watcher : List.of(sent, received)) {
      ConformanceParts.require(watcher.lists() == 1, "a list began anew");
      for (String name : made) {
        watcher.toldOf(name, "");
      }
    }
    ConformanceParts.require(Set.copyOf(made).size() == made.size(), made);
    ConformanceParts.require(names().containsAll(made), made);
    sent.close();
    received.close();
    List.of(york, police, byLossy, byRough).forEach(Accord::close);
    lossy.close();
    rough.close();
    ConformanceParts.step("misses no change of all that");
  }

  public static void main(String[] words) throws Exception {
    Conformance all = new Conformance(Path.of(words[0]));
    all.creates();
    all.repeatsALostAnswer();
    all.acknowledges();
    all.readsPages();
    all.decodesRefusals();
    all.rotates();
    all.outlivesTheGateway();
    all.missedNothing();
  }
}
