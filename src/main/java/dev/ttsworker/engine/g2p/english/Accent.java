package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Arrays;
import java.util.Locale;

/// Accent of the front end: General American, or Southern British.
enum Accent {
  AMERICAN("en-us"),
  BRITISH("en-gb");

  private final String variety;

  Accent(String variety) {
    this.variety = variety;
  }

  /// Its name as a variety of the front end.
  String variety() {
    return variety;
  }

  /// @param variety `en-us` or `en-gb`, in either case
  /// @throws WorkerException `INVALID_VOICEPACK` for any other
  static Accent of(String variety) {
    return Arrays.stream(values())
        .filter(accent -> accent.variety.equals(variety.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new WorkerException(
                ErrorCode.INVALID_VOICEPACK,
                "The English front end has no variety '%s'; allowed: en-us, en-gb"
                    .formatted(variety)));
  }
}
