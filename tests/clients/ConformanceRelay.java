import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A network that loses answers and breaks off, between a client and the gateway. */
final class ConformanceRelay implements AutoCloseable {
  final AtomicInteger accepted = new AtomicInteger();
  /** What comes from the gateway is thrown away, so that requests arrive and answers are lost. */
  volatile boolean swallows;
  /** Whoever connects is turned away. */
  volatile boolean shut;

  private final String host;
  private final int port;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = new HashSet<>();

  ConformanceRelay(String target) throws IOException {
    host = target.substring(0, target.lastIndexOf(':'));
    port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    begin(this::accept);
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Every connection breaks off. */
  void cut() {
    Set<Socket> ends;
    synchronized (open) {
      ends = new HashSet<>(open);
      open.clear();
    }
    ends.forEach(ConformanceRelay::end);
  }

  @Override
  public void close() throws IOException {
    shut = true;
    listener.close();
    cut();
  }

  private static void begin(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed already.
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        accepted.incrementAndGet();
        if (shut || !connected(near)) {
          end(near);
        }
      }
    } catch (IOException closed) {
      // The case is over.
    }
  }

  private boolean connected(Socket near) {
    try {
      Socket far = new Socket(host, port);
      synchronized (open) {
        open.add(near);
        open.add(far);
      }
      begin(() -> handOn(near, far, false));
      begin(() -> handOn(far, near, true));
      return true;
    } catch (IOException away) {
      return false;
    }
  }

  private void handOn(Socket source, Socket sink, boolean isOfGateway) {
    byte[] chunk = new byte[65536];
    try {
      InputStream in = source.getInputStream();
      OutputStream out = sink.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        if (!(isOfGateway && swallows)) {
          out.write(chunk, 0, count);
        }
      }
    } catch (IOException broken) {
      // Both ends break off below.
    }
    end(source);
    end(sink);
  }
}
