package dev.ttsworker.engine.g2p.english;

import java.util.Optional;
import java.util.function.Predicate;

/// Regular inflections: the stem of a word with -s, -ed or -ing, and the sound of the ending.
/// Stateless.
enum Inflections {
  S,
  ED,
  ING;

  private static final String VOICELESS_BEFORE_S = "ptkfθ";
  private static final String SIBILANTS = "szʃʒʧʤ";
  private static final String VOICELESS_BEFORE_ED = "pkfθʃsʧ";

  /// Sounds after which an American t before a vowel is a flap.
  private static final String BEFORE_FLAP = "AIOWYiuæɑəɛɪɹʊʌ";

  /// The stem of a word, of those that are known; empty when it has no such ending.
  ///
  /// @param known whether there is a pronunciation
  Optional<String> stem(String word, Predicate<String> known) {
    return switch (this) {
      case S -> stemOfS(word, known);
      case ED -> stemOfEd(word, known);
      case ING -> stemOfIng(word, known);
    };
  }

  private static Optional<String> cut(
      String word, int letters, String added, Predicate<String> known) {
    String stem = word.substring(0, word.length() - letters) + added;
    return known.test(stem) ? Optional.of(stem) : Optional.empty();
  }

  private static Optional<String> stemOfS(String word, Predicate<String> known) {
    if (word.length() < 3 || !word.endsWith("s")) {
      return Optional.empty();
    }
    boolean es = word.length() > 4 && word.endsWith("es") && !word.endsWith("ies");
    Optional<String> plain = word.endsWith("ss") ? Optional.empty() : cut(word, 1, "", known);
    return plain
        .or(() -> word.endsWith("'s") || es ? cut(word, 2, "", known) : Optional.empty())
        .or(() ->
            word.length() > 4 && word.endsWith("ies")
                ? cut(word, 3, "y", known)
                : Optional.empty());
  }

  private static Optional<String> stemOfEd(String word, Predicate<String> known) {
    if (word.length() < 4 || !word.endsWith("d")) {
      return Optional.empty();
    }
    Optional<String> plain = word.endsWith("dd") ? Optional.empty() : cut(word, 1, "", known);
    return plain
        .or(() ->
            word.length() > 4 && word.endsWith("ed") && !word.endsWith("eed")
                ? cut(word, 2, "", known)
                : Optional.empty())
        .or(() -> doubled(word, 2) ? cut(word, 3, "", known) : Optional.empty())
        .or(() ->
            word.length() > 4 && word.endsWith("ied")
                ? cut(word, 3, "y", known)
                : Optional.empty());
  }

  private static Optional<String> stemOfIng(String word, Predicate<String> known) {
    if (word.length() < 5 || !word.endsWith("ing")) {
      return Optional.empty();
    }
    Optional<String> plain = word.length() > 5 ? cut(word, 3, "", known) : Optional.empty();
    return plain
        .or(() -> cut(word, 3, "e", known))
        .or(() ->
            word.length() > 5 && (doubled(word, 3) || word.endsWith("cking"))
                ? cut(word, 4, "", known)
                : Optional.empty());
  }

  /// Whether the consonant before an ending is doubled, as in "stopped".
  private static boolean doubled(String word, int ending) {
    int at = word.length() - ending - 1;
    return at > 1
        && word.charAt(at) == word.charAt(at - 1)
        && "bcdgklmnprstvxz".indexOf(word.charAt(at)) >= 0
        && (ending == 3 || word.endsWith("ed"));
  }

  /// A stem's phonemes with the ending; empty when an accent has no rule for it.
  Optional<String> inflect(String stem, Accent accent) {
    if (stem.isEmpty()) {
      return Optional.empty();
    }
    boolean british = accent == Accent.BRITISH;
    char last = stem.charAt(stem.length() - 1);
    String reduced = british ? "ɪ" : "ᵻ";
    return switch (this) {
      case S ->
          Optional.of(
              stem
                  + (VOICELESS_BEFORE_S.indexOf(last) >= 0
                      ? "s"
                      : SIBILANTS.indexOf(last) >= 0 ? reduced + "z" : "z"));
      case ED ->
          Optional.of(
              VOICELESS_BEFORE_ED.indexOf(last) >= 0
                  ? stem + "t"
                  : last == 'd'
                      ? stem + reduced + "d"
                      : last != 't' ? stem + "d" : flapped(stem, british) + reduced + "d");
      case ING ->
          british && (last == 'ə' || last == 'ː')
              ? Optional.empty()
              : Optional.of((last == 't' ? flapped(stem, british) : stem) + "ɪŋ");
    };
  }

  private static String flapped(String stem, boolean british) {
    int before = stem.length() - 2;
    return !british && before >= 0 && BEFORE_FLAP.indexOf(stem.charAt(before)) >= 0
        ? stem.substring(0, before + 1) + "ɾ"
        : stem;
  }
}
