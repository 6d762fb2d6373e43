package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.SpeakerShare;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpeakerOptionTest {
  private static final VoiceDescription BLENDING = voice(true);

  private static VoiceDescription voice(boolean blends) {
    return new VoiceDescription(
        "v",
        "kokoro",
        24_000,
        List.of("en-US", "en-GB"),
        Map.of("anna", 0, "berta", 1, "chiyo", 2),
        3,
        VoiceDescription.Input.SENTENCE,
        "cpu",
        false,
        Map.of(1, List.of("en-GB"), 2, List.of()),
        blends);
  }

  private static SpeakerOption read(String value) {
    return SpeakerOption.read(Optional.of(value), BLENDING);
  }

  @Test
  void namesAndNumbers() {
    assertEquals(OptionalInt.of(1), read("berta").number());
    assertEquals(OptionalInt.of(1), read("1").number());
    assertEquals(OptionalInt.empty(), SpeakerOption.read(Optional.empty(), BLENDING).number());
    assertEquals(List.of(), read("berta").blend());
  }

  @Test
  void weightsAreNormalised() {
    SpeakerOption blend = read("berta:3 + anna:1");
    assertEquals(OptionalInt.of(1), blend.number());
    assertEquals(List.of(new SpeakerShare(1, 0.75), new SpeakerShare(0, 0.25)), blend.blend());
    assertEquals(0.5, read("anna+berta").blend().getFirst().weight());
    assertEquals(List.of(), read("anna:0.3").blend());
    assertEquals(OptionalInt.of(0), read("anna:0.3").number());
    assertEquals(2, read("anna:0.7+chiyo:0.3").blend().getLast().speaker());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doris | allowed: 0 to 2 or one of anna, berta; or one to 8 names as NAME:WEIGHT",
        "3 | allowed: 0 to 2 or one of anna, berta",
        "-1 | allowed: 0 to 2",
        "٠ | allowed: 0 to 2",
        "anna:0+berta | allowed: weights 0.001 to 1000, not \"0\"",
        "anna:1001+berta | weights 0.001 to 1000",
        "anna:-1+berta | not \"-1\"",
        "anna:1e3+berta | not \"1e3\"",
        "anna:+berta | not \"\"",
        "anna:0.5:2+berta | not \"0.5:2\"",
        "anna+ | allowed: names of anna, berta; \"\" is none",
        "anna+doris:1 | \"doris\" is none",
        "anna+anna | allowed: each name once, not \"anna\" again",
        "chiyo | allowed: a speaker whose language can be read: anna, berta",
        "2 | allowed: a speaker whose language can be read: anna, berta",
        "chiyo+anna | whose first speaker, which gives the language, is one of anna, berta",
      })
  void errorsNameValueAndWhatIsAllowed(String value, String expected) {
    WorkerException thrown = assertThrows(WorkerException.class, () -> read(value));
    assertEquals(ErrorCode.INVALID_FIELD, thrown.code());
    String start = "options.speaker is \"" + value + "\"; allowed: ";
    assertTrue(thrown.getMessage().startsWith(start), thrown.getMessage());
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
  }

  @Test
  void blendsAreOfVoicesThatCan() {
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () -> SpeakerOption.read(Optional.of("anna+berta"), voice(false)));
    assertEquals(
        "options.speaker is \"anna+berta\"; allowed: 0 to 2 or one of anna, berta",
        thrown.getMessage());
  }
}
