package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.catalogue.CollectionVoice;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CollectionRefreshTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

  @TempDir Path root;
  private FakeCollection mirror;

  @BeforeEach
  void start() throws IOException {
    mirror = FakeCollection.open().add("en_GB-cori-medium").add("de_DE-kerstin-low");
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void isUsedInsteadOfTheBuiltInIndex() throws Exception {
    assertEquals(176, PiperCollection.find(root).voices().size());
    PiperCollection fresh = refresh();
    PiperCollection found = PiperCollection.find(root);
    assertEquals(List.of("de_DE-kerstin-low", "en_GB-cori-medium"), keys(fresh));
    assertEquals(keys(fresh), keys(found));
    assertEquals(TODAY, found.asOf());
    assertEquals("voices.json of " + mirror.address(), found.origin());
    CollectionVoice cori = found.find("en_GB-cori-medium").orElseThrow();
    assertEquals(fresh.voices().get(1), cori);
    assertEquals(List.of("a", "b"), cori.speakerNames());
    assertEquals(cori, found.find("OLD-cori").orElseThrow());
    assertEquals(FakeCollection.MODEL_BYTES, cori.model().size());
    assertLeft();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"en/en_GB/cori/medium/MODEL_CARD\" | \"../../../.ssh/MODEL_CARD\" | files is ../../../.ssh",
        "\"en/en_GB/cori/medium/MODEL_CARD\" | \"/etc/MODEL_CARD\" | files is /etc/MODEL_CARD",
        "\"en/en_GB/cori/medium/MODEL_CARD\" | \"en/en_GB/cori/medium/../MODEL_CARD\" | files is en/en",
        "\"en/en_GB/cori/medium/MODEL_CARD\" | \"en/en_GB/cori/medium/run.sh\" | allowed: en/en_GB/cori",
        "\"en_GB-cori-medium\": | \"../../cori-medium\": | names such as en_GB-cori-medium",
        "\"en_GB-cori-medium\": | \"en_GB-../x-medium\": | names such as en_GB-cori-medium",
        "\"en_GB-cori-medium\": | \"en_GB-cori-best\": | names such as en_GB-cori-medium",
        "\"code\": \"en_GB\" | \"code\": \"en_US\" | the code of its language at its begin",
        "\"size_bytes\": 50000 | \"size_bytes\": 5000000000 | allowed: a whole number 1..2147483648",
        "\"size_bytes\": 50000 | \"size_bytes\": 0 | allowed: a whole number",
        "\"md5_digest\": \" | \"md5_digest\": \"XX | md5_digest",
        "\"num_speakers\": 2 | \"num_speakers\": -2 | num_speakers is -2",
        "\"num_speakers\": 2 | \"num_speakers\" | not valid JSON",
      })
  void strangeIndexIsRefusedAndTheOldOneStays(String part, String other, String reason)
      throws Exception {
    refresh();
    String index = FakeCollection.text(mirror.get("/voices.json"));
    String changed = index.replace(part, other);
    assertTrue(!changed.equals(index), part);
    mirror.put("/voices.json", FakeSources.bytes(changed));
    WorkerException refused = assertThrows(WorkerException.class, this::refresh);
    assertEquals(ErrorCode.INVALID_VOICEPACK, refused.code());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertEquals(2, PiperCollection.find(root).voices().size());
    assertLeft();
  }

  @Test
  void indexThatIsTooLargeOrMissingIsRefused() throws Exception {
    mirror.put("/voices.json", new byte[(8 << 20) + 1]);
    assertRefused(ErrorCode.INSTALL_FAILED, "announces 8388609 bytes");
    mirror.put("/voices.json", FakeSources.bytes(" ".repeat(5 << 20)));
    assertRefused(ErrorCode.INVALID_VOICEPACK, "larger than 4194304 bytes");
    mirror.put("/voices.json", FakeSources.bytes("{}"));
    assertRefused(ErrorCode.INVALID_VOICEPACK, "1..10000 voices");
    mirror.remove("/voices.json");
    assertRefused(ErrorCode.INSTALL_FAILED, "voices.json: HTTP status 404");
    assertEquals(176, PiperCollection.find(root).voices().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index\t1 | index\t2 | is no index of form 1 with voices; `voices refresh` writes one",
        "voice\tde_DE | voice\tde_AT | voice: de_AT-kerstin-low",
        "voice\t | folder\t | kind: folder; allowed: index, origin, as_of, language, voice",
        "as_of\t2026 | as_of\tlast | a day such as",
        "\t50000\t | \t5x\t | number: 5x; allowed: 1..2147483648",
        "\told-cori\t | \t../x\t | name: ../x",
      })
  void damagedIndexIsNamedWithItsLine(String part, String other, String reason) throws Exception {
    refresh();
    Path file = root.resolve(PiperCollection.FILE_NAME);
    Files.writeString(file, Files.readString(file).replace(part, other));
    WorkerException refused = assertThrows(WorkerException.class, () -> PiperCollection.find(root));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, refused.code());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(refused.getMessage().contains("piper-voices.tsv"), refused.getMessage());
  }

  private void assertRefused(ErrorCode code, String reason) {
    WorkerException refused = assertThrows(WorkerException.class, this::refresh);
    assertEquals(code, refused.code(), refused.getMessage());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  private PiperCollection refresh() {
    return new CollectionRefresh(root, mirror.address(), new WebFetcher(FakeSources.LIMITS))
        .refresh(TODAY, InstallProgress.none());
  }

  private static List<String> keys(PiperCollection collection) {
    return collection.voices().stream().map(CollectionVoice::key).toList();
  }

  private void assertLeft() throws IOException {
    try (Stream<Path> left = Files.list(root)) {
      assertEquals(
          List.of(".install.lock", PiperCollection.FILE_NAME),
          left.map(Folders::name).sorted().toList());
    }
  }
}
