package example.accord.client;

import com.google.protobuf.Message;

/**
 * Nothing answered in time, so a change may or may not have been made. Keep {@link #request()}, which carries
 * its request id, and call with it again: the change is then made once.
 */
public final class Unanswered extends CallException {
  private final String method;
  private final String detail;

  Unanswered(String method, Message request, String detail, Throwable cause) {
    super("/" + method + " has no answer: " + detail, request, cause);
    this.method = method;
    this.detail = detail;
  }

  /** The full name of the RPC, such as {@code accord.protocols.v1.ReferralService/GetReferral}. */
  public String method() {
    return method;
  }

  /** What happened instead of an answer, in words for people. */
  public String detail() {
    return detail;
  }

  @Override
  public boolean mayPass() {
    return true;
  }
}
