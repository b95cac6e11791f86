package example.accord.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.UUID;

/** Request ids, by which a change that is sent several times is made once. */
final class RequestIds {
  private static final String FIELD = "request_id";

  private RequestIds() {}

  /** The id of a request; it is empty if such requests have none. */
  static String of(Message request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(FIELD);
    return field == null ? "" : (String) request.getField(field);
  }

  /** Gives the request with an id, if such requests have one. An id that the caller chose is kept. */
  static <Q extends Message> Q withId(Q request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(FIELD);
    if (field == null || !of(request).isEmpty()) {
      return request;
    }
    return Messages.with(request, field, UUID.randomUUID().toString());
  }
}
