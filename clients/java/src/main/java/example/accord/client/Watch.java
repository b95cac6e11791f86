package example.accord.client;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A list followed by every change of it: docs/api/connect.md, "Watch". The events come in order, for one
 * thread. Another thread may call {@link #close()}.
 *
 * @param <I> the type of a record
 * @param <C> the type of a change
 */
public final class Watch<I extends Message, C extends Message>
    implements Iterator<Event<I, C>>, Iterable<Event<I, C>>, AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Source<I, C> source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  // The service reports its position every 15 seconds, so a stream that is silent for so long is dead.
  private Duration silence = Duration.ofSeconds(60);
  private Waits waits = Waits.upTo(LONGEST_WAIT);
  private String token = "";
  private boolean mustList = true;
  private WatchedList<I> list;
  private OpenStream<?, C> stream;
  private Event<I, C> next;
  private boolean closed;

  /** Where the events come from. */
  interface Source<I, C extends Message> {
    /** Begins the list. */
    WatchedList<I> list();

    /** Opens the stream of changes from a position on. */
    OpenStream<?, C> follow(String token);
  }

  private Watch(Source<I, C> source) {
    this.source = source;
  }

  static <Q extends Message, R extends Message, I extends Message, W extends Message, C extends Message>
      Watch<I, C> of(Listing<Q, R, I> listing, Q listed, Streaming<W, C> streaming, W followed) {
    require(Messages.answerOf(listing.method()), "watch_token");
    require(Messages.requestOf(streaming.method()), "watch_token");
    require(Messages.requestOf(streaming.method()), "progress");
    require(Messages.answerOf(streaming.method()), "name");
    return new Watch<>(new Source<>() {
      @Override
      public WatchedList<I> list() {
        return WatchedList.of(listing, listed);
      }

      @Override
      public OpenStream<?, C> follow(String token) {
        return streaming.open(Messages.with(Messages.with(followed, "watch_token", token), "progress", true));
      }
    });
  }

  private static void require(Descriptor message, String field) {
    if (message.findFieldByName(field) == null) {
      throw new IllegalArgumentException(
          message.getFullName() + " has no " + field + ", so that it cannot be watched");
    }
  }

  /**
   * Has the watch begin at a token that an earlier watch gave, without the list. An empty token has it list.
   */
  public Watch<I, C> from(String kept) {
    token = kept;
    mustList = kept.isEmpty();
    return this;
  }

  /** Has a stream opened anew that has been silent for this time, instead of for a minute. */
  public Watch<I, C> reopeningAfter(Duration time) {
    silence = time;
    return this;
  }

  Watch<I, C> waiting(Waits others) {
    waits = others;
    return this;
  }

  /** Gives this watch itself: its events are told once. */
  @Override
  public Iterator<Event<I, C>> iterator() {
    return this;
  }

  /**
   * Waits for the next event; false after {@link #close()}.
   *
   * @throws Refusal if the watch would be refused again
   */
  @Override
  public boolean hasNext() {
    while (next == null && !isClosed()) {
      try {
        next = mustList ? listed() : followed();
      } catch (CallException error) {
        goOnAfter(error);
      }
    }
    if (next == null) {
      drop();
    }
    return next != null;
  }

  @Override
  public Event<I, C> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Event<I, C> event = next;
    next = null;
    return event;
  }

  /** Ends the watch, even while it waits. A page of the list that is being read is completed first. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      if (stream != null) {
        stream.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives every record first and only then the position of the first page, because before that some records
   * are not processed yet.
   */
  private Event<I, C> listed() {
    if (list == null) {
      list = source.list();
      return Event.begun();
    }
    if (list.hasNext()) {
      return Event.listed(list.next());
    }
    token = list.token();
    list = null;
    mustList = false;
    return Event.position(token);
  }

  /** Gives the next event of the stream; null if the stream has ended in order. */
  private Event<I, C> followed() {
    if (stream != null && stream.isOutdated()) {
      drop();
    }
    if (stream == null) {
      keep(source.follow(token));
    }
    C change = stream.read(silence).orElse(null);
    if (change == null) {
      // A stream ends so after an hour. It is reopened after a short pause, so that a stream that always ends
      // at once does not keep both sides busy.
      drop();
      pause(waits.next());
      return null;
    }
    waits.beginAnew();
    String at = Messages.text(change, "watch_token");
    if (!at.isEmpty()) {
      token = at;
    }
    return Messages.text(change, "name").isEmpty() ? Event.position(token) : Event.changed(change, token);
  }

  private void goOnAfter(CallException error) {
    drop();
    list = null;
    if (isClosed()) {
      return;
    }
    if (error instanceof Refusal refusal && refusal.is(Rule.POSITION_FROM_ANOTHER_TIME)) {
      mustList = true;
    } else if (!error.mayPass() || Thread.currentThread().isInterrupted()) {
      throw error;
    }
    pause(waits.after(error));
  }

  private void keep(OpenStream<?, C> opened) {
    lock.lock();
    try {
      stream = opened;
      if (closed) {
        opened.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    lock.lock();
    try {
      if (stream != null) {
        stream.close();
      }
      stream = null;
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      // The next attempt ends the watch with its exception.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
