package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.ListModelsRequest;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.LoadModelResponse;
import dev.ttsworker.proto.ModelInfo;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.UnloadModelRequest;
import dev.ttsworker.proto.UnloadModelResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ListModels, LoadModel, UnloadModel and RELOAD against a real worker.
final class ModelsIT {
  private static final String TINY = "piper-tiny";
  private static final String SPEAKERS = "piper-tiny-speakers";
  private static final String MOCK = "mock-440hz";

  @TempDir Path folder;
  private TestWorker worker;

  @BeforeEach
  void start() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    Files.writeString(
        voice("tiny").resolve("metadata.yaml"), "license: CC0-1.0\nlanguages: [en-US]\n");
    worker =
        TestWorker.startAsIs(
                folder,
                "model_manager: {resident_cap: 2, aliases: {piper-former: piper-tiny-speakers}}")
            .await(Readiness.State.SERVING);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  private Path voice(String name) {
    return folder.resolve("voicepacks/piper").resolve(name);
  }

  private LoadModelResponse load(String id, boolean preloadOnly) {
    return worker
        .stub()
        .loadModel(
            LoadModelRequest.newBuilder().setModelId(id).setPreloadOnly(preloadOnly).build());
  }

  private UnloadModelResponse unload(String id) {
    return worker.stub().unloadModel(UnloadModelRequest.newBuilder().setModelId(id).build());
  }

  private void assertUnloaded(String message, String id) {
    UnloadModelResponse answer = unload(id);
    assertEquals(message, answer.getMessage());
    assertTrue(answer.getSuccess());
  }

  private boolean isLoaded(String id) {
    return worker.model(id).getIsLoaded();
  }

  private void end(String session) {
    var _ = worker.stub().endSession(EndSessionRequest.newBuilder().setSessionId(session).build());
  }

  private String reload() {
    var answer = worker.control("", ControlCommand.RELOAD);
    assertTrue(answer.getSuccess(), answer.getMessage());
    return answer.getMessage();
  }

  @Test
  void listShowsEveryInstalledVoice() {
    List<ModelInfo> models =
        worker.stub().listModels(ListModelsRequest.getDefaultInstance()).getModelsList();
    assertEquals(
        List.of(MOCK, TINY, SPEAKERS), models.stream().map(ModelInfo::getModelId).toList());
    ModelInfo tiny = worker.model(TINY);
    assertEquals("piper", tiny.getFamily());
    assertTrue(tiny.getIsLoaded());
    assertEquals("en-US", tiny.getLanguages(0));
    Map<String, String> told = tiny.getMetadataMap();
    assertEquals("0", told.get("refcount"));
    assertTrue(Long.parseLong(told.getOrDefault("idle_seconds", "")) >= 0);
    assertEquals("22050", told.get("sample_rate"));
    assertEquals("cpu", told.get("device"));
    assertEquals("CC0-1.0", told.get("license"));
    assertEquals("loaded", told.get("state"));
    assertEquals("true", told.get("default"));
    ModelInfo speakers = worker.model(SPEAKERS);
    assertFalse(speakers.getIsLoaded());
    assertEquals("unloaded", speakers.getMetadataOrThrow("state"));
    assertEquals("none", speakers.getMetadataOrThrow("device"));
    assertEquals("unknown", speakers.getMetadataOrThrow("license"));
    assertEquals("piper-former", speakers.getMetadataOrThrow("aliases"));
    assertEquals("mock", worker.model(MOCK).getFamily());
    assertEquals(List.of("en"), worker.model(MOCK).getLanguagesList());
    worker.session("english", MOCK, Map.of("language", "en"));
  }

  @Test
  void referencesAreCountedAndNeverBelowZero() {
    assertUnloaded("Model " + SPEAKERS + " is not loaded", SPEAKERS);
    LoadModelResponse first = load("piper-former", false);
    assertTrue(first.getSuccess());
    assertEquals(SPEAKERS + " is loaded", first.getMessage());
    assertTrue(first.getLoadDurationMs() >= 0);
    assertTrue(load(SPEAKERS, false).getSuccess());
    assertEquals(2, worker.references(SPEAKERS));
    assertUnloaded("Model " + SPEAKERS + ": one reference given back, 1 left", SPEAKERS);
    assertUnloaded("Model " + SPEAKERS + " unloaded", SPEAKERS);
    assertFalse(isLoaded(SPEAKERS));
    assertUnloaded("Model " + SPEAKERS + " is not loaded", SPEAKERS);
    assertEquals(0, worker.references(SPEAKERS));
    assertTrue(load(SPEAKERS, false).getSuccess());
    assertEquals(1, worker.references(SPEAKERS));
  }

  @Test
  void sessionKeepsItsVoiceUntilItEnds() throws Exception {
    worker.session("keeps", SPEAKERS, Map.of("seed", "3"));
    byte[] before = worker.say("keeps", "Hello.");
    assertUnloaded("Model " + SPEAKERS + " leaves memory when its open sessions end: 1", SPEAKERS);
    assertArrayEquals(before, worker.say("keeps", "Hello."));
    assertEquals(1, worker.references(SPEAKERS));
    end("keeps");
    assertFalse(isLoaded(SPEAKERS));
  }

  @Test
  void theDefaultVoiceStays() throws Exception {
    assertTrue(unload(TINY).getSuccess());
    assertTrue(isLoaded(TINY));
    worker.session("still", "", Map.of());
    assertTrue(worker.say("still", "Hello.").length > 1920);
  }

  @Test
  void preloadingHoldsNoReference() {
    assertTrue(load(SPEAKERS, true).getSuccess());
    assertTrue(isLoaded(SPEAKERS));
    assertEquals(0, worker.references(SPEAKERS));
    assertEquals(List.of(TINY, SPEAKERS), residents());
  }

  private List<String> residents() {
    return worker.capabilities().getResidentModelsList();
  }

  @Test
  void unknownModelsAreAnswered() {
    String installed = "Model not found: piper-xx; installed: " + MOCK + ", " + TINY;
    assertFalse(load("piper-xx", false).getSuccess());
    assertTrue(
        load("piper-xx", true).getMessage().startsWith("Failed to load model: " + installed));
    assertFalse(unload("../tiny").getSuccess());
    assertTrue(unload("piper-xx").getMessage().startsWith("Failed to unload model: " + installed));
  }

  @Test
  void leastRecentlyUsedVoiceMakesRoom() {
    assertTrue(load(SPEAKERS, true).getSuccess());
    worker.session("tone", "mock", Map.of());
    assertEquals(List.of(MOCK, TINY), residents());
    assertTrue(load(SPEAKERS, false).getSuccess());
    assertEquals(List.of(MOCK, TINY, SPEAKERS), residents());
    end("tone");
    assertEquals(List.of(TINY, SPEAKERS), residents());
  }

  @Test
  void brokenVoicesAreReportedAndDoNoHarm() throws Exception {
    worker.session("bystander", "", Map.of("max_lead_ms", "100"));
    SpokenCall bystander = worker.call();
    bystander.sendFinal("bystander", "Good morning. Hello.");
    byte[] model = Files.readAllBytes(voice("tiny").resolve("tiny.onnx"));
    byte[] json = Files.readAllBytes(voice("tiny").resolve("tiny.onnx.json"));
    write("truncated", "v.onnx", Arrays.copyOf(model, model.length / 2));
    write("truncated", "v.onnx.json", json);
    write("two", "a.onnx", model);
    write("two", "b.onnx", model);
    write("two", "a.onnx.json", json);
    write("invalid", "v.onnx", model);
    write("invalid", "v.onnx.json", "{".getBytes(StandardCharsets.UTF_8));
    write("lonely", "v.onnx", model);
    write("empty", "v.onnx", new byte[0]);
    write("empty", "v.onnx.json", json);
    assertTrue(reload().contains("models installed: "));
    assertRefused("piper-truncated", "truncated");
    assertRefused("piper-two", "a.onnx");
    assertRefused("piper-invalid", "v.onnx.json");
    assertRefused("piper-lonely", "v.onnx.json");
    assertRefused("piper-empty", "v.onnx");
    String state = worker.model("piper-truncated").getMetadataOrThrow("state");
    assertTrue(state.startsWith("failed: truncated/v.onnx"), state);
    assertEquals(Readiness.State.SERVING, worker.worker.readiness().status().state());
    assertTrue(bystander.audio().length > 1920);
  }

  private void write(String name, String file, byte[] content) throws IOException {
    Files.createDirectories(voice(name));
    Files.write(voice(name).resolve(file), content);
  }

  private void assertRefused(String id, String told) {
    String loaded = load(id, false).getMessage();
    assertTrue(loaded.startsWith("Failed to load model: "), loaded);
    assertTrue(loaded.contains(told), loaded);
    assertTrue(loaded.length() < 1000, loaded);
    assertFalse(loaded.contains(folder.toString()), loaded);
    var started =
        worker
            .stub()
            .startSession(
                StartSessionRequest.newBuilder().setSessionId("broken").setModelId(id).build());
    assertFalse(started.getSuccess());
    assertTrue(started.getMessage().contains(told), started.getMessage());
  }

  @Test
  void reloadTakesWhatHasChanged() throws Exception {
    worker.session("old", "", Map.of("seed", "3"));
    byte[] before = worker.say("old", "Hello.");
    assertTrue(load(SPEAKERS, false).getSuccess());
    Path config = voice("tiny").resolve("tiny.onnx.json");
    Files.writeString(
        config, Files.readString(config).replace("\"length_scale\": 1,", "\"length_scale\": 2,"));
    TestWorker.deleteFolder(voice("tiny-speakers"));
    Files.createDirectories(voice("new"));
    Files.copy(voice("tiny").resolve("tiny.onnx"), voice("new").resolve("new.onnx"));
    Files.copy(config, voice("new").resolve("new.onnx.json"));
    String told = reload();
    assertTrue(told.contains("reloaded: piper-tiny;"), told);
    assertTrue(told.contains("no longer installed: " + SPEAKERS), told);
    assertArrayEquals(before, worker.say("old", "Hello."));
    worker.session("new", "", Map.of("seed", "3"));
    assertTrue(worker.say("new", "Hello.").length > before.length);
    worker.session("newest", "piper-new", Map.of());
    assertFalse(load(SPEAKERS, false).getSuccess());
    assertTrue(
        reload().startsWith("Command RELOAD executed: models installed: 3; piper-tiny speaks"));
  }
}
