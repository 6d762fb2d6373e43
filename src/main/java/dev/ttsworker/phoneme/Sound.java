package dev.ttsworker.phoneme;

import java.util.ArrayList;
import java.util.List;

/// A phoneme of a sentence with its stress and length.
///
/// @param text in IPA
/// @param start code points of the sentence before it
/// @param end code points of the sentence up to its end
public record Sound(String text, int start, int end) {

  /// The sounds of a part of a sentence, in order, without gaps in a word.
  ///
  /// @param sentence as a [Phonemizer] gives it
  public static List<Sound> within(String sentence, int start, int end) {
    int[] codePoints = sentence.codePoints().toArray();
    SoundRow row = SoundRow.of(List.of(sentence));
    List<Sound> sounds = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      int from = row.start(i);
      int to = row.end(i);
      if (row.sound(i) != SoundRow.BREAK && from >= start && to <= end) {
        sounds.add(new Sound(new String(codePoints, from, to - from), from, to));
      }
    }
    return sounds;
  }
}
