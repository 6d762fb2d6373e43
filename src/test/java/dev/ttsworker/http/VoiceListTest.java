package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import org.junit.jupiter.api.Test;

final class VoiceListTest {
  /// It is not the caller's fault, and paths are for the log.
  @Test
  void catalogueThatCannotBeReadIsAFaultOfTheWorker() {
    VoiceList list =
        new VoiceList(() -> {
          throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, "/some/place, line 1");
        });
    WorkerException thrown = assertThrows(WorkerException.class, list::now);
    assertEquals(ErrorCode.INTERNAL, thrown.code());
    assertFalse(String.valueOf(thrown.getMessage()).contains("/some/place"));
  }
}
