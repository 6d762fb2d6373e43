package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each platform that pom.xml has a profile for gets native libraries made for it, from the very
/// artifacts of this build. `scripts/verify-platforms.sh` tries the same by unpacking.
final class PlatformsTest {
  private static final int ELF = 0x464c457f;
  private static final int MACH_O_64 = 0xfeedfacf;
  private static final Pattern PROFILE =
      Pattern.compile("(?s)<profile>\\s*<id>([^<]+)</id>\\s*<activation>\\s*<os>.*?</profile>");

  /// A profile of pom.xml that Maven chooses by itself.
  record Platform(String id, String text) {
    String value(String element) {
      return PlatformsTest.value(text, element)
          .orElseThrow(() -> new AssertionError(id + " has no " + element));
    }

    boolean isMac() {
      return value("family").equals("mac");
    }

    @Override
    public String toString() {
      return id;
    }
  }

  private static List<Platform> platforms() throws IOException {
    return PROFILE
        .matcher(pom())
        .results()
        .map(match -> new Platform(match.group(1), match.group()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void nativesAreForTheProcessorThatTheProfileIsChosenFor(Platform platform) throws IOException {
    String library =
        PlatformsTest.value(platform.text, "espeak.library").orElse("libespeak-ng.so.1");
    assertEquals(wanted(platform), header(platform.value("espeak.platform") + "/" + library));
    String runtime = "ai/onnxruntime/native/" + platform.value("ort.platform") + "/lib";
    String end = platform.isMac() ? ".dylib" : ".so";
    assumeTrue(
        isThere(runtime + "onnxruntime" + end) || !isGpuRuntime(),
        "the runtime for GPUs is for x86-64 alone");
    for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
      assertEquals(wanted(platform), header(runtime + name + end));
    }
  }

  @Test
  void everyPlatformIsVerifiedAndNoOtherOneBuildsWithItsNatives() throws IOException {
    List<String> ids = platforms().stream().map(Platform::id).toList();
    assertEquals(Set.of("linux-x64", "linux-arm64", "macos-arm64"), Set.copyOf(ids));
    String script = Files.readString(Path.of("scripts/verify-platforms.sh"));
    assertTrue(script.contains("all=(" + String.join(" ", ids) + ")"), "verify-platforms.sh");
    String common = pom().substring(0, pom().indexOf("<profiles>"));
    String elsewhere = value(common, "ort.platform").orElseThrow();
    assertFalse(elsewhere.matches("(linux|osx)-.*"), "an Intel Mac would get " + elsewhere);
    Matcher allowed =
        Pattern.compile("string=\"\\$\\{ort.platform}\" pattern=\"(.*?)\"").matcher(common);
    assertTrue(allowed.find(), "the build says which platforms there are");
    for (Platform platform : platforms()) {
      assertTrue(platform.value("ort.platform").matches(allowed.group(1)), platform.id);
    }
    assertFalse("Mac OS X x86_64".matches(allowed.group(1)));
  }

  private static List<Object> wanted(Platform platform) {
    boolean arm = platform.value("arch").equals("aarch64");
    return platform.isMac()
        ? List.of(MACH_O_64, arm ? 0x0100000c : 0x01000007)
        : List.of(ELF, arm ? 0xb7 : 0x3e);
  }

  /// What the file's first bytes say: its format and its processor.
  private static List<Object> header(String resource) throws IOException {
    try (InputStream file = loader().getResourceAsStream(resource)) {
      ByteBuffer bytes =
          ByteBuffer.wrap(Objects.requireNonNull(file, resource).readNBytes(20))
              .order(ByteOrder.LITTLE_ENDIAN);
      int format = bytes.getInt(0);
      return List.of(format, format == ELF ? (int) bytes.getShort(18) : bytes.getInt(4));
    }
  }

  private static boolean isGpuRuntime() {
    return isThere("ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so");
  }

  private static boolean isThere(String resource) {
    return loader().getResource(resource) != null;
  }

  private static ClassLoader loader() {
    return PlatformsTest.class.getClassLoader();
  }

  private static Optional<String> value(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</").matcher(xml);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String pom() throws IOException {
    return Files.readString(Path.of("pom.xml"));
  }
}
