package dev.ttsworker.grpc.riva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import org.junit.jupiter.api.Test;

final class CustomDictionaryTest {
  @Test
  void pairsBecomeEntriesOfALexicon() {
    assertEquals("GIF=/dʒɪf/\nSQL=/ˈsiːkwəl/", CustomDictionary.lexicon("GIF  dʒɪf,SQL  ˈsiːkwəl"));
    assertEquals("a=/b/\nc d=/ɛ/", CustomDictionary.lexicon(" a   b \n\nc d  ɛ,"));
    assertEquals("", CustomDictionary.lexicon(""));
  }

  @Test
  void entriesWithoutTwoBlanksAreLeftOut() {
    assertEquals("b=/b/", CustomDictionary.lexicon("a b,b  b,c"));
  }

  @Test
  void whatIsNoPronunciationIsRefused() {
    WorkerException refused =
        assertThrows(WorkerException.class, () -> CustomDictionary.lexicon("GIF  1234"));
    assertEquals(ErrorCode.INVALID_FIELD, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).startsWith("custom_dictionary has"));
  }
}
