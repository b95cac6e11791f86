package example.accord.client;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.time.Duration;

/**
 * An RPC that answers with a stream. {@link Watch} opens it anew whenever it ends.
 *
 * @param <Q> the type of the request
 * @param <R> the type of a message of the stream
 */
public final class Streaming<Q extends Message, R extends Message> {
  // The gateway permits a stream to be open for an hour.
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Accord accord;
  private final MethodDescriptor<Q, R> method;

  /** Makes the RPC by the method that gRPC's generator made of the protos. */
  public Streaming(Accord accord, MethodDescriptor<Q, R> method) {
    this.accord = accord;
    this.method = method;
  }

  /** Opens one stream. Whoever opens it closes it. */
  public OpenStream<Q, R> open(Q request) {
    return new OpenStream<>(new Call<>(accord, method, LONGEST), request);
  }

  MethodDescriptor<Q, R> method() {
    return method;
  }
}
