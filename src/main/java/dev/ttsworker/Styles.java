package dev.ttsworker;

import dev.ttsworker.config.TextSettings;
import dev.ttsworker.engine.synthesis.TextStyle;
import dev.ttsworker.engine.text.markup.Lexicon;
import dev.ttsworker.engine.text.markup.LexiconReader;
import dev.ttsworker.engine.text.markup.SegmentPauses;

/// How text is read where nobody says otherwise.
final class Styles {
  private Styles() {}

  /// As configured.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION` when the lexicon is not
  ///   there or has faults
  static TextStyle of(TextSettings settings) {
    return new TextStyle(
        settings.normalize(),
        settings.sayEmoji(),
        settings.markup(),
        settings.lexiconFile().map(LexiconReader::file).orElse(Lexicon.EMPTY),
        new SegmentPauses(
            settings.pauses().comma(),
            settings.pauses().clause(),
            settings.pauses().sentence(),
            settings.pauses().line(),
            settings.pauses().item(),
            settings.pauses().heading(),
            settings.pauses().paragraph()));
  }
}
