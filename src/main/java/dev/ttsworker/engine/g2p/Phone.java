package dev.ttsworker.engine.g2p;

import java.util.ArrayList;
import java.util.List;

/// Phone: a phoneme of a sentence with its stress and length.
///
/// @param text in IPA
/// @param start code points of the sentence before it
/// @param end code points of the sentence up to its end
public record Phone(String text, int start, int end) {

  /// The phones of a part of a sentence, in order, without gaps in a word.
  ///
  /// @param sentence as returned by a [Phonemizer]
  public static List<Phone> within(String sentence, int start, int end) {
    int[] codePoints = sentence.codePoints().toArray();
    PhoneSequence row = PhoneSequence.of(List.of(sentence));
    List<Phone> sounds = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      int from = row.start(i);
      int to = row.end(i);
      if (row.sound(i) != PhoneSequence.BREAK && from >= start && to <= end) {
        sounds.add(new Phone(new String(codePoints, from, to - from), from, to));
      }
    }
    return sounds;
  }
}
