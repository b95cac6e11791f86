package example.accord.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accord answered and refused. Programs should use {@link #rule()}, and people read the message, whose words
 * may change.
 */
public final class Refusal extends CallException {
  private static final String DOMAIN = "accord.example";
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  // A status without the name of a rule comes from the network or from a library. After one of these codes it
  // is unknown whether the call was carried out, and it can be repeated with its request id.
  private static final Set<Status.Code> UNSURE =
      EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED,
          Status.Code.UNKNOWN, Status.Code.INTERNAL, Status.Code.ABORTED);

  private final transient Contents contents;
  private final boolean outlived;

  /** What a refusal says. */
  record Contents(Status.Code code, String reason, String description, List<FieldViolation> fields,
      Optional<Duration> retryAfter, String localized, List<HelpLink> help) {
    Optional<Rule> rule() {
      return Rule.named(reason);
    }

    private String text() {
      return code + (reason.isEmpty() ? "" : " " + reason) + ": " + description;
    }
  }

  /**
   * Makes the exception of a refusal.
   *
   * @param outlived whether the refused certificate is being replaced, so that the refusal does not predict
   *     the next attempt
   */
  Refusal(Contents contents, boolean outlived, Message request, Throwable cause) {
    super(contents.text(), request, cause);
    this.contents = contents;
    this.outlived = outlived;
  }

  /** The status code of gRPC. */
  public Status.Code code() {
    return contents.code;
  }

  /**
   * The rule of the catalogue; it is empty if this library does not know the rule, and {@link #reason()}
   * names it.
   */
  public Optional<Rule> rule() {
    return contents.rule();
  }

  /** Whether this rule refused the call. */
  public boolean is(Rule rule) {
    return rule.name().equals(contents.reason);
  }

  /**
   * The rule as text, which a later version of Accord may have added; it is empty if the refusal names none.
   */
  public String reason() {
    return contents.reason;
  }

  /** A description for people, whose words may change. */
  public String description() {
    return contents.description;
  }

  /** The fields of the request that are at fault. */
  public List<FieldViolation> fields() {
    return contents.fields;
  }

  /** How long to wait before the same call is sent again, if the refusal says so. */
  public Optional<Duration> retryAfter() {
    return contents.retryAfter;
  }

  /** The meaning of the rule and what to do, in the requested language; it is empty without one. */
  public String localized() {
    return contents.localized;
  }

  /** What people must do by telephone where somebody may be in danger. */
  public List<HelpLink> help() {
    return contents.help;
  }

  @Override
  public boolean mayPass() {
    return outlived || retryAfter().isPresent() || rule().map(Rule::mayPass).orElse(false);
  }

  /** Reads the refusal in an error of gRPC. The result is empty if the error may not come from Accord. */
  static Optional<Contents> contentsOf(StatusRuntimeException error) {
    Status status = error.getStatus();
    Reader reader = new Reader();
    for (Any detail : detailsOf(error)) {
      reader.read(detail);
    }
    boolean ours = reader.info.getDomain().equals(DOMAIN);
    if (!ours && UNSURE.contains(status.getCode())) {
      return Optional.empty();
    }
    String description = status.getDescription() == null ? "" : status.getDescription();
    return Optional.of(reader.contents(status.getCode(), ours ? reader.info.getReason() : "", description));
  }

  private static List<Any> detailsOf(StatusRuntimeException error) {
    byte[] details = error.getTrailers() == null ? null : error.getTrailers().get(DETAILS);
    try {
      return details == null ? List.of() : Details.Status.parseFrom(details).getDetailsList();
    } catch (InvalidProtocolBufferException notAStatus) {
      return List.of();
    }
  }

  /** Collects the details of a refusal. */
  private static final class Reader {
    private Details.ErrorInfo info = Details.ErrorInfo.getDefaultInstance();
    private Details.BadRequest bad = Details.BadRequest.getDefaultInstance();
    private Details.Help help = Details.Help.getDefaultInstance();
    private String localized = "";
    private Optional<Duration> retryAfter = Optional.empty();

    private void read(Any detail) {
      String name = detail.getTypeUrl().substring(detail.getTypeUrl().lastIndexOf('/') + 1);
      switch (name) {
        case "google.rpc.ErrorInfo" -> info = parsed(detail, Details.ErrorInfo.parser(), info);
        case "google.rpc.BadRequest" -> bad = parsed(detail, Details.BadRequest.parser(), bad);
        case "google.rpc.Help" -> help = parsed(detail, Details.Help.parser(), help);
        case "google.rpc.LocalizedMessage" -> localized =
            parsed(detail, Details.LocalizedMessage.parser(), Details.LocalizedMessage.getDefaultInstance())
                .getMessage();
        case "google.rpc.RetryInfo" -> {
          var retry = parsed(detail, Details.RetryInfo.parser(), Details.RetryInfo.getDefaultInstance());
          var wait = retry.getRetryDelay();
          retryAfter = Optional.of(Duration.ofSeconds(wait.getSeconds(), wait.getNanos()));
        }
        default -> {
          // A later version of Accord may add details of other kinds.
        }
      }
    }

    private static <M> M parsed(Any detail, Parser<M> parser, M otherwise) {
      try {
        return parser.parseFrom(detail.getValue());
      } catch (InvalidProtocolBufferException damaged) {
        return otherwise;
      }
    }

    private Contents contents(Status.Code code, String reason, String description) {
      List<FieldViolation> fields =
          bad.getFieldViolationsList().stream()
              .map(each -> new FieldViolation(each.getField(), each.getDescription()))
              .toList();
      List<HelpLink> links =
          help.getLinksList().stream()
              .map(each -> new HelpLink(each.getDescription(), each.getUrl()))
              .toList();
      return new Contents(code, reason, description, fields, retryAfter, localized, links);
    }
  }
}
