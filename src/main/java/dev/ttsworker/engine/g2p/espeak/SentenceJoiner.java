package dev.ttsworker.engine.g2p.espeak;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Joins eSpeak's clauses into the sentences that Piper voices were trained on: without language
/// flags, with punctuation, decomposed (NFD). Not thread-safe; one for each text.
final class SentenceJoiner {
  /// `(en)` before and `(de)` after a word that eSpeak pronounces in another language.
  private static final Pattern LANGUAGE_FLAG = Pattern.compile("\\([^()]++\\)");

  private static final int CLAUSE_BITS = 0xFFFFF;
  private static final int SENTENCE_END = 0x80000;
  private static final int CLAUSE_END = 0x40000;

  /// End of eSpeak's input, which also has the sentence bit; where a text was split for length, it
  /// is no sentence end.
  private static final int TEXT_END = 0x10000;

  /// Set on punctuation after which a script needs no blank: ellipses, `¿` and `¡`, full-width
  /// marks.
  private static final int OPTIONAL_SPACE_AFTER = 0x8000;

  private final List<String> sentences = new ArrayList<>();
  private final StringBuilder sentence = new StringBuilder();

  void add(EspeakLibrary.Clause clause) {
    String spoken = LANGUAGE_FLAG.matcher(clause.phonemes()).replaceAll("");
    String punctuated = spoken + punctuation(clause.terminator() & CLAUSE_BITS);
    sentence.append(Normalizer.normalize(punctuated, Normalizer.Form.NFD));
    if ((clause.terminator() & (SENTENCE_END | TEXT_END)) == SENTENCE_END) {
      endSentence();
    }
  }

  /// Adds a word boundary at which the text was split for length only.
  void addBlank() {
    if (!sentence.isEmpty() && sentence.charAt(sentence.length() - 1) != ' ') {
      sentence.append(' ');
    }
  }

  /// All sentences, including an unterminated last one. Call once.
  List<String> finish() {
    endSentence();
    return List.copyOf(sentences);
  }

  private void endSentence() {
    if (!sentence.isEmpty()) {
      sentences.add(sentence.toString());
      sentence.setLength(0);
    }
  }

  /// Terminators as `CLAUSE_*` in eSpeak NG's translate.h; others, such as the end of the text or
  /// of a paragraph, are not in the training data. Clauses with an unknown terminator are separated
  /// by a blank.
  private static String punctuation(int terminator) {
    return switch (terminator & ~OPTIONAL_SPACE_AFTER) {
      case 0x80028 -> ".";
      case 0x82028 -> "?";
      case 0x8302D -> "!";
      case 0x41014 -> ", ";
      case 0x4001E -> ": ";
      case 0x4101E -> "; ";
      default -> (terminator & CLAUSE_END) != 0 ? " " : "";
    };
  }
}
