package example.accord.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Settings of a file, the environment and a program. */
public class SettingsTest {
  private static final Map<String, Object> GIVEN = Map.of(
      "address", "localhost:7400", "ca_file", "ca.crt", "certificate_file", "a.crt", "key_file", "a.key");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path written(Map<String, ?> changed) throws IOException {
    Map<String, Object> values = new HashMap<>(GIVEN);
    values.putAll(changed);
    return written(new Gson().toJson(values));
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.getRoot().toPath().resolve("accord.json"), text);
  }

  private static void refused(String said, Path file, Map<String, ?> given) {
    SettingsException error =
        assertThrows(SettingsException.class, () -> Settings.load(file, Map.of(), given));
    assertTrue(error.getMessage(), error.getMessage().contains(said));
  }

  @Test
  public void namesOfFilesInAFileAreRelativeToItsFolder() throws Exception {
    Path file = written(Map.of("key_file", "/keys/a.key"));
    Settings found = Settings.load(file, Map.of(), Map.of());
    assertEquals(file.resolveSibling("ca.crt"), found.caFile());
    assertEquals(Path.of("/keys/a.key"), found.keyFile());
    assertEquals(Duration.ofSeconds(10), found.timeout());
    assertEquals(Duration.ofSeconds(60), found.patience());
  }

  @Test
  public void whatIsGivenGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Path file = written(Map.of("actor", "of-file", "purpose", "of-file", "language", "fr"));
    Map<String, String> environment =
        Map.of("ACCORD_ACTOR", "of-environment", "ACCORD_PURPOSE", "of-environment");
    Settings found = Settings.load(file, environment, Map.of("purpose", "given"));
    assertEquals(
        List.of("of-environment", "given", "fr"), List.of(found.actor(), found.purpose(), found.language()));
  }

  @Test
  public void theEnvironmentAloneIsEnoughAndMayNameTheFile() throws Exception {
    Map<String, String> alone = new HashMap<>(Map.of("ACCORD_PATIENCE", "2.5"));
    GIVEN.forEach((name, value) -> alone.put("ACCORD_" + name.toUpperCase(Locale.ROOT), (String) value));
    assertEquals(Duration.ofMillis(2500), Settings.load(null, alone, Map.of()).patience());
    Map<String, String> naming = Map.of("ACCORD_CLIENT_FILE", written(Map.of()).toString());
    assertEquals("localhost:7400", Settings.load(null, naming, Map.of()).address());
  }

  @Test
  public void severalGatewaysStandWithCommasBetweenThem() throws Exception {
    Settings found = Settings.load(written(Map.of("address", "one:1, two:2,")), Map.of(), Map.of());
    assertEquals(List.of("one:1", "two:2"), found.addresses());
  }

  @Test
  public void whateverIsWrongIsRefusedByItsName() throws Exception {
    refused("no setting port", written(Map.of("port", "x")), Map.of());
    refused("key_file is missing", written(Map.of("key_file", "")), Map.of());
    refused("address is missing", written(Map.of("address", ",")), Map.of());
    refused("timeout is not a number", written(Map.of("timeout", 0)), Map.of());
    refused("patience is not", written(Map.of("patience", true)), Map.of());
    refused("patience is not", written(Map.of("patience", "soon")), Map.of());
    refused("patience is not", written(Map.of()), Map.of("patience", Duration.ofSeconds(-1)));
    refused("actor is not a text", written(Map.of("actor", 7)), Map.of());
    refused("is not JSON", written("{"), Map.of());
    refused("is not JSON", written("{} {}"), Map.of());
    refused("is not JSON", written("{address: 'a'}"), Map.of());
    refused("is not an object", written("[]"), Map.of());
    refused("cannot be read", Path.of("/nowhere/accord.json"), Map.of());
  }
}
