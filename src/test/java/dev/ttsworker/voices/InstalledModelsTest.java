package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.IdTable;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InstalledModelsTest {
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Choice resolve(String asked) {
    return new InstalledModels(fixture.settings(), fixture::scan).resolve(asked);
  }

  private String idOf(String asked) {
    return resolve(asked).voicepack().map(Voicepack::modelId).orElse("");
  }

  private WorkerException refusal(String asked) {
    return assertThrows(WorkerException.class, () -> resolve(asked));
  }

  @Test
  void emptyMeansTheDefault() {
    assertEquals("piper-a", idOf(" "));
    assertTrue(resolve("").isDefault());
    assertTrue(resolve("piper-a").isDefault());
    assertFalse(resolve("piper-b").isDefault());
  }

  @Test
  void idIsMeantHoweverItIsWritten() {
    fixture.install(IdTable.ID, "1");
    for (String text : IdTable.legal()) {
      assertEquals(IdTable.ID, idOf(text));
    }
  }

  @Test
  void textThatOnlyLooksLikeAnIdIsRefused() {
    fixture.install(IdTable.ID, "1");
    fixture.aliases = Map.of("piper-alias", IdTable.ID);
    for (String text : IdTable.illegal()) {
      for (String asked : List.of(text, text.replace("k", "alias"))) {
        WorkerException refusal = refusal(asked);
        assertEquals(ErrorCode.MODEL_NOT_FOUND, refusal.code());
        String told = refusal.getMessage();
        assertTrue(told.startsWith("Model not found: model_id \""), told);
        assertTrue(told.contains("\" is not allowed; allowed: 1 to 128 of a-z"), told);
        assertTrue(told.length() < 1_000, told);
      }
    }
    assertThrows(WorkerException.class, () -> resolve("mock\n"));
    assertThrows(WorkerException.class, () -> resolve("\n"));
    assertThrows(WorkerException.class, () -> resolve("\t "));
  }

  @Test
  void theToneHasItsBuiltInAlias() {
    assertEquals("mock-440hz", idOf("mock"));
    assertEquals("mock-440hz", idOf("mock-440hz"));
  }

  @Test
  void familyNameMeansItsFirstVoice() {
    fixture.install("piper-0", "1");
    assertEquals("piper-0", idOf("piper"));
  }

  @Test
  void aliasIsUsedAndSaidAndLeadsToTheDefault() {
    Choice choice = resolve("piper-lessac");
    assertEquals("piper-a", choice.voicepack().orElseThrow().modelId());
    assertTrue(choice.isDefault());
    assertEquals("model piper-lessac is not installed, its alias piper-a speaks", choice.note());
  }

  @Test
  void installedIdWinsOverItsAlias() {
    fixture.install("piper-lessac", "1");
    assertEquals("piper-lessac", idOf("piper-lessac"));
    assertEquals("", resolve("piper-lessac").note());
  }

  @Test
  void aliasOfTheMissingDefaultMeansTheDefault() {
    fixture.remove("piper-a");
    Choice choice = resolve("piper-lessac");
    assertTrue(choice.isDefault());
    assertTrue(choice.voicepack().isEmpty());
  }

  @Test
  void aliasThatLeadsNowhereIsRefused() {
    fixture.aliases = Map.of("piper-x", "piper-gone");
    assertEquals(ErrorCode.MODEL_NOT_FOUND, refusal("piper-x").code());
  }

  @Test
  void defaultMayBeAnAliasItself() {
    fixture.defaultId = "piper-lessac";
    assertEquals("piper-a", idOf(""));
    assertTrue(resolve("piper-a").isDefault());
  }

  @Test
  void unknownIdIsRefusedWithNearMatches() {
    WorkerException refusal = refusal("piper-bb");
    assertEquals(ErrorCode.MODEL_NOT_FOUND, refusal.code());
    assertTrue(refusal.getMessage().startsWith("Model not found: piper-bb; did you mean piper-b"));
    assertTrue(refusal.getMessage().endsWith("installed: mock-440hz, piper-a, piper-b, piper-c"));
  }

  @Test
  void messageStaysShortWithHundredsOfVoicesAndAnyId() {
    for (int i = 0; i < 500; i++) {
      fixture.install("piper-voice-with-a-long-name-" + i, "1");
    }
    for (String asked :
        List.of("piper-voice-with-a-long-name-x", "../../etc/passwd", "é".repeat(9_000))) {
      WorkerException refusal = refusal(asked);
      assertEquals(ErrorCode.MODEL_NOT_FOUND, refusal.code());
      assertTrue(refusal.getMessage().length() < 1_000, refusal.getMessage());
    }
  }

  @Test
  void folderWithAProblemIsRefusedWithTheReason() {
    fixture.addProblem("voicepacks/piper/Broken", "two .onnx files: a.onnx, b.onnx");
    WorkerException refusal = refusal("piper-broken");
    assertEquals(ErrorCode.INVALID_VOICEPACK, refusal.code());
    assertEquals(
        "Model piper-broken cannot be used: two .onnx files: a.onnx, b.onnx", refusal.getMessage());
  }

  @Test
  void rescanFindsNewVoices() {
    InstalledModels installed = new InstalledModels(fixture.settings(), fixture::scan);
    fixture.install("piper-new", "1");
    assertTrue(installed.withId("piper-new").isEmpty());
    installed.rescan();
    assertTrue(installed.withId("piper-new").isPresent());
  }

  @Test
  void aliasesInEffectAreKnown() {
    InstalledModels installed = new InstalledModels(fixture.settings(), fixture::scan);
    assertEquals(List.of("piper-lessac"), installed.aliasesOf("piper-a"));
    fixture.install("piper-lessac", "1");
    installed.rescan();
    assertEquals(List.of(), installed.aliasesOf("piper-a"));
  }
}
