package dev.ttsworker.voicepack.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The index that comes with the worker.
final class PiperCollectionTest {
  private static final URI ADDRESS = URI.create("https://mirror/v/");

  private final PiperCollection collection = PiperCollection.builtIn();

  @Test
  void hasTheStockVoices() {
    assertEquals(176, collection.voices().size());
    assertEquals(
        57, collection.voices().stream().map(voice -> voice.language().code()).distinct().count());
    Map<String, Long> qualities =
        collection.voices().stream()
            .collect(Collectors.groupingBy(CollectionVoice::quality, Collectors.counting()));
    assertEquals(Map.of("x_low", 14L, "low", 26L, "medium", 122L, "high", 14L), qualities);
    assertEquals(26, collection.voices().stream().filter(voice -> voice.speakers() > 1).count());
  }

  @Test
  void everyVoiceHasAnIdOfItsOwnAndCanBeInstalled() {
    Set<String> ids =
        collection.voices().stream().map(CollectionVoice::id).collect(Collectors.toSet());
    assertEquals(collection.voices().size(), ids.size());
    for (CollectionVoice voice : collection.voices()) {
      CatalogueVoice item = collection.inCatalogue(voice, ADDRESS);
      assertEquals("piper", item.format().family());
      assertEquals(3, item.fileNames().size());
      assertTrue(
          item.fileNames().stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+")),
          item.fileNames()::toString);
      assertTrue(item.entry().sizeBytes() > 10_000_000, voice::key);
      assertTrue(item.entry().languages().contains(voice.language().tag()));
    }
  }

  /// What needs no voice of the collection works, and what needs one says what to do.
  @Test
  void damagedIndexStopsOnlyWhatNeedsIt(@TempDir Path root) throws Exception {
    Files.writeString(root.resolve(PiperCollection.FILE_NAME), "garbage");
    Catalogue catalogue = Catalogue.find(root, Path.of("").toAbsolutePath(), ADDRESS);
    assertTrue(catalogue.find("hibari-en-us-heart").isPresent());
    assertTrue(catalogue.entries().size() > 3);
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> catalogue.find("en_GB-cori-medium"));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(PiperCollection.FILE_NAME + ", line 1"), message);
    assertTrue(message.endsWith("delete that file, or run: tts-worker voices refresh"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "en_GB-cori-medium, piper-en-gb-cori-medium",
    "en_gb-CORI-medium, piper-en-gb-cori-medium",
    "piper-en-gb-cori-medium, piper-en-gb-cori-medium",
    "en-gb-cori-medium, piper-en-gb-cori-medium",
    "pt_PT-tugão-medium, piper-pt-pt-tugao-medium",
    "ca-upc_ona-x-low, piper-ca-es-upc_ona-x_low",
    "ca_ES-upc_ona-x_low, piper-ca-es-upc_ona-x_low"
  })
  void findsByEveryName(String name, String id) {
    assertEquals(id, collection.find(name).orElseThrow().id());
  }

  @Test
  void knowsWhereTheFilesAre() {
    CatalogueVoice voice =
        collection.inCatalogue(collection.find("pt_PT-tugão-medium").orElseThrow(), ADDRESS);
    VoiceSource.Web source = (VoiceSource.Web) voice.parts().get(1).sources().getFirst();
    assertEquals(
        URI.create("https://mirror/v/pt/pt_PT/tug%C3%A3o/medium/pt_PT-tug%C3%A3o-medium.onnx"),
        source.address("pt_PT-tugao-medium.onnx"));
    assertEquals(
        URI.create("https://mirror/v/pt/pt_PT/tug%C3%A3o/medium/MODEL_CARD"),
        source.address("MODEL_CARD"));
  }

  @Test
  void notesAreOfVoicesThatThereAre() {
    Set<String> dataSets =
        collection.voices().stream().map(CollectionVoice::dataSet).collect(Collectors.toSet());
    Map<String, CollectionNotes.Note> notes = CollectionNotes.builtIn().all();
    assertTrue(dataSets.containsAll(notes.keySet()), notes.keySet()::toString);
    assertEquals(List.of("en_GB-cori", "en_US-ljspeech"), marked(notes, CommercialUse.YES));
    assertTrue(marked(notes, CommercialUse.NO).contains("en_US-ryan"));
    for (CollectionNotes.Note note : notes.values()) {
      assertTrue(
          !note.licence().contains("NC") || note.commercialUse() == CommercialUse.NO,
          note::toString);
    }
  }

  private static List<String> marked(
      Map<String, CollectionNotes.Note> notes, CommercialUse commercialUse) {
    return notes.entrySet().stream()
        .filter(entry -> entry.getValue().commercialUse() == commercialUse)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @Test
  void licenceIsWrittenWithTheVoice() {
    CatalogueEntry ryan = collection.entry(collection.find("en_US-ryan-high").orElseThrow());
    assertEquals("CC BY-NC-SA 4.0", ryan.licence());
    assertTrue(ryan.licenceNote().startsWith("Its licence forbids commercial use. "));
    CatalogueEntry other = collection.entry(collection.find("pl_PL-gosia-medium").orElseThrow());
    assertEquals("see its MODEL_CARD", other.licence());
    assertEquals(CommercialUse.UNKNOWN, other.commercialUse());
  }

  @Test
  void ownCatalogueWins() {
    Catalogue catalogue =
        Catalogue.read(Path.of("voicepacks/catalog.yaml")).with(collection, ADDRESS);
    for (String name : List.of("piper-en-us-joe-medium", "en_US-joe-medium")) {
      CatalogueVoice joe = catalogue.find(name).orElseThrow();
      assertEquals("piper-en-us-joe-medium", joe.id());
      assertTrue(joe.parts().getFirst().sources().size() > 1);
    }
    assertTrue(catalogue.contains("en_US-lessac-high"));
    assertTrue(catalogue.entries().stream().noneMatch(entry -> entry.id().contains("lessac")));
  }

  @Test
  void tableKeepsEverything() {
    Function<PiperCollection, List<CollectionVoice>> voices = PiperCollection::voices;
    String table = CollectionIndex.table(collection);
    List<TableLines.Line> lines =
        table
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> new TableLines.Line("t", 1, line))
            .toList();
    PiperCollection again = CollectionTable.parse(lines);
    assertEquals(voices.apply(collection), voices.apply(again));
    assertEquals(collection.asOf(), again.asOf());
    assertEquals(collection.origin(), again.origin());
  }

  @ParameterizedTest
  @CsvSource({
    "de, true",
    "de-DE, true",
    "de_de, true",
    "German, true",
    "Deutsch, true",
    "d, false",
    "de-AT, false"
  })
  void languageIsMeantByItsNames(String text, boolean meant) {
    CollectionLanguage german = collection.find("de_DE-thorsten-low").orElseThrow().language();
    assertEquals(meant, german.isMeantBy(text));
  }
}
