package example.accord.client;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * An RPC that answers with one page of a list.
 *
 * @param <Q> the type of the request
 * @param <R> the type of a page
 * @param <I> the type of a record
 */
public final class Listing<Q extends Message, R extends Message, I extends Message> extends Unary<Q, R> {
  private final Function<R, List<I>> items;

  /** Makes the RPC. {@code items} gives the records of a page. */
  public Listing(Accord accord, MethodDescriptor<Q, R> method, Function<R, List<I>> items) {
    super(accord, method);
    this.items = items;
  }

  /** Gives each page, from where the request begins. A page may be empty without being the last. */
  public Iterable<R> pages(Q request) {
    return () -> new Pages(request);
  }

  /** Gives each record of the list. Pages are read when their records are asked for. */
  public Iterable<I> all(Q request) {
    return () -> new Records(new Pages(request));
  }

  List<I> itemsOf(R page) {
    return items.apply(page);
  }

  private final class Pages implements Iterator<R> {
    private Q next;

    private Pages(Q request) {
      next = request;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public R next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      R page = call(next);
      String token = Messages.text(page, "next_page_token");
      next = token.isEmpty() ? null : Messages.with(next, "page_token", token);
      return page;
    }
  }

  private final class Records implements Iterator<I> {
    private final Iterator<R> pages;
    private Iterator<I> page = List.<I>of().iterator();

    private Records(Iterator<R> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && pages.hasNext()) {
        page = items.apply(pages.next()).iterator();
      }
      return page.hasNext();
    }

    @Override
    public I next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }
  }
}
