package example.accord.client;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@link Settings} from a file of JSON, the environment and what a program gives. */
final class SettingsReader {
  private static final String PREFIX = "ACCORD_";
  // The environment may also name the settings file.
  private static final String FILE_VARIABLE = "ACCORD_CLIENT_FILE";
  private static final List<String> FILES = List.of("ca_file", "certificate_file", "key_file");
  private static final List<String> NEEDED = List.of("address", "ca_file", "certificate_file", "key_file");
  private static final List<String> NAMES = List.of("address", "ca_file", "certificate_file", "key_file",
      "actor", "purpose", "server_name", "language", "timeout", "patience");
  // A longer time than this one cannot be told from waiting for ever.
  private static final double LONGEST_SECONDS = 1e9;

  private final Map<String, Object> values = new HashMap<>();

  private SettingsReader() {}

  static Settings read(Path file, Map<String, String> environment, Map<String, ?> given) {
    SettingsReader reader = new SettingsReader();
    String named = environment.getOrDefault(FILE_VARIABLE, "");
    if (file != null) {
      reader.takeFile(file);
    } else if (!named.isEmpty()) {
      reader.takeFile(Path.of(named));
    }
    for (String name : NAMES) {
      String value = environment.getOrDefault(variableOf(name), "");
      if (!value.isEmpty()) {
        reader.values.put(name, value);
      }
    }
    reader.values.putAll(given);
    reader.checkNames();
    return reader.settings();
  }

  private static String variableOf(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT);
  }

  private void takeFile(Path file) {
    JsonElement read = parsed(file, contentOf(file));
    if (!read.isJsonObject()) {
      throw new SettingsException("the settings file " + file + " is not an object of JSON");
    }
    for (Map.Entry<String, JsonElement> entry : read.getAsJsonObject().entrySet()) {
      String name = entry.getKey();
      Object value = valueOf(entry.getValue());
      if (FILES.contains(name) && value instanceof String text && !text.isEmpty()) {
        value = file.resolveSibling(text).toString();
      }
      values.put(name, value);
    }
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException absent) {
      throw new SettingsException("the settings file " + file + " cannot be read: it does not exist", absent);
    } catch (IOException error) {
      throw new SettingsException(
          "the settings file " + file + " cannot be read: " + error.getMessage(), error);
    }
  }

  private static JsonElement parsed(Path file, String content) {
    // Gson's own functions for whole texts are lenient, and take what is no JSON.
    JsonReader reader = new JsonReader(new StringReader(content));
    try {
      JsonElement read = new Gson().getAdapter(JsonElement.class).read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new SettingsException(
            "the settings file " + file + " is not JSON: something follows its object");
      }
      return read;
    } catch (IOException | JsonParseException | IllegalStateException error) {
      throw new SettingsException("the settings file " + file + " is not JSON: " + error.getMessage(), error);
    }
  }

  /** Gives a text, a number or a truth value as Java has it, and anything else as it is. */
  private static Object valueOf(JsonElement element) {
    if (!(element instanceof JsonPrimitive value)) {
      return element;
    }
    if (value.isString()) {
      return value.getAsString();
    }
    return value.isNumber() ? (Object) value.getAsDouble() : (Object) value.getAsBoolean();
  }

  private void checkNames() {
    for (String name : values.keySet()) {
      if (!NAMES.contains(name)) {
        throw new SettingsException(
            "there is no setting " + name + "; there are: " + String.join(", ", NAMES));
      }
    }
    for (String name : NEEDED) {
      if (text(name).isEmpty()) {
        throw new SettingsException("the setting " + name
            + " is missing: give it to connect(), in the settings file, or as " + variableOf(name));
      }
    }
  }

  private Settings settings() {
    return new Settings(text("address"), Path.of(text("ca_file")), Path.of(text("certificate_file")),
        Path.of(text("key_file")), text("actor"), text("purpose"), text("server_name"), text("language"),
        seconds("timeout", Duration.ofSeconds(10)), seconds("patience", Duration.ofSeconds(60)));
  }

  private String text(String name) {
    Object value = values.getOrDefault(name, "");
    if (value instanceof Path path) {
      return path.toString();
    }
    if (value instanceof String text) {
      return text;
    }
    throw new SettingsException("the setting " + name + " is not a text");
  }

  /** Gives a time. A number of seconds may be a text, as in the environment. */
  private Duration seconds(String name, Duration otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Duration time) {
      return time;
    }
    double seconds = Double.NaN;
    if (value instanceof Number number) {
      seconds = number.doubleValue();
    } else if (value instanceof String text) {
      try {
        seconds = Double.parseDouble(text);
      } catch (NumberFormatException notANumber) {
        // It stays no number, and is refused below.
      }
    }
    if (!Double.isFinite(seconds) || seconds < 0) {
      throw new SettingsException("the setting " + name + " is not a number of seconds");
    }
    return Duration.ofNanos(Math.round(Math.min(seconds, LONGEST_SECONDS) * 1e9));
  }
}
