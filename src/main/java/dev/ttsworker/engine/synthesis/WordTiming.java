package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.audio.SpeechPipeline;
import dev.ttsworker.engine.voice.AlignedWord;
import dev.ttsworker.engine.voice.SpokenWord;
import java.util.List;

/// When a word is heard, counted in samples of 48 kHz from the start of the call's audio.
///
/// @param text as it is said, without the punctuation around it; a lone mark is a word of its own
/// @param start samples before it
/// @param end samples up to its end; as `start` when it has no sound of its own
/// @param sourceStart offset in code points of its first character in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param contextEnd offset just past the word and the punctuation that touches it
/// @param exact whether this is what the voice does, rather than an estimate
/// @param phonemes its own, in order; none when nobody asked
/// @param unknownPhonemes symbols of its author's IPA that the voice leaves out
public record WordTiming(
    String text,
    long start,
    long end,
    long sourceStart,
    long sourceEnd,
    long contextEnd,
    boolean exact,
    List<PhonemeTime> phonemes,
    List<String> unknownPhonemes) {
  public WordTiming {
    phonemes = List.copyOf(phonemes);
    unknownPhonemes = List.copyOf(unknownPhonemes);
  }

  /// One without punctuation, of which the voice has all phonemes.
  public WordTiming(
      String text,
      long start,
      long end,
      long sourceStart,
      long sourceEnd,
      boolean exact,
      List<PhonemeTime> phonemes) {
    this(text, start, end, sourceStart, sourceEnd, sourceEnd, exact, phonemes, List.of());
  }

  /// When a phoneme is heard, counted like words.
  ///
  /// @param text in IPA, with its stress and length
  public record PhonemeTime(String text, long start, long end) {}

  /// @param before samples of the voice before the word's rendering
  /// @param unknown symbols of its author's IPA that the voice leaves out
  static WordTiming of(AlignedWord word, long before, int sampleRateHz, List<String> unknown) {
    SpokenWord spoken = word.word();
    int lead = leadingMarks(spoken.text());
    int trail = trailingMarks(spoken.text(), lead);
    String text = spoken.text();
    // What is not said as it is written stands for its source as a whole.
    boolean literal =
        spoken.sourceEnd() - spoken.sourceStart() == text.codePointCount(0, text.length());
    return new WordTiming(
        text.substring(lead, text.length() - trail),
        output(before + word.start(), sampleRateHz),
        output(before + word.end(), sampleRateHz),
        spoken.sourceStart() + (literal ? text.codePointCount(0, lead) : 0),
        spoken.sourceEnd()
            - (literal ? text.codePointCount(text.length() - trail, text.length()) : 0),
        spoken.contextEnd(),
        word.exact(),
        word.phonemes().stream()
            .map(phoneme ->
                new PhonemeTime(
                    phoneme.text(),
                    output(before + phoneme.start(), sampleRateHz),
                    output(before + phoneme.end(), sampleRateHz)))
            .toList(),
        unknown);
  }

  /// Chars of the punctuation in front of a word; 0 when it is nothing else.
  private static int leadingMarks(String text) {
    int at = 0;
    while (at < text.length() && ContextEnds.isMark(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at == text.length() ? 0 : at;
  }

  private static int trailingMarks(String text, int lead) {
    int end = text.length();
    while (end > lead && ContextEnds.isMark(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return end == lead ? 0 : text.length() - end;
  }

  /// The pipeline's output lies at the time of its input.
  private static long output(long samples, int sampleRateHz) {
    return samples * SpeechPipeline.OUTPUT_RATE_HZ / sampleRateHz;
  }
}
