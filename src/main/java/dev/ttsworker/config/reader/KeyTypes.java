package dev.ttsworker.config.reader;

import dev.ttsworker.config.EngineSettings.Device;
import dev.ttsworker.config.LoggingSettings.Format;
import dev.ttsworker.config.LoggingSettings.Level;
import dev.ttsworker.config.SynthesisSettings.Phonemes;
import dev.ttsworker.config.value.ScalarType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Types of single keys.
final class KeyTypes {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  static final ScalarType<String> HOST =
      ScalarType.text("a host name or address", text -> text.matches("\\S{1,255}"));

  static final ScalarType<String> ADVERTISED =
      ScalarType.parsed(
          "grpc://HOST:PORT with a host that others reach, not 0.0.0.0", KeyTypes::parseAdvertised);

  static final ScalarType<URI> HTTP_URL =
      ScalarType.parsed("http://HOST[:PORT][/PATH], or https://…", KeyTypes::parseHttp);

  static final ScalarType<URI> MIRROR =
      ScalarType.parsed(
          "https://HOST[:PORT]/PATH, or http://… on this machine", KeyTypes::parseMirror);

  static final ScalarType<String> LANGUAGE =
      ScalarType.text(
          "a language such as en or en-US",
          text -> text.matches("[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}"));

  static final ScalarType<String> MODEL_ID =
      ScalarType.id("a model id of 1..128 letters, digits, '.', '_' and '-'", 128);

  /// A file or folder; the empty text is none.
  static final ScalarType<Path> PATH =
      ScalarType.parsed("a path", text -> parsePath(text).filter(path -> !text.isEmpty()));

  static final ScalarType<Path> PATH_OR_EMPTY =
      ScalarType.parsed("a path, or \"\" for no file", KeyTypes::parsePath);

  static final ScalarType<Phonemes> PHONEMES =
      ScalarType.choice(
          Phonemes.class,
          KeyTypes::lower,
          Map.of("espeak-ng", "espeak", "built-in", "builtin", "english", "builtin"));

  static final ScalarType<Device> DEVICE =
      ScalarType.choice(
          Device.class,
          KeyTypes::lower,
          Map.ofEntries(
              Map.entry("gpu", "cuda"),
              Map.entry("gpus", "cuda"),
              Map.entry("nvidia", "cuda"),
              Map.entry("geforce", "cuda"),
              Map.entry("tensorrt", "cuda"),
              Map.entry("vulkan", "webgpu"),
              Map.entry("metal", "webgpu"),
              Map.entry("rocm", "webgpu"),
              Map.entry("host", "cpu"),
              Map.entry("processor", "cpu"),
              Map.entry("any", "auto"),
              Map.entry("best", "auto"),
              Map.entry("default", "auto")));

  static final ScalarType<Level> LOG_LEVEL =
      ScalarType.choice(
          Level.class,
          Function.identity(),
          Map.of(
              "trace", "DEBUG",
              "verbose", "DEBUG",
              "warn", "WARNING",
              "severe", "ERROR",
              "fatal", "CRITICAL"));

  static final ScalarType<Format> LOG_FORMAT = ScalarType.choice(Format.class, KeyTypes::lower);

  private KeyTypes() {}

  /// The constant as it is written in the file.
  static String spelling(Enum<?> constant) {
    return lower(constant.name());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Optional<Path> parsePath(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> parseHttp(String text) {
    try {
      URI address = new URI(text);
      boolean good =
          ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
              && address.getHost() != null
              && address.getUserInfo() == null
              && address.getRawQuery() == null
              && address.getRawFragment() == null;
      return good ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// Voices are programs for the inference library: they come encrypted, or from this machine.
  private static Optional<URI> parseMirror(String text) {
    return parseHttp(text)
        .filter(
            address -> "https".equals(address.getScheme()) || LOOPBACK.contains(address.getHost()));
  }

  private static Optional<String> parseAdvertised(String text) {
    try {
      URI address = new URI(text);
      boolean good =
          "grpc".equals(address.getScheme())
              && address.getHost() != null
              && !EVERY_ADDRESS.contains(address.getHost())
              && address.getPort() >= 1
              && address.getPort() <= 65535
              && text.equals("grpc://" + address.getHost() + ":" + address.getPort());
      return good ? Optional.of(text) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
