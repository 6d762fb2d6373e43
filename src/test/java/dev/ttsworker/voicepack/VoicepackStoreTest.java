package dev.ttsworker.voicepack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VoicepackStoreTest {
  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void createRoot() throws Exception {
    root = Files.createDirectory(temporary.resolve("voicepacks"));
  }

  @Test
  void listsVoicesByIdWithWhatTheyAre() throws Exception {
    Voices.add(root, "piper", "Zoe");
    Path joe = Voices.add(root, "piper", "joe");
    Voices.write(
        joe.resolve("metadata.yaml"), "licence: CC0\nlanguage: no\ntags: [calm, {a: b}]\n");
    Voices.write(root.resolve("sesame/csm/metadata.yaml"), "languages: [en]");
    Scan scan = scan();
    assertEquals(List.of("mock-440hz", "piper-joe", "piper-zoe", "sesame-csm"), scan.modelIds());
    assertEquals(List.of("en"), scan.voicepacks().getFirst().languages());
    Voicepack found = scan.voicepacks().get(1);
    assertEquals(List.of("no"), found.languages());
    assertEquals("CC0", found.metadata().get("license"));
    assertEquals("calm", found.metadata().get("tags"));
    assertEquals("22050", found.metadata().get("sample_rate"));
    assertEquals("2", found.metadata().get("speakers"));
    assertEquals(List.of("en-US", "en"), scan.voicepacks().get(2).languages());
    assertEquals("sesame", scan.voicepacks().get(3).family());
    assertProblem(
        scan, "voicepacks/piper/joe", "metadata.yaml, line 3: an item of tags is ignored");
    assertEquals(1, scan.problems().size(), scan.problems().toString());
  }

  @Test
  void oddMetadataIsTakenAsFarAsItGoes() throws Exception {
    Path joe = Voices.add(root, "piper", "joe");
    Voices.write(
        joe.resolve("metadata.yaml"), "quality: !own x\nlicence: CC0\nlicence: other\nnote: ~\n");
    Voices.write(Voices.add(root, "piper", "zoe").resolve("metadata.yaml"), "licence: [CC0\n");
    Scan scan = scan();
    assertEquals(List.of("mock-440hz", "piper-joe", "piper-zoe"), scan.modelIds());
    Voicepack found = scan.voicepacks().get(1);
    assertEquals("CC0", found.metadata().get("license"));
    assertEquals("low", found.metadata().get("quality"));
    assertFalse(found.metadata().containsKey("note"));
    assertProblem(scan, "voicepacks/piper/joe", "metadata.yaml, line 1: quality: tag !own");
    assertProblem(scan, "voicepacks/piper/joe", "metadata.yaml, line 3: licence: is given twice");
    assertProblem(scan, "voicepacks/piper/zoe", "metadata.yaml, line 2: is not valid YAML");
  }

  @Test
  void brokenFoldersAreProblemsWithTheirReason() throws Exception {
    Voices.write(Voices.add(root, "piper", "x").resolve("b.onnx"), Voices.MODEL);
    Files.delete(Voices.add(root, "piper", "no-model").resolve("v.onnx"));
    Files.delete(Voices.add(root, "piper", "no-config").resolve("v.onnx.json"));
    Voices.write(Voices.add(root, "piper", "bad-config").resolve("v.onnx.json"), "{");
    Voices.write(Voices.add(root, "piper", "empty").resolve("v.onnx"), "");
    Voices.write(
        Voices.add(root, "piper", "lfs").resolve("v.onnx"), "version https://git-lfs.github.com");
    Voices.add(root, "piper", "bad name");
    Voices.add(root, "piper", "line\n");
    Voices.add(root, "piper", "\u212aelvin");
    Voices.add(root, "piper", "Same");
    Voices.add(root, "piper", "same");
    Voices.add(root, "mock", "440hz");
    Voices.write(root.resolve("piper/loose.onnx"), Voices.MODEL);
    Scan scan = scan();
    assertEquals(List.of("mock-440hz", "piper-same"), scan.modelIds());
    assertProblem(
        scan, "voicepacks/piper/x", "two .onnx files: b.onnx, v.onnx; exactly one is allowed");
    assertProblem(scan, "voicepacks/piper/no-model", "no .onnx file; exactly one is needed");
    assertProblem(scan, "voicepacks/piper/no-config", "v.onnx has no v.onnx.json beside it");
    assertProblem(scan, "voicepacks/piper/bad-config", "not valid JSON at line 1");
    assertProblem(scan, "voicepacks/piper/empty", "v.onnx is empty");
    assertProblem(scan, "voicepacks/piper/lfs", "is a Git LFS pointer");
    assertProblem(scan, "voicepacks/piper/bad name", "the names of its folders give the id");
    assertProblem(scan, "voicepacks/piper/line", "give the id \"piper-line\\u000a\"");
    assertProblem(scan, "voicepacks/piper/\u212aelvin", "give the id \"piper-\\u212aelvin\"");
    assertProblem(scan, "voicepacks/piper/same", "another folder already has the id piper-same");
    assertProblem(scan, "voicepacks/mock/440hz", "kept for built-in voices");
    assertProblem(scan, "voicepacks/piper/loose.onnx", "lies outside a voice's folder");
  }

  @Test
  void linksAreFollowedToVoicesAndNothingElse() throws Exception {
    Path outside = Voices.add(temporary, "elsewhere", "voice");
    Files.createDirectories(root.resolve("piper"));
    Files.createSymbolicLink(root.resolve("piper/linked"), outside);
    Files.createSymbolicLink(root.resolve("piper/loop"), root);
    Files.createSymbolicLink(root.resolve("piper/gone"), temporary.resolve("nothing"));
    Path folder = Voices.add(root, "piper", "dangling");
    Files.delete(folder.resolve("v.onnx"));
    Files.createSymbolicLink(folder.resolve("v.onnx"), temporary.resolve("nothing"));
    Scan scan = scan();
    assertEquals(List.of("mock-440hz", "piper-linked"), scan.modelIds());
    assertProblem(scan, "voicepacks/piper/loop", "no .onnx file");
    assertProblem(scan, "voicepacks/piper/dangling", "a link to one that is gone");
    assertProblem(scan, "voicepacks/piper/gone", "is a link that leads nowhere");
  }

  @Test
  void missingAndEmptyRootsAreProblemsAndHiddenThingsAreNot() throws Exception {
    Voices.add(root, "piper", ".installing-joe");
    Voices.add(root, ".git", "voice");
    assertEquals(List.of("mock-440hz"), scan().modelIds());
    assertProblem(scan(), "voicepacks", "no voicepack found");
    Scan missing = new VoicepackStore(temporary.resolve("none")).scan();
    assertEquals(List.of("mock-440hz"), missing.modelIds());
    assertProblem(missing, "none", "no such folder");
  }

  @Test
  void fingerprintFollowsTheFiles() {
    Path folder = Voices.add(root, "piper", "joe");
    String before = scan().voicepacks().get(1).files().orElseThrow().fingerprint();
    assertEquals(before, scan().voicepacks().get(1).files().orElseThrow().fingerprint());
    Voices.write(folder.resolve("v.onnx"), "another model");
    assertNotEquals(before, scan().voicepacks().get(1).files().orElseThrow().fingerprint());
  }

  @Test
  void furtherFolderHasWhatTheRootLacks() throws Exception {
    Path own = Files.createDirectory(temporary.resolve("voices"));
    Voices.add(own, "piper", "zoe");
    Voices.add(own, "piper", "joe");
    VoicepackStore store = new VoicepackStore(root, own);
    assertEquals(List.of("mock-440hz", "piper-joe", "piper-zoe"), store.scan().modelIds());
    assertEquals(List.of(), store.scan().problems());
    Path joe = Voices.add(root, "piper", "joe");
    Voices.add(root, "piper", "ann");
    Voices.write(own.resolve("piper/bad/v.onnx"), Voices.MODEL);
    Scan scan = store.scan();
    assertEquals(List.of("mock-440hz", "piper-ann", "piper-joe", "piper-zoe"), scan.modelIds());
    assertTrue(scan.voicepacks().get(2).files().orElseThrow().model().startsWith(joe));
    assertProblem(scan, "voices/piper/bad", "has no v.onnx.json");
    assertEquals(1, scan.problems().size(), scan.problems().toString());
    assertEquals(joe, store.folder("piper-joe").orElseThrow());
    assertTrue(store.folder("piper-zoe").orElseThrow().startsWith(own));
  }

  @Test
  void furtherFolderIsNoReplacementForAMissingRoot() throws Exception {
    Path own = Files.createDirectory(temporary.resolve("voices"));
    Voices.add(own, "piper", "joe");
    Scan scan = new VoicepackStore(temporary.resolve("none"), own).scan();
    assertEquals(List.of("mock-440hz", "piper-joe"), scan.modelIds());
    assertProblem(scan, "none", "no such folder");
    Scan neither = new VoicepackStore(root, temporary.resolve("none")).scan();
    assertProblem(neither, "voicepacks", "no voicepack found");
    assertEquals(1, neither.problems().size(), neither.problems().toString());
    assertEquals(List.of(), new VoicepackStore(own, own).scan().problems());
  }

  private Scan scan() {
    return new VoicepackStore(root).scan();
  }

  private static void assertProblem(Scan scan, String folder, String reason) {
    assertTrue(
        scan.problems().stream()
            .anyMatch(p -> p.folder().equals(folder) && p.reason().contains(reason)),
        () -> folder + ": " + reason + " is not among " + scan.problems());
  }
}
