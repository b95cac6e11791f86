package example.accord.client;

import com.google.protobuf.Message;

/** A call that was sent has no answer. The exception keeps the request, with its request id. */
public abstract sealed class CallException extends AccordException permits Refusal, Unanswered {
  private final transient Message request;

  CallException(String message, Message request, Throwable cause) {
    super(message, cause);
    this.request = request;
  }

  /**
   * Whether the same call, unchanged, may succeed later. Even so, a change may already have been made, for
   * example if a service stopped during the call. Call again with {@link #request()} then.
   */
  public abstract boolean mayPass();

  /** The request as it was sent. A call with it is the same call, and a change is then made once. */
  public Message request() {
    return request;
  }

  /** The id by which the call can be repeated; it is empty for a call that only reads. */
  public String requestId() {
    return RequestIds.of(request);
  }
}
