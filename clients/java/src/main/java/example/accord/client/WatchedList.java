package example.accord.client;

import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The records of a list, page by page, with the position that its first page tells. */
final class WatchedList<I> implements Iterator<I> {
  private final Iterator<Page<I>> pages;
  private Iterator<I> records = List.<I>of().iterator();
  private String token = "";

  private record Page<I>(List<I> records, String token) {}

  private WatchedList(Iterator<Page<I>> pages) {
    this.pages = pages;
  }

  static <Q extends Message, R extends Message, I extends Message> WatchedList<I> of(
      Listing<Q, R, I> listing, Q request) {
    Function<R, Page<I>> read = page -> new Page<>(listing.itemsOf(page), Messages.text(page, "watch_token"));
    Iterator<R> pages = listing.pages(request).iterator();
    return new WatchedList<>(new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pages.hasNext();
      }

      @Override
      public Page<I> next() {
        return read.apply(pages.next());
      }
    });
  }

  @Override
  public boolean hasNext() {
    while (!records.hasNext() && pages.hasNext()) {
      Page<I> page = pages.next();
      records = page.records.iterator();
      if (token.isEmpty()) {
        token = page.token;
      }
    }
    return records.hasNext();
  }

  @Override
  public I next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return records.next();
  }

  /** The position of the first page, from which on changes are followed once all records were processed. */
  String token() {
    return token;
  }
}
