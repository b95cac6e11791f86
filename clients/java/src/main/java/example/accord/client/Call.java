package example.accord.client;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One attempt at an RPC: its channel, its headers, and what its end means. */
final class Call<Q extends Message, R extends Message> implements AutoCloseable {
  private static final Metadata.Key<String> MASKED =
      Metadata.Key.of("accord-masked", Metadata.ASCII_STRING_MARSHALLER);

  private final MethodDescriptor<Q, R> method;
  private final Channels.Attempt attempt;
  private final ClientCall<Q, R> call;
  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();

  /** Prepares the attempt, which is sent when its request is. */
  Call(Accord accord, MethodDescriptor<Q, R> method, Duration timeout) {
    this.method = method;
    Metadata told = accord.headers();
    attempt = accord.channels().begin();
    Channel channel =
        ClientInterceptors.intercept(attempt.channel(), MetadataUtils.newAttachHeadersInterceptor(told),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
    call = channel.newCall(
        method, CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  ClientCall<Q, R> grpc() {
    return call;
  }

  /** The fields that are masked in the answer. */
  List<String> masked() {
    Metadata ended = trailers.get();
    String paths = ended == null ? null : ended.get(MASKED);
    return paths == null ? List.of()
                         : Arrays.stream(paths.split(",")).filter(path -> !path.isEmpty()).toList();
  }

  /** Gives the exception that stands for an error of this attempt. */
  CallException explained(Q request, StatusRuntimeException error) {
    Optional<Refusal.Contents> refusal = Refusal.contentsOf(error);
    if (refusal.isEmpty()) {
      String description = error.getStatus().getDescription();
      String detail = error.getStatus().getCode() + (description == null ? "" : ": " + description);
      return unanswered(request, detail, error);
    }
    boolean outlived = refusal.get().rule().map(attempt::outlives).orElse(false);
    return new Refusal(refusal.get(), outlived, request, error);
  }

  /**
   * Gives the exception of an attempt that has no answer. The next attempt goes to another gateway, if any.
   */
  Unanswered unanswered(Q request, String detail, Throwable cause) {
    attempt.failed();
    return new Unanswered(method.getFullMethodName(), request, detail, cause);
  }

  /** Whether there is a newer certificate, with which the call should be started again. */
  boolean isOutdated() {
    return attempt.isOutdated();
  }

  @Override
  public void close() {
    attempt.close();
  }
}
