package example.accord.client;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** A refusal that a test has planned. */
final class Refused {
  private final Status.Code code;
  private final Details.Status.Builder details = Details.Status.newBuilder();

  /** Names no rule. */
  Refused(Status.Code code) {
    this.code = code;
  }

  Refused(Status.Code code, String reason) {
    this(code, reason, "accord.example");
  }

  Refused(Status.Code code, String reason, String domain) {
    this.code = code;
    with("ErrorInfo", Details.ErrorInfo.newBuilder().setReason(reason).setDomain(domain).build());
  }

  Refused withField(String field, String description) {
    return with("BadRequest",
        Details.BadRequest.newBuilder()
            .addFieldViolations(
                Details.BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description))
            .build());
  }

  Refused withWait(java.time.Duration wait) {
    Duration delay = Duration.newBuilder().setSeconds(wait.getSeconds()).setNanos(wait.getNano()).build();
    return with("RetryInfo", Details.RetryInfo.newBuilder().setRetryDelay(delay).build());
  }

  Refused withHelp(String description, String url) {
    Details.Help.Link link = Details.Help.Link.newBuilder().setDescription(description).setUrl(url).build();
    return with("Help", Details.Help.newBuilder().addLinks(link).build());
  }

  Refused withText(String text) {
    return with("LocalizedMessage", Details.LocalizedMessage.newBuilder().setMessage(text).build());
  }

  Refused with(String name, Message detail) {
    details.addDetails(Any.newBuilder()
                           .setTypeUrl("type.googleapis.com/google.rpc." + name)
                           .setValue(detail.toByteString()));
    return this;
  }

  StatusRuntimeException exception() {
    Metadata trailers = new Metadata();
    trailers.put(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER),
        details.setCode(code.value()).build().toByteArray());
    return Status.fromCode(code).withDescription("no").asRuntimeException(trailers);
  }
}
