package dev.ttsworker.engine;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.config.TextSettings;

/// Text analysis options: how text is analysed before it is spoken.
///
/// @param normalized whether numbers, signs and abbreviations are verbalized
/// @param emojiSaid whether emoji are called by their names when it is
/// @param markup whether SSML tags and IPA in the text are markup; else they are text
/// @param lexicon pronunciation overrides of words
/// @param pauses that are added between segments and inside of them
public record TextOptions(
    boolean normalized, boolean emojiSaid, boolean markup, Lexicon lexicon, PauseSettings pauses) {
  /// Nothing is verbalized, nothing is markup.
  public static final TextOptions AS_WRITTEN = new TextOptions(false, false, false, Lexicon.EMPTY);

  /// One that adds no pauses.
  public TextOptions(boolean normalized, boolean emojiSaid, boolean markup, Lexicon lexicon) {
    this(normalized, emojiSaid, markup, lexicon, PauseSettings.NONE);
  }

  /// As configured.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION` when the lexicon is not
  ///   there or has faults
  public static TextOptions of(TextSettings settings) {
    return new TextOptions(
        settings.normalize(),
        settings.sayEmoji(),
        settings.markup(),
        settings.lexiconFile().map(LexiconReader::file).orElse(Lexicon.EMPTY),
        settings.pauses());
  }

  /// The same with a lexicon that comes before its own.
  public TextOptions under(Lexicon first) {
    return new TextOptions(normalized, emojiSaid, markup, first.over(lexicon), pauses);
  }
}
