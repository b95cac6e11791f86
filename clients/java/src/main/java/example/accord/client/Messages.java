package example.accord.client;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

/** Fields of messages by their names, for what many kinds of messages have in common. */
final class Messages {
  private Messages() {}

  /** Gives a copy of a message in which a field has another value. */
  @SuppressWarnings("unchecked") // The builder of a message makes messages of the same class.
  static <M extends Message> M with(M message, FieldDescriptor field, Object value) {
    return (M) message.toBuilder().setField(field, value).build();
  }

  /** Gives a copy of a message in which the field of this name has another value. */
  static <M extends Message> M with(M message, String field, Object value) {
    return with(message, message.getDescriptorForType().findFieldByName(field), value);
  }

  /** The text in the field of this name; it is empty if such messages have no such field. */
  static String text(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : (String) message.getField(field);
  }

  /** The type of the requests of a method. */
  static Descriptor requestOf(MethodDescriptor<?, ?> method) {
    return declarationOf(method).getMethodDescriptor().getInputType();
  }

  /** The type of the answers of a method. */
  static Descriptor answerOf(MethodDescriptor<?, ?> method) {
    return declarationOf(method).getMethodDescriptor().getOutputType();
  }

  private static ProtoMethodDescriptorSupplier declarationOf(MethodDescriptor<?, ?> method) {
    return (ProtoMethodDescriptorSupplier) method.getSchemaDescriptor();
  }
}
