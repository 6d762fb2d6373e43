package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Buffer of parsed markup. Words within an element with an override are collected until it ends.
/// Not thread-safe.
final class EventBuffer {
  /// Most characters of text with one override.
  private static final int LONGEST_OVERRIDDEN = 300;

  private List<MarkupPart> parts = new ArrayList<>();
  private final List<Words> overridden = new ArrayList<>();
  private @Nullable PronunciationOverride override;
  private long overrideStart;
  private int overriddenLength;
  private boolean emphasised;

  /// Sets whether words that follow are emphasised.
  void emphasise(boolean now) {
    emphasised = now;
  }

  boolean isEmphasised() {
    return emphasised;
  }

  /// Begins an override: all words from here on are one span.
  ///
  /// @param start offset of its tag
  void beginOverride(PronunciationOverride how, long start) {
    override = how;
    overrideStart = start;
    overriddenLength = 0;
  }

  boolean isInOverride() {
    return override != null;
  }

  /// Ends the override.
  ///
  /// @param end offset just past its end tag
  void endOverride(long end) {
    PronunciationOverride how = override;
    if (how == null) {
      return;
    }
    override = null;
    StringBuilder text = new StringBuilder();
    overridden.forEach(words -> text.append(words.text()));
    overridden.clear();
    if (Speakable.isBlank(text.toString())) {
      addWithoutText(how, end);
    } else {
      parts.add(new Words(text.toString(), overrideStart, end, Optional.of(how)));
    }
  }

  /// Adds the override of an element without text.
  private void addWithoutText(PronunciationOverride how, long end) {
    switch (how) {
      case PronunciationOverride.Alias(String words) when !Speakable.isBlank(words) ->
          parts.add(new Words(words, overrideStart, end, Optional.of(how)));
      case PronunciationOverride.Ipa ipa -> parts.add(standIn(ipa.phonemes(), overrideStart, end));
      case PronunciationOverride.Alias _, PronunciationOverride.InterpretAs _ -> {}
    }
  }

  /// Phonemes without text: a word that every language can pronounce stands for them.
  static Words standIn(String phonemes, long start, long end) {
    return new Words(
        "la", start, end, Optional.of(new PronunciationOverride.Ipa(phonemes, phonemes)));
  }

  /// Adds text.
  ///
  /// @return false when it exceeds the limit of one override, which is dropped then
  boolean addText(String text, long start, long end) {
    Optional<PronunciationOverride> own =
        emphasised ? Optional.of(PronunciationOverride.InterpretAs.EMPHASISED) : Optional.empty();
    Words words = new Words(text, start, end, own);
    if (override == null) {
      parts.add(words);
      return true;
    }
    overridden.add(words);
    overriddenLength += text.length();
    if (overriddenLength <= LONGEST_OVERRIDDEN) {
      return true;
    }
    override = null;
    parts.addAll(overridden);
    overridden.clear();
    return false;
  }

  /// Adds anything else; ignored within an override.
  void add(MarkupPart part) {
    if (override == null) {
      parts.add(part);
    }
  }

  List<MarkupPart> drain() {
    List<MarkupPart> taken = parts;
    parts = new ArrayList<>();
    return taken;
  }
}
