package example.accord.client;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

/**
 * An RPC with one answer. A change gets a request id if it has none, and each attempt has the same.
 *
 * @param <Q> the type of the request
 * @param <R> the type of the answer
 */
public sealed class Unary<Q extends Message, R extends Message> permits Listing {
  private final Accord accord;
  private final MethodDescriptor<Q, R> method;

  /** Makes the RPC by the method that gRPC's generator made of the protos. */
  public Unary(Accord accord, MethodDescriptor<Q, R> method) {
    this.accord = accord;
    this.method = method;
  }

  /**
   * Calls, and repeats the call as long as it may still succeed.
   *
   * @throws Refusal if Accord refused the call
   * @throws Unanswered if nothing answered within the patience
   */
  public R call(Q request) {
    return answer(request).message();
  }

  /** Does the same, and also gives the names of the fields that are masked from the caller. */
  public Answer<R> answer(Q request) {
    Q kept = RequestIds.withId(request);
    return accord.repetition().repeat(() -> once(kept));
  }

  MethodDescriptor<Q, R> method() {
    return method;
  }

  private Answer<R> once(Q request) {
    try (Call<Q, R> call = new Call<>(accord, method, accord.settings().timeout())) {
      try {
        R message = ClientCalls.blockingUnaryCall(call.grpc(), request);
        return new Answer<>(message, call.masked());
      } catch (StatusRuntimeException error) {
        throw call.explained(request, error);
      }
    }
  }
}
