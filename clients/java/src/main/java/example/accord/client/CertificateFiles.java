package example.accord.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads the system's certificate and key, and the authority's certificate, from their files of PEM. */
final class CertificateFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([^-]*)-----END \\1-----");
  private static final List<String> KEY_KINDS = List.of("EC", "RSA", "Ed25519");
  private static final char[] NO_PASSWORD = {};

  private CertificateFiles() {}

  /** Identifies the files in the state in which they were read. */
  record Fingerprint(List<String> states) {}

  /**
   * What TLS needs of the files.
   *
   * @param fingerprint the state in which the files were read
   * @param keys the certificate with its key
   * @param authorities those who may sign the gateway's certificate
   */
  record Read(Fingerprint fingerprint, KeyManager[] keys, TrustManager[] authorities) {}

  /** The present state of the files. It throws {@link SettingsException} if one of them is not there. */
  static Fingerprint fingerprintOf(Settings settings) {
    List<String> states = new ArrayList<>();
    for (Path file : settings.files()) {
      try {
        BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class);
        states.add(state.lastModifiedTime().toInstant() + " " + state.fileKey() + " " + state.size());
      } catch (IOException error) {
        throw unreadable(file, error);
      }
    }
    return new Fingerprint(List.copyOf(states));
  }

  /** Reads the files. It throws {@link SettingsException} if they cannot be used, or are not of one pair. */
  static Read read(Settings settings) {
    Fingerprint fingerprint = fingerprintOf(settings);
    Certificate[] chain = certificatesOf(settings.certificateFile());
    Certificate[] authorities = certificatesOf(settings.caFile());
    PrivateKey key = keyOf(settings.keyFile());
    try {
      if (!belongTogether(chain[0], key)) {
        throw new SettingsException(
            settings.certificateFile() + " and " + settings.keyFile() + " are no certificate with its key");
      }
      Read read = new Read(fingerprint, keyManagers(chain, key), trustManagers(authorities));
      if (!fingerprintOf(settings).equals(fingerprint)) {
        throw new SettingsException("the files of the certificate are being changed");
      }
      return read;
    } catch (GeneralSecurityException | IOException error) {
      throw new SettingsException(settings.certificateFile() + " and " + settings.keyFile()
              + " cannot be used: " + error.getMessage(),
          error);
    }
  }

  private static SettingsException unreadable(Path file, IOException error) {
    String why = error instanceof NoSuchFileException ? "it does not exist" : error.getMessage();
    return new SettingsException(file + " cannot be read: " + why, error);
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException error) {
      throw unreadable(file, error);
    }
  }

  private static Certificate[] certificatesOf(Path file) {
    List<Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(contentOf(file));
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (block.find()) {
        if (block.group(1).equals("CERTIFICATE")) {
          found.add(factory.generateCertificate(new ByteArrayInputStream(bytesOf(block))));
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException error) {
      throw new SettingsException(
          file + " holds a certificate that is damaged: " + error.getMessage(), error);
    }
    if (found.isEmpty()) {
      throw new SettingsException(file + " holds no certificate");
    }
    return found.toArray(Certificate[] ::new);
  }

  private static PrivateKey keyOf(Path file) {
    Matcher block = BLOCK.matcher(contentOf(file));
    while (block.find()) {
      String kind = block.group(1);
      if (kind.equals("PRIVATE KEY")) {
        return keyOf(file, block);
      }
      if (kind.endsWith("PRIVATE KEY")) {
        throw new SettingsException(file
            + " is not a key of PKCS #8 without a password: openssl pkcs8 -topk8 -nodes makes one of it");
      }
    }
    throw new SettingsException(file + " holds no private key without a password");
  }

  private static PrivateKey keyOf(Path file, Matcher block) {
    try {
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(bytesOf(block));
      for (String kind : KEY_KINDS) {
        try {
          return KeyFactory.getInstance(kind).generatePrivate(encoded);
        } catch (InvalidKeySpecException ofAnotherKind) {
          // The next kind may fit.
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException error) {
      throw new SettingsException(
          file + " holds a private key that is damaged: " + error.getMessage(), error);
    }
    throw new SettingsException(file + " holds no private key of Ed25519, EC or RSA");
  }

  private static byte[] bytesOf(Matcher block) {
    return Base64.getMimeDecoder().decode(block.group(2));
  }

  /**
   * Whether what the key signs is verified by the certificate. TLS itself would fail at the first call only.
   */
  private static boolean belongTogether(Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    String algorithm = switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "Ed25519";
        };
    byte[] text = "Accord".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    // A certificate may forbid that its key signs texts, which a bare key does not.
    signature.initVerify(certificate.getPublicKey());
    signature.update(text);
    return signature.verify(signed);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    // It stays in memory, where PKCS #12 would only hash the empty password ten thousand times.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static KeyManager[] keyManagers(Certificate[] chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("system", key, NO_PASSWORD, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(Certificate[] authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (Certificate each : authorities) {
              store.setCertificateEntry(
                  ((X509Certificate) each).getSubjectX500Principal() + " " + store.size(), each);
            }
            TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
    }
  }
