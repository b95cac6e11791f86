package example.accord.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Signs the certificates of the gateway and of systems, in a folder, by OpenSSL. */
final class Authority {
  private static final List<String> P256 = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

  private final Path folder;

  Authority(Path folder) throws Exception {
    this.folder = folder;
    Files.writeString(file("names"), "subjectAltName=DNS:localhost\n");
    List<String> words = new ArrayList<>(List.of("req", "-x509", "-new", "-nodes", "-days", "2"));
    words.addAll(P256);
    words.addAll(List.of("-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt"));
    openssl(words);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Makes NAME.crt and NAME.key, for localhost. */
  void sign(String name) throws Exception {
    sign(name, P256);
  }

  /** Makes the same with a key of this kind. */
  void sign(String name, List<String> newKey) throws Exception {
    List<String> words = new ArrayList<>(List.of("req", "-new", "-nodes", "-subj", "/CN=" + name));
    words.addAll(newKey);
    words.addAll(List.of("-keyout", name + ".key", "-out", name + ".csr"));
    openssl(words);
    openssl(List.of("x509", "-req", "-days", "2", "-in", name + ".csr", "-CA", "ca.crt", "-CAkey", "ca.key",
        "-CAcreateserial", "-extfile", "names", "-out", name + ".crt"));
  }

  /** Replaces the files of one name by the certificate and key of another, each in one step. */
  void place(String name, String where) throws IOException {
    for (String suffix : List.of(".key", ".crt")) {
      Files.copy(file(name + suffix), file("next"), StandardCopyOption.REPLACE_EXISTING);
      Files.move(file("next"), file(where + suffix), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  void openssl(List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
