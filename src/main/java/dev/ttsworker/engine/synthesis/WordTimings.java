package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTime;
import dev.ttsworker.engine.audio.SpeechPipeline;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.AlignedWord;
import java.util.List;

/// Word timings of a call, from those of its renderings.
final class WordTimings {
  private WordTimings() {}

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
