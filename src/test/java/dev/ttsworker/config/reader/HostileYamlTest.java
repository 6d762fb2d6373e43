package dev.ttsworker.config.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class HostileYamlTest {
  private static final int MUTANTS = Fuzz.inputs(600);

  @TempDir Path folder;
  private ConfigLoads loads;

  @BeforeEach
  void prepare() {
    loads = new ConfigLoads(folder);
  }

  @Test
  void nothingInItMeansDefaults() {
    for (String yaml : List.of("", "\n\n", "# words\n", "---\n", "null", "worker:\nmetrics: ~\n")) {
      assertEquals(ConfigLoads.defaults(), loads.load(yaml), yaml);
    }
  }

  @Test
  void otherThanSectionsAtTheTopIsAProblem() {
    only("- a\n- b\n", 1, "the file must hold sections");
    only("\nhello", 2, "the file must hold sections");
  }

  @Test
  void brokenYamlNamesTheLine() {
    only("worker:\n  name: [a\nengine:\n", 3, "is not valid YAML");
    only("worker:\n\tname: a\n", 2, "is not valid YAML");
    only("a: 1\n---\nb: 2\n", 2, "is not valid YAML");
    only("worker: *unknown\n", 1, "is not valid YAML");
  }

  @Test
  void tagsConstructNothing() {
    only("worker:\n  name: !!javax.script.ScriptEngineManager [x]\n", 2, "tag tag:yaml.org");
    only("worker: !!java.net.URL {a: b}\n", 1, "tag tag:yaml.org");
    only("worker:\n  name: !own x\n", 2, "tag !own is not allowed");
    only("worker: !!set {name}\n", 1, "tag tag:yaml.org,2002:set");
    only("worker:\n  name: !!binary aGk=\n", 2, "tag tag:yaml.org,2002:binary");
  }

  @Test
  void keyGivenTwiceIsAProblem() {
    only("worker:\n  name: a\n  name: b\n", 3, "is given twice, first on line 2");
    only("worker: {}\nengine:\nworker: {}\n", 3, "is given twice, first on line 1");
  }

  @Test
  void oddKeysAreProblems() {
    only("? [a]\n: b\n", 1, "has a key that is not a word");
    only("grpc.port: 7002\n", 1, "nested sections");
    only("worker: {<<: {name: a}}\n", 1, "unknown key");
    only("\"wor\\nker\": 1\n", 1, "did you mean worker?");
  }

  @Test
  void anchorsAreUnderstood() {
    WorkerConfig config =
        loads.load("engine: {cpu_threads: &n 4}\nmodel_manager: {resident_cap: *n}\n");
    assertEquals(4, config.models().residentCap());
  }

  @Test
  void entityExpansionIsRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
    }
    only(yaml.toString(), 2, "is not valid YAML");
    // Few aliases of a large value are converted once.
    String list = "[" + "x, ".repeat(200_000) + "x]";
    String few = "model_manager: {preload_model_ids: [&a " + list + ", *a, *a, *a, *a, *a]}";
    assertEquals(1, loads.problems(few).size());
  }

  @Test
  void recursionIsRefused() {
    only("worker: &a\n  capabilities: *a\n", 1, "contains itself");
    only("worker: &a {name: [*a, *a, *a, *a], grpc_host: *a}\n", 1, "contains itself");
  }

  @Test
  void deepNestingIsRefused() {
    only("worker: " + "[".repeat(100_000), 1, "is not valid YAML");
    only("worker: " + "{a: ".repeat(50_000), 1, "is not valid YAML");
    only("- ".repeat(50_000) + "x", 1, "is not valid YAML");
  }

  @Test
  void rubbishIsRefused() {
    Random random = new Random(7);
    byte[] bytes = new byte[5000];
    random.nextBytes(bytes);
    Path file = loads.write(bytes);
    assertTrue(problems(file).contains("is not UTF-8 text"), problems(file));
    only("worker: \u0000\u0001", 1, "is not valid YAML");
    only("#" + "x".repeat(1 << 20), 0, "is longer than");
  }

  @Test
  void missingFileIsAProblem() {
    assertTrue(problems(folder.resolve("no.yaml")).endsWith("no.yaml: does not exist"));
    assertTrue(problems(folder).endsWith(": is not a file"));
  }

  @Test
  void mutatedDocumentsNeverThrowAnythingElse() throws Exception {
    long seed = Long.getLong("fuzz.seed", 20_261_124L);
    Random random = new Random(seed);
    String shipped =
        java.nio.file.Files.readString(Path.of("configs/worker.yaml"))
            .replaceAll("(?m)^#(?=\\S|  )", "")
            .replaceAll("(?m) *# .*", "");
    List<String> bits =
        List.of(
            "&a ",
            "*a",
            "!!x ",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "\n",
            "\t",
            "'",
            "\"",
            "\\x",
            "|",
            ">",
            "%YAML 1.9\n",
            "---",
            "...",
            "<<",
            "?",
            "\u0000",
            "\ud800",
            "é",
            "0x",
            "1e999",
            "null",
            "\"\\U99999999\"",
            "%TAG ! tag:",
            "!<",
            "65536",
            "''");
    int valid = 0;
    for (int i = 0; i < MUTANTS; i++) {
      StringBuilder yaml = new StringBuilder(shipped);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(yaml.length());
        int end = Math.min(yaml.length(), at + random.nextInt(8));
        yaml.replace(at, end, bits.get(random.nextInt(bits.size())));
      }
      Path file = loads.write(yaml.toString().getBytes(StandardCharsets.UTF_8));
      valid += checked(file, seed, i);
    }
    assertTrue(
        valid > MUTANTS / 150 && valid < MUTANTS - MUTANTS / 30,
        "seed " + seed + ": valid " + valid);
  }

  private int checked(Path file, long seed, int round) {
    try {
      ConfigCheck check = ConfigLoads.loader(Map.of()).check(Optional.of(file), Overrides.none());
      for (ConfigProblem problem : check.problems()) {
        assertEquals(1, problem.describe().lines().count(), problem::toString);
      }
      return check.problems().isEmpty() ? 1 : 0;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ", round " + round, e);
    }
  }

  private String problems(Path file) {
    ConfigCheck check = ConfigLoads.loader(Map.of()).check(Optional.of(file), Overrides.none());
    assertFalse(check.problems().isEmpty());
    return check.problems().getFirst().describe();
  }

  private void only(String yaml, int line, String message) {
    List<ConfigProblem> problems = loads.problems(yaml);
    ConfigProblem problem = problems.getFirst();
    String shown = problems.toString();
    assertTrue(problem.message().contains(message), shown);
    assertEquals(line, problem.line(), shown);
  }
}
