package dev.ttsworker.config.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.value.ValueType.NotAllowed;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds configs/worker.yaml equal to the code.
final class ShippedConfigTest {
  private static final Path SHIPPED = Path.of("configs", "worker.yaml");

  @TempDir Path folder;

  @Test
  void loadsToTheDefaults() {
    WorkerConfig config = ConfigLoads.loader(Map.of()).load(Optional.of(SHIPPED), Overrides.none());
    assertEquals(ConfigLoads.defaults(), config);
  }

  @Test
  void hasEveryKeyAsItIsDeclared() throws IOException, NotAllowed {
    String all = Files.readString(SHIPPED).replaceAll("(?m)^#(?=\\S|  )", "");
    Path file = Files.writeString(folder.resolve("worker.yaml"), all);
    FileValues values = new FileValues(YamlReader.read(file).root());
    assertEquals(List.of(), values.unknown(ConfigLoader.keys()));
    for (Key<?> key : ConfigLoader.keys()) {
      YamlNode value = values.get(key.path()).orElseThrow(() -> new AssertionError(key.path()));
      assertDefault(key, value);
      String comment = comment(all.lines().toList(), value.origin().line(), key);
      List<String> said = new ArrayList<>(List.of(key.summary(), key.type().allowed()));
      said.addAll(key.variables());
      key.option().ifPresent(option -> said.add(option.flag()));
      for (String each : said) {
        assertTrue(comment.contains(each), key.path() + ": " + each + " is not in: " + comment);
      }
    }
  }

  /// A key without a default has an example instead.
  private static void assertDefault(Key<?> key, YamlNode value) throws NotAllowed {
    if (!(key.fallback() instanceof Optional)) {
      assertEquals(key.fallback(), key.type().read(value), key.path());
    }
  }

  @Test
  void switchedOffKeysAreExamplesThatLoad() throws IOException {
    String all = Files.readString(SHIPPED).replaceAll("(?m)^#(?=\\S|  )", "");
    WorkerConfig config = new ConfigLoads(folder).load(all);
    assertTrue(config.redis().enabled());
    assertEquals(ConfigLoads.defaults().redis().url(), config.redis().url());
    assertEquals(Optional.of(ConfigLoads.BASE.resolve("logs/worker.log")), config.logging().file());
  }

  @Test
  void orchestratorSampleNamesTheWorker() throws IOException {
    assertTrue(
        Files.readString(Path.of("configs", "orchestrator.yaml")).contains("routing:\n")
            && Files.readString(Path.of("configs", "orchestrator.yaml"))
                .contains("  static_worker_addr: \"grpc://localhost:7001\"\n"));
  }

  /// The comment behind the key, and the lines of comment right above it, as one line.
  private static String comment(List<String> lines, int line, Key<?> key) {
    String name = key.path().substring(key.path().lastIndexOf('.') + 1) + ":";
    int at = line - 1;
    while (!lines.get(at).strip().startsWith(name)) {
      at--;
    }
    StringBuilder comment = new StringBuilder(lines.get(at));
    for (int i = at - 1; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      comment.insert(0, lines.get(i).strip().substring(1).strip() + " ");
    }
    return comment.toString();
  }
}
