package example.accord.client;

/**
 * One event of a watch.
 *
 * @param kind what happened
 * @param record the record of a {@code LISTED} event; it is null for the other kinds
 * @param change the change of a {@code CHANGED} event; it is null for the other kinds
 * @param token if it is not empty, store it once this event and all before it were processed: a later watch
 *     can begin there instead of with the list
 */
public record Event<I, C>(Kind kind, I record, C change, String token) {
  /** The kind of an event. */
  public enum Kind {
    /** The list begins here. Discard the records that were kept before: each record follows. */
    BEGUN,
    /** The event holds a record of the list. */
    LISTED,
    /** The event holds a change, which names its record. The same change may be reported twice. */
    CHANGED,
    /** Nothing happened, and everything up to here has been reported. */
    POSITION
  }

  static <I, C> Event<I, C> begun() {
    return new Event<>(Kind.BEGUN, null, null, "");
  }

  static <I, C> Event<I, C> listed(I record) {
    return new Event<>(Kind.LISTED, record, null, "");
  }

  static <I, C> Event<I, C> changed(C change, String token) {
    return new Event<>(Kind.CHANGED, null, change, token);
  }

  static <I, C> Event<I, C> position(String token) {
    return new Event<>(Kind.POSITION, null, null, token);
  }
}
