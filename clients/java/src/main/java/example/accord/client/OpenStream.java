package example.accord.client;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one stream, for one thread. Another thread may call {@link #cancel()}.
 *
 * @param <Q> the type of the request
 * @param <R> the type of a message
 */
public final class OpenStream<Q extends Message, R extends Message> implements Iterator<R>, AutoCloseable {
  private final Call<Q, R> call;
  private final Q request;
  private final BlockingQueue<Arrival<R>> arrivals = new LinkedBlockingQueue<>();
  private Optional<R> next = Optional.empty();
  private boolean isOver;

  /** A message, or else the end of the stream. */
  private record Arrival<R>(R message, Status ended, Metadata trailers) {}

  OpenStream(Call<Q, R> call, Q request) {
    this.call = call;
    this.request = request;
    call.grpc().start(new ClientCall.Listener<>() {
      @Override
      public void onMessage(R message) {
        arrivals.add(new Arrival<>(message, null, null));
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        arrivals.add(new Arrival<>(null, status, trailers));
      }
    }, new Metadata());
    call.grpc().sendMessage(request);
    call.grpc().halfClose();
    call.grpc().request(1);
  }

  /**
   * Waits for the next message.
   *
   * @throws Refusal if Accord refused the stream, or ended it by a rule
   * @throws Unanswered if the connection was lost
   */
  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      next = read(Duration.ofNanos(Long.MAX_VALUE));
    }
    return next.isPresent();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    R message = next.get();
    next = Optional.empty();
    return message;
  }

  /** Waits for the next message for so long; the result is empty when the stream has ended in order. */
  Optional<R> read(Duration silence) {
    if (isOver) {
      return Optional.empty();
    }
    try {
      Arrival<R> arrival = arrivals.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
      if (arrival == null) {
        isOver = true;
        throw call.unanswered(request, "the stream is silent", null);
      }
      if (arrival.message != null) {
        call.grpc().request(1);
        return Optional.of(arrival.message);
      }
      isOver = true;
      if (!arrival.ended.isOk()) {
        throw call.explained(request, new StatusRuntimeException(arrival.ended, arrival.trailers));
      }
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw call.unanswered(request, "the thread was interrupted", interrupted);
    }
  }

  /** Whether there is a newer certificate, with which the stream should be opened again. */
  boolean isOutdated() {
    return call.isOutdated();
  }

  /** Ends the stream, also while it is waited for. Any thread may call it. */
  public void cancel() {
    call.grpc().cancel("the stream is no longer needed", null);
  }

  /** Ends the stream. */
  @Override
  public void close() {
    cancel();
    call.close();
  }
}
