import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.JsonFormat;
import example.accord.client.Accord;
import example.accord.client.AccordException;
import example.accord.client.Event;
import example.accord.client.Refusal;
import example.accord.client.Watch;
import example.accord.client.protocols.v1.ChangeService;
import example.accord.client.protocols.v1.ReferralService;
import example.accord.host.v1.Change;
import example.accord.host.v1.WatchChangesRequest;
import example.accord.protocols.v1.ListReferralsRequest;
import example.accord.protocols.v1.Referral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the case of all clients needs beside the client: its folder, the acts around it, and a watcher. */
final class ConformanceParts {
  /** How long anything may take that must come. */
  static final long SECONDS = 120;

  private static final ExecutorService POOL = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "beside");
    thread.setDaemon(true);
    return thread;
  });

  private ConformanceParts() {}

  static void step(String what) {
    System.out.println("clients: Java " + what);
  }

  /** Ends the case if it does not hold. */
  static void require(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Does something in another thread. */
  static <M> CompletableFuture<M> beside(Supplier<M> work) {
    return CompletableFuture.supplyAsync(work, POOL);
  }

  static <M> M within(CompletableFuture<M> made) throws Exception {
    return made.get(SECONDS, TimeUnit.SECONDS);
  }

  /** The refusal of a call that must not succeed. */
  static Refusal refusalOf(Runnable call) {
    try {
      call.run();
    } catch (Refusal refusal) {
      return refusal;
    }
    throw new AssertionError("a call was answered that is to be refused");
  }

  /** The folder that sdks.sh has made. */
  record Work(Path folder) {
    Path settingsFile(String agency) {
      return folder.resolve(agency).resolve("accord.json");
    }

    /** The settings of an agency's file, as its environment would have them. */
    Map<String, String> environment(String agency) throws IOException {
      Map<String, String> values = new HashMap<>();
      JsonObject read = JsonParser.parseString(Files.readString(settingsFile(agency))).getAsJsonObject();
      for (Map.Entry<String, JsonElement> each : read.entrySet()) {
        String value = each.getValue().getAsString();
        boolean isFile = each.getKey().endsWith("_file");
        values.put("ACCORD_" + each.getKey().toUpperCase(Locale.ROOT),
            isFile ? folder.resolve(agency).resolve(value).toString() : value);
      }
      return values;
    }

    /** The body of a referral. */
    Referral body() throws IOException {
      Referral.Builder body = Referral.newBuilder();
      JsonFormat.parser().merge(Files.readString(folder.resolve("referral.json")), body);
      return body.build();
    }

    /** What happens around the client: kill NAME, start NAME or rotate. */
    void act(String... words) {
      List<String> command = new ArrayList<>(List.of(System.getenv("ACCORD_CASE_ACTS"), folder.toString()));
      command.addAll(List.of(words));
      try {
        Process process = new ProcessBuilder(command)
                              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                              .redirectError(ProcessBuilder.Redirect.INHERIT)
                              .start();
        require(process.waitFor() == 0, "an act fails: " + command);
      } catch (IOException | InterruptedException error) {
        throw new AssertionError(error);
      }
    }
  }

  /** All events of a watch of the referrals. */
  static final class Watcher {
    private final Watch<Referral, Change> watch;
    private final List<Event<Referral, Change>> events = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "watcher");
    private AccordException failure;

    Watcher(Accord accord) {
      watch = accord.watch(new ReferralService(accord).listReferrals(),
          ListReferralsRequest.newBuilder().setPageSize(1).build(), new ChangeService(accord).watchChanges(),
          WatchChangesRequest.newBuilder().addKinds("referral").build());
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        for (Event<Referral, Change> event : watch) {
          synchronized (events) {
            events.add(event);
            events.notifyAll();
          }
        }
      } catch (AccordException error) {
        synchronized (events) {
          failure = error;
          events.notifyAll();
        }
      }
    }

    /** The first event that fits. */
    Event<Referral, Change> until(Predicate<Event<Referral, Change>> fits, String what)
        throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      synchronized (events) {
        while (true) {
          for (Event<Referral, Change> event : events) {
            if (fits.test(event)) {
              return event;
            }
          }
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          require(
              failure == null && left > 0, "the watch does not tell of " + what + ": " + failure + events);
          events.wait(left);
        }
      }
    }

    /** A change of this record, and where it stands after it, unless the state is empty. */
    void toldOf(String name, String state) throws InterruptedException {
      until(event
          -> event.kind() == Event.Kind.CHANGED && event.change().getName().equals(name)
              && (state.isEmpty() || event.change().getState().equals(state)),
          name + " " + state);
    }

    void position() throws InterruptedException {
      until(event -> event.kind() == Event.Kind.POSITION, "its position");
    }

    /** How many lists were begun. */
    long lists() {
      synchronized (events) {
        return events.stream().filter(event -> event.kind() == Event.Kind.BEGUN).count();
      }
    }

    void close() throws InterruptedException {
      watch.close();
      thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
      require(!thread.isAlive() && failure == null, "the watch does not end: " + failure);
    }
  }
}
