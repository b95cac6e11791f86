package example.accord.client;

import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The channels to the gateways under the certificate that is in the files at present. Threads may share it.
 */
final class Channels implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("example.accord.client");
  // The rules by which the gateway refuses a certificate, whatever the call.
  private static final Set<Rule> OF_CERTIFICATE =
      EnumSet.of(Rule.CERTIFICATE_ENDED, Rule.CERTIFICATE_NOT_REGISTERED, Rule.CERTIFICATE_REVOKED);
  // A gateway learns of a newly issued certificate within this time.
  private static final Duration NEWS = Duration.ofSeconds(10);
  private static final Duration RECONNECT = Duration.ofMillis(500);
  private static final int MAX_MESSAGE_BYTES = 8 << 20;

  private final Settings settings;
  private final List<String> addresses;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Set<Generation> replaced = new HashSet<>();
  private boolean closed;
  private CertificateFiles.Fingerprint warned;
  private Generation present;
  private int index;

  /**
   * The channels under one certificate, one for each gateway. Without a caller's need none of them connects.
   */
  private static final class Generation {
    private final CertificateFiles.Fingerprint fingerprint;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final long opened = System.nanoTime();
    private long reconnected = opened;
    private boolean replaces;
    private boolean isReplaced;
    private int calls;

    private Generation(CertificateFiles.Fingerprint fingerprint) {
      this.fingerprint = fingerprint;
    }

    private boolean isNew() {
      return replaces && System.nanoTime() - opened < NEWS.toNanos();
    }

    private void end() {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  /** One attempt at a call, which holds its channel open. */
  final class Attempt implements AutoCloseable {
    private final Generation generation;
    private final int gateway;
    private boolean isOver;

    private Attempt(Generation generation, int gateway) {
      this.generation = generation;
      this.gateway = gateway;
    }

    ManagedChannel channel() {
      return generation.channels.get(gateway);
    }

    /** Has the next attempt go to the next gateway, unless another call has changed over already. */
    void failed() {
      lock.lock();
      try {
        if (gateway == index) {
          index = (index + 1) % addresses.size();
        }
      } finally {
        lock.unlock();
      }
    }

    /**
     * Whether an open call should be started again on another channel, because there is a newer certificate.
     */
    boolean isOutdated() {
      lock.lock();
      try {
        if (!closed) {
          renew();
        }
        return generation.isReplaced;
      } finally {
        lock.unlock();
      }
    }

    /** Whether the rule refused a certificate that is no longer used, or is yet unknown to the gateway. */
    boolean outlives(Rule rule) {
      if (!OF_CERTIFICATE.contains(rule)) {
        return false;
      }
      boolean isAwaited = generation.isNew() && rule == Rule.CERTIFICATE_NOT_REGISTERED;
      return isOutdated() || isAwaited;
    }

    /** Ends the attempt. Channels that were replaced end with their last call. */
    @Override
    public void close() {
      lock.lock();
      try {
        if (!isOver) {
          isOver = true;
          generation.calls--;
          endIfUnused(generation);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Reads the certificate. It throws {@link SettingsException} if the certificate cannot be used. */
  Channels(Settings settings) {
    this.settings = settings;
    addresses = settings.addresses();
    present = open();
  }

  /** Begins an attempt under the certificate that is in the files now, at the gateway that answered last. */
  Attempt begin() {
    lock.lock();
    try {
      if (closed) {
        throw new SettingsException("the connection was closed");
      }
      renew();
      reconnect();
      present.calls++;
      return new Attempt(present, index);
    } finally {
      lock.unlock();
    }
  }

  /** How many gateways there are beside the one that is asked. */
  int others() {
    return addresses.size() - 1;
  }

  /** Waits for this time, or until {@link #close()}. */
  void sleep(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends every call that is open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      present.end();
      replaced.forEach(Generation::end);
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Generation open() {
    CertificateFiles.Read read = CertificateFiles.read(settings);
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder().keyManager(read.keys()).trustManager(read.authorities()).build();
    Generation opened = new Generation(read.fingerprint());
    for (String address : addresses) {
      opened.channels.add(channel(address, credentials));
    }
    return opened;
  }

  private ManagedChannel channel(String address, ChannelCredentials credentials) {
    // This library repeats calls itself, because it reads why they were refused. A second policy below it
    // would multiply them.
    ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(address, credentials)
                                           .disableRetry()
                                           .keepAliveTime(20, TimeUnit.SECONDS)
                                           .keepAliveTimeout(10, TimeUnit.SECONDS)
                                           .maxInboundMessageSize(MAX_MESSAGE_BYTES);
    if (!settings.serverName().isEmpty()) {
      builder.overrideAuthority(settings.serverName());
    }
    return builder.build();
  }

  /** Opens channels with the certificate in the files, if these have changed and belong together. */
  private void renew() {
    Generation opened;
    try {
      if (CertificateFiles.fingerprintOf(settings).equals(present.fingerprint)) {
        return;
      }
      opened = open();
    } catch (SettingsException error) {
      // The files may be only half changed, and the certificate before is still valid.
      warnOnce(error);
      return;
    }
    Generation before = present;
    present = opened;
    opened.replaces = true;
    before.isReplaced = true;
    replaced.add(before);
    endIfUnused(before);
    LOG.log(System.Logger.Level.INFO, "the certificate was read anew from {0}", settings.certificateFile());
  }

  private void endIfUnused(Generation generation) {
    if (generation.isReplaced && generation.calls == 0) {
      generation.end();
      replaced.remove(generation);
    }
  }

  /** Tells of the files once in each of their states. */
  private void warnOnce(SettingsException error) {
    CertificateFiles.Fingerprint seen;
    try {
      seen = CertificateFiles.fingerprintOf(settings);
    } catch (SettingsException absent) {
      seen = new CertificateFiles.Fingerprint(List.of());
    }
    if (!seen.equals(warned)) {
      warned = seen;
      LOG.log(System.Logger.Level.WARNING, "the certificate before stays in use: {0}", error.getMessage());
    }
  }

  /** Has a gateway that was away connected to again now, because gRPC's own pauses grow to two minutes. */
  private void reconnect() {
    ManagedChannel channel = present.channels.get(index);
    boolean isAway = channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
    long now = System.nanoTime();
    if (isAway && now - present.reconnected >= RECONNECT.toNanos()) {
      present.reconnected = now;
      channel.resetConnectBackoff();
    }
  }
}
