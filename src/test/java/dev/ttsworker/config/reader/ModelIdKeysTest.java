package dev.ttsworker.config.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.voicepack.IdTable;
import dev.ttsworker.voicepack.ModelIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Model ids of command line, environment and file: the same texts are ids as on the wire.
final class ModelIdKeysTest {
  @TempDir Path folder;
  private ConfigLoads loads;

  @BeforeEach
  void create() {
    loads = new ConfigLoads(folder);
  }

  @Test
  void legalIdsAreThatIdEverywhere() {
    for (String text : IdTable.legal()) {
      assertEquals(
          IdTable.ID, models(Map.of(), options(Option.DEFAULT_MODEL, text)).defaultModelId());
      assertEquals(IdTable.ID, models(Map.of("DEFAULT_MODEL", text), Map.of()).defaultModelId());
      assertEquals(
          List.of("mock", IdTable.ID),
          models(Map.of("PRELOAD_MODEL_IDS", "mock," + text), Map.of()).preloadModelIds());
      ModelSettings ofFile = loads.load(yaml(text)).models();
      assertEquals(IdTable.ID, ofFile.defaultModelId());
      assertEquals(IdTable.ID, ofFile.fallbackModelId());
      assertEquals(List.of(IdTable.ID), ofFile.preloadModelIds());
      assertEquals(Map.of(IdTable.ID, IdTable.ID), ofFile.aliases());
    }
  }

  @Test
  void otherTextsAreRefusedEscapedEverywhere() {
    for (String text : IdTable.illegal()) {
      for (Option option : List.of(Option.DEFAULT_MODEL, Option.PRELOAD)) {
        assertRefused(text, problems(Map.of(), options(option, text)), 1);
      }
      for (String variable : List.of("DEFAULT_MODEL_ID", "DEFAULT_MODEL", "PRELOAD_MODEL_IDS")) {
        assertRefused(text, problems(Map.of(variable, text), Map.of()), 1);
      }
      assertRefused(text, loads.problems(yaml(text)), 4);
    }
  }

  @Test
  void allowedIsWhatTheScanAllows() {
    assertTrue(
        IdTable.illegal().stream().noneMatch(id -> ModelIds.isValid(ModelIds.normalise(id))));
    assertTrue(IdTable.legal().stream().allMatch(id -> ModelIds.isValid(ModelIds.normalise(id))));
  }

  private static Map<Option, String> options(Option option, String text) {
    return Map.of(option, text);
  }

  private static ModelSettings models(
      Map<String, String> environment, Map<Option, String> options) {
    WorkerConfig config =
        ConfigLoads.loader(environment).load(Optional.empty(), new Overrides(options));
    return config.models();
  }

  private static List<ConfigProblem> problems(
      Map<String, String> environment, Map<Option, String> options) {
    return ConfigLoads.loader(environment)
        .check(Optional.empty(), new Overrides(options))
        .problems();
  }

  private static void assertRefused(String text, List<ConfigProblem> problems, int count) {
    assertEquals(count, problems.size(), text + problems);
    for (ConfigProblem problem : problems) {
      String told = problem.message();
      assertTrue(told.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '…'), told);
      assertTrue(
          told.matches("value \".*\" is not allowed; allowed: .*a model id of 1\\.\\.128.*"), told);
    }
  }

  private static String yaml(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(code -> quoted.append("\\U%08X".formatted(code)));
    quoted.append('"');
    return """
    model_manager:
      default_model_id: ID
      fallback_model_id: ID
      preload_model_ids: [ID]
      aliases:
        ? ID
        : ID
    """
        .replace("ID", quoted);
  }
}
