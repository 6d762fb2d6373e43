package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gathers parts. Words may be gathered apart until it is known how they are said as a whole. Not
/// thread-safe.
final class EventBuffer {
  /// Text that is said as a whole is shorter, in characters.
  private static final int LONGEST_WHOLE = 300;

  private List<MarkupPart> parts = new ArrayList<>();
  private final List<Words> whole = new ArrayList<>();
  private @Nullable PronunciationOverride saying;
  private long wholeStart;
  private int wholeLength;
  private boolean emphasised;

  /// Whether words come one by one with the emphasis of their own.
  void emphasise(boolean now) {
    emphasised = now;
  }

  boolean isEmphasised() {
    return emphasised;
  }

  /// From here on all words are said as one.
  ///
  /// @param start offset of the mark that says so
  void beginWhole(PronunciationOverride how, long start) {
    saying = how;
    wholeStart = start;
    wholeLength = 0;
  }

  boolean isInWhole() {
    return saying != null;
  }

  /// Ends it.
  ///
  /// @param end offset just past the mark that does
  void endWhole(long end) {
    PronunciationOverride how = saying;
    if (how == null) {
      return;
    }
    saying = null;
    StringBuilder text = new StringBuilder();
    whole.forEach(words -> text.append(words.text()));
    whole.clear();
    if (Speakable.isBlank(text.toString())) {
      nothingWritten(how, end);
    } else {
      parts.add(new Words(text.toString(), wholeStart, end, Optional.of(how)));
    }
  }

  /// An element without text still says something.
  private void nothingWritten(PronunciationOverride how, long end) {
    switch (how) {
      case PronunciationOverride.Alias(String words) when !Speakable.isBlank(words) ->
          parts.add(new Words(words, wholeStart, end, Optional.of(how)));
      case PronunciationOverride.Ipa ipa -> parts.add(standIn(ipa.phonemes(), wholeStart, end));
      case PronunciationOverride.Alias _, PronunciationOverride.Way _ -> {}
    }
  }

  /// Phonemes for which nothing is written: a word that every language can say stands for them.
  static Words standIn(String phonemes, long start, long end) {
    return new Words(
        "la", start, end, Optional.of(new PronunciationOverride.Ipa(phonemes, phonemes)));
  }

  /// Adds text.
  ///
  /// @return false when it is too much to be said as a whole, and is said as any other text
  boolean words(String text, long start, long end) {
    Optional<PronunciationOverride> own =
        emphasised ? Optional.of(PronunciationOverride.Way.EMPHASISED) : Optional.empty();
    Words words = new Words(text, start, end, own);
    if (saying == null) {
      parts.add(words);
      return true;
    }
    whole.add(words);
    wholeLength += text.length();
    if (wholeLength <= LONGEST_WHOLE) {
      return true;
    }
    saying = null;
    parts.addAll(whole);
    whole.clear();
    return false;
  }

  /// Adds anything else; between words that are said as one there is nothing else.
  void add(MarkupPart part) {
    if (saying == null) {
      parts.add(part);
    }
  }

  List<MarkupPart> take() {
    List<MarkupPart> taken = parts;
    parts = new ArrayList<>();
    return taken;
  }
}
