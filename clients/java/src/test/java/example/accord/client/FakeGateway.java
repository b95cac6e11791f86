package example.accord.client;

import example.accord.host.v1.Change;
import example.accord.host.v1.WatchChangesRequest;
import example.accord.protocols.v1.ChangeServiceGrpc;
import example.accord.protocols.v1.CreateReferralRequest;
import example.accord.protocols.v1.ListReferralsRequest;
import example.accord.protocols.v1.ListReferralsResponse;
import example.accord.protocols.v1.Referral;
import example.accord.protocols.v1.ReferralServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/**
 * A gateway for tests: mutual TLS on loopback, one referral service and one feed, and answers that a test
 * planned. It keeps referrals by request id, as the service does.
 */
final class FakeGateway {
  /** Each planned answer to a call comes after the change was made: the connection breaks. */
  static final Object LOST = "lost";
  /** A planned stream ends in order after one change. */
  static final Object END_AFTER_ONE = "end after one";

  private static final int PAGE = 2;
  private static final Context.Key<Caller> CALLER = Context.key("caller");

  final Map<String, String> made = new LinkedHashMap<>();
  final List<Caller> calls = new CopyOnWriteArrayList<>();
  final List<OpenedStream> streams = new CopyOnWriteArrayList<>();
  final Queue<Object> plan = new ConcurrentLinkedQueue<>();
  final Queue<Object> streamPlan = new ConcurrentLinkedQueue<>();
  private final List<String> changes = new ArrayList<>();
  private final Server server;
  private boolean stopped;

  /** Who called, by the common name of the certificate, and with which headers. */
  record Caller(String name, Metadata headers) {
    String header(String key) {
      return headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
    }
  }

  record OpenedStream(String caller, WatchChangesRequest request) {}

  FakeGateway(Authority authority) throws Exception {
    this(authority, 0);
  }

  /** Waits at a port; 0 has it take a free one. */
  FakeGateway(Authority authority, int port) throws Exception {
    server = Grpc.newServerBuilderForPort(port,
                     TlsServerCredentials.newBuilder()
                         .keyManager(
                             authority.file("gateway.crt").toFile(), authority.file("gateway.key").toFile())
                         .trustManager(authority.file("ca.crt").toFile())
                         .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                         .build())
                 .addService(new Referrals())
                 .addService(new Changes())
                 .intercept(new Meeting())
                 .build()
                 .start();
  }

  int port() {
    return server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  void stop() throws InterruptedException {
    synchronized (changes) {
      stopped = true;
      changes.notifyAll();
    }
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }

  /** A record changes. */
  void change(String name) {
    synchronized (changes) {
      changes.add(name);
      changes.notifyAll();
    }
  }

  List<String> callers() {
    return calls.stream().map(Caller::name).toList();
  }

  /** Gives what is planned next; if the plan is a function, it decides when the call arrives. */
  private static Object next(Queue<Object> plan) {
    Object planned = plan.poll();
    return planned instanceof Supplier<?> later ? later.get() : planned;
  }

  /** Notes the call. It gives the planned loss of the answer, or throws the planned refusal. */
  private Object met() {
    calls.add(CALLER.get());
    Object planned = next(plan);
    if (planned instanceof Refused refused) {
      throw refused.exception();
    }
    return planned;
  }

  private static final class Meeting implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
      try {
        String name = session.getPeerPrincipal().getName().replace("CN=", "");
        Context context = Context.current().withValue(CALLER, new Caller(name, headers));
        return Contexts.interceptCall(context, new Masking<>(call), headers, next);
      } catch (javax.net.ssl.SSLPeerUnverifiedException stranger) {
        throw Status.UNAUTHENTICATED.asRuntimeException();
      }
    }
  }

  /** Masks two fields of each answer. */
  private static final class Masking<Q, R>
      extends io.grpc.ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
    private Masking(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk()) {
        trailers.put(
            Metadata.Key.of("accord-masked", Metadata.ASCII_STRING_MARSHALLER), "subject_ref,indicators");
      }
      super.close(status, trailers);
    }
  }

  private final class Referrals extends ReferralServiceGrpc.ReferralServiceImplBase {
    @Override
    public void createReferral(CreateReferralRequest request, StreamObserver<Referral> answers) {
      try {
        Object planned = met();
        String name;
        synchronized (made) {
          name = made.computeIfAbsent(request.getRequestId(), id -> "agencies/a/referrals/" + made.size());
        }
        if (planned == LOST) {
          throw Status.UNAVAILABLE.withDescription("the connection broke").asRuntimeException();
        }
        answers.onNext(Referral.newBuilder().setName(name).build());
        answers.onCompleted();
      } catch (StatusRuntimeException refusal) {
        answers.onError(refusal);
      }
    }

    @Override
    public void listReferrals(ListReferralsRequest request, StreamObserver<ListReferralsResponse> answers) {
      try {
        met();
        answers.onNext(page(request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken())));
        answers.onCompleted();
      } catch (StatusRuntimeException refusal) {
        answers.onError(refusal);
      }
    }

    private ListReferralsResponse page(int begin) {
      ListReferralsResponse.Builder page = ListReferralsResponse.newBuilder();
      synchronized (made) {
        List<String> names = List.copyOf(made.values());
        int end = Math.min(begin + PAGE, names.size());
        names.subList(begin, end).forEach(name -> page.addReferrals(Referral.newBuilder().setName(name)));
        if (end < names.size()) {
          page.setNextPageToken(Integer.toString(end));
        }
      }
      synchronized (changes) {
        return page.setWatchToken("at-" + changes.size()).build();
      }
    }
  }

  private final class Changes extends ChangeServiceGrpc.ChangeServiceImplBase {
    @Override
    public void watchChanges(WatchChangesRequest request, StreamObserver<Change> answers) {
      streams.add(new OpenedStream(CALLER.get().name(), request));
      Object planned = next(streamPlan);
      if (planned instanceof Refused refused) {
        answers.onError(refused.exception());
        return;
      }
      ServerCallStreamObserver<Change> stream = (ServerCallStreamObserver<Change>) answers;
      int at = Integer.parseInt(request.getWatchToken().replace("at-", ""));
      answers.onNext(Change.newBuilder().setWatchToken("at-" + at).build());
      while (!stream.isCancelled() && !isStopped()) {
        String name = waited(at);
        if (name == null) {
          continue;
        }
        at++;
        answers.onNext(
            Change.newBuilder().setKind("referral").setName(name).setWatchToken("at-" + at).build());
        if (planned == END_AFTER_ONE) {
          answers.onCompleted();
          return;
        }
      }
    }

    /** Waits a while for the next change. */
    private String waited(int at) {
      synchronized (changes) {
        try {
          if (changes.size() <= at && !stopped) {
            changes.wait(50);
          }
        } catch (InterruptedException ended) {
          stopped = true;
        }
        return changes.size() > at ? changes.get(at) : null;
      }
    }

    private boolean isStopped() {
      synchronized (changes) {
        return stopped;
      }
    }
  }
}
