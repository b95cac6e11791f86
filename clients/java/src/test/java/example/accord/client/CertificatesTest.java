package example.accord.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import example.accord.client.protocols.v1.ReferralService;
import example.accord.protocols.v1.CreateReferralRequest;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.Test;

/** What a connection makes of the files of its certificate, and of refusals of it. */
public class CertificatesTest extends GatewayTest {
  // The logging system keeps no logger that nobody holds.
  private static final Logger LOGGER = Logger.getLogger("example.accord.client");

  @Test
  public void theNextCallIsUnderTheCertificateThatHasTakenTheFilesPlace() throws Exception {
    create();
    authority.place("second", "client");
    create();
    assertEquals(List.of("first", "second"), gateway.callers());
  }

  @Test
  public void halfOfAChangeOfTheFilesLeavesTheCertificateBeforeInUse() throws Exception {
    List<LogRecord> warned = new ArrayList<>();
    Handler handler = handler(warned);
    LOGGER.addHandler(handler);
    try {
      Files.copy(authority.file("second.key"), authority.file("client.key"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      create();
      create();
      assertEquals(1, warned.size());
      Files.delete(authority.file("client.key"));
      create();
    } finally {
      LOGGER.removeHandler(handler);
    }
    assertEquals(Set.of("first"), Set.copyOf(gateway.callers()));
  }

  @Test
  public void aRefusalOfTheCertificateBeforeIsOutlived() {
    gateway.plan.add(whileItIsReplaced());
    create();
    assertEquals(List.of("first", "second"), gateway.callers());
  }

  @Test
  public void aCertificateThatTheGatewayIsYetToHearOfIsWaitedFor() throws Exception {
    authority.place("second", "client");
    gateway.plan.add(new Refused(Status.Code.PERMISSION_DENIED, "CERTIFICATE_NOT_REGISTERED"));
    create();
    assertEquals(List.of("second", "second"), gateway.callers());
  }

  @Test
  public void theFirstCertificateIsRefusedAtOnce() {
    for (String reason : List.of("CERTIFICATE_NOT_REGISTERED", "CERTIFICATE_REVOKED")) {
      gateway.plan.add(new Refused(Status.Code.PERMISSION_DENIED, reason));
      Refusal refusal = assertThrows(Refusal.class, this::create);
      assertEquals(reason, refusal.reason());
      assertFalse(refusal.mayPass());
    }
  }

  @Test
  public void otherKindsOfKeysAreTaken() throws Exception {
    // Ed25519 is not among them, because the Netty of Debian 12 cannot sign with it.
    Map<String, List<String>> kinds =
        Map.of("p384", List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"), "rsa",
            List.of("-newkey", "rsa:3072"));
    for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
      String name = kind.getKey();
      authority.sign(name, kind.getValue());
      try (Accord other = connection(Map.of("certificate_file", authority.file(name + ".crt"), "key_file",
               authority.file(name + ".key")))) {
        new ReferralService(other).createReferral(CreateReferralRequest.getDefaultInstance());
      }
    }
    assertEquals(kinds.keySet(), Set.copyOf(gateway.callers()));
  }

  @Test
  public void filesThatCannotBeUsedAreRefusedByTheirNames() throws Exception {
    authority.openssl(
        List.of("pkcs8", "-topk8", "-in", "first.key", "-out", "locked.key", "-passout", "pass:secret"));
    authority.openssl(List.of("pkey", "-traditional", "-in", "first.key", "-out", "old.key"));
    Path empty = Files.writeString(authority.file("empty"), "");
    Map<String, Object> wrong = Map.of("first.crt and .*second.key are no certificate with its key",
        authority.file("second.key"), "locked.key is not a key of PKCS #8 without a password",
        authority.file("locked.key"), "old.key is not a key of PKCS #8 without a password",
        authority.file("old.key"), "empty holds no private key", empty,
        "nowhere.key cannot be read: it does not exist", authority.file("nowhere.key"));
    for (Map.Entry<String, Object> each : wrong.entrySet()) {
      refused(each.getKey(),
          Map.of("certificate_file", authority.file("first.crt"), "key_file", each.getValue()));
    }
    refused("empty holds no certificate", Map.of("ca_file", empty));
    Path damaged = authority.file("damaged");
    Files.writeString(damaged, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    refused("damaged holds a certificate that is damaged", Map.of("ca_file", damaged));
  }

  @Test
  public void aGatewayOfAnotherNameIsNotCalled() {
    try (Accord other = connection(Map.of("server_name", "gateway.example", "patience", 0))) {
      ReferralService called = new ReferralService(other);
      assertThrows(Unanswered.class, () -> called.createReferral(CreateReferralRequest.getDefaultInstance()));
    }
    assertTrue(gateway.calls.isEmpty());
  }

  private void refused(String pattern, Map<String, ?> given) {
    SettingsException error = assertThrows(SettingsException.class, () -> connection(given));
    assertTrue(error.getMessage(), error.getMessage().matches(".*" + pattern + ".*"));
  }

  private static Handler handler(List<LogRecord> warned) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        if (record.getLevel() == Level.WARNING) {
          warned.add(record);
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
