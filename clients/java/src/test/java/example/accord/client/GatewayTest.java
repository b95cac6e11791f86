package example.accord.client;

import example.accord.client.protocols.v1.ReferralService;
import example.accord.protocols.v1.CreateReferralRequest;
import example.accord.protocols.v1.Referral;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** What tests against a gateway begin with: certificates, the gateway, and a connection to it. */
public abstract class GatewayTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  @Rule public final Timeout patience = Timeout.seconds(90);

  Authority authority;
  FakeGateway gateway;
  Accord accord;
  ReferralService referrals;

  @Before
  public void connects() throws Exception {
    authority = new Authority(folder.getRoot().toPath());
    for (String name : new String[] {"gateway", "first", "second"}) {
      authority.sign(name);
    }
    authority.place("first", "client");
    gateway = new FakeGateway(authority);
    accord = connection(Map.of());
    referrals = new ReferralService(accord);
  }

  @After
  public void ends() throws InterruptedException {
    if (accord != null) {
      accord.close();
    }
    if (gateway != null) {
      gateway.stop();
    }
  }

  /** Connects by these settings and, for what they do not say, by those of the test. */
  Accord connection(Map<String, ?> given) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("address", gateway.address());
    settings.put("server_name", "localhost");
    settings.put("ca_file", authority.file("ca.crt"));
    settings.put("certificate_file", authority.file("client.crt"));
    settings.put("key_file", authority.file("client.key"));
    settings.put("actor", "worker");
    settings.put("purpose", "child_protection");
    settings.putAll(given);
    return Accord.connect(Settings.load(null, Map.of(), settings));
  }

  Referral create() {
    return referrals.createReferral(CreateReferralRequest.newBuilder().setParent("agencies/a").build());
  }

  /** Plans a refusal of the certificate, which is replaced by another one meanwhile. */
  Supplier<Refused> whileItIsReplaced() {
    return () -> {
      try {
        authority.place("second", "client");
      } catch (java.io.IOException error) {
        throw new java.io.UncheckedIOException(error);
      }
      return new Refused(Status.Code.PERMISSION_DENIED, "CERTIFICATE_REVOKED");
    };
  }
}
