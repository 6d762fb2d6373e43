package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of capitals (semiotic class letter sequence): acronyms, `FBI`, `APIs`,
/// `U.S.A.`; initials, `J. R. R. Tolkien`; the letter A alone; and short words in capitals for
/// emphasis, which eSpeak NG would spell: `It was BIG`.
final class AcronymRule implements Rule {
  private static final BoundedPattern CAPITALS =
      BoundedPattern.of(
          "(?<letters>[A-Z]{2,6}+)(?<end>['’]?s|['’]S)?+(?![\\p{L}\\p{N}_]|['’]\\p{L})");
  private static final BoundedPattern DOTTED =
      BoundedPattern.of(
          "(?<letters>[A-Z](?:\\.[A-Z](?!\\p{Ll})){1,7}+)(?<stop>\\.)?+(?<end>['’]?s)?+"
              + "(?:(?![\\p{L}\\p{N}_])|(?<=\\.)(?=\\p{Lu}\\p{Ll}))");
  private static final BoundedPattern SMALL_DOTTED =
      BoundedPattern.of(
          "(?<letters>\\p{Ll}(?:\\.\\p{Ll}){1,4}+)(?<stop>\\.)(?<end>['’]s)?+(?![\\p{L}\\p{N}_])");
  private static final BoundedPattern INITIALS =
      BoundedPattern.of("(?<letters>[A-Z](?:\\.[ \u00a0]?[A-Z]){1,5})\\.(?=,?[ \u00a0]\\p{Ll})");
  private static final BoundedPattern INITIAL =
      BoundedPattern.of(
          "(?<letter>[A-HJ-Z]|I(?=\\. ?[A-Z]\\.))\\.(?= ?(?:[A-Z]\\. ?){0,5}+\\p{Lu}[\\p{L}'’-]|[ \u00a0]\\p{Ll}{2})");
  private static final BoundedPattern PRONOUN =
      BoundedPattern.of("I(?<end>['’](?:M|LL|VE|D))(?![\\p{L}\\p{N}_])");

  /// eSpeak NG spells up to this many capitals among words in small letters.
  private static final int LONGEST_SPELLED = 3;

  private static final Set<String> BEFORE_INITIALS =
      Set.of(
          "by",
          "with",
          "and",
          "from",
          "for",
          "to",
          "of",
          "as",
          "like",
          "author",
          "see",
          "met",
          "is",
          "was",
          "says",
          "said",
          "president",
          "director");

  private static final Set<String> VERBS =
      Set.of(
          ("is was did do does has had have can could will would should may might knows said says"
                  + " told made took gave wants needs else")
              .split(" ", -1));

  private static final Set<String> ARTICLES = Set.of("THE", "A", "AN", "the", "The", "IN");

  private final Letters letters;
  private final LetterRule lone = new LetterRule();

  AcronymRule(English english) {
    this.letters = english.letters();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char first = text.peek(at);
    if (!Character.isLetter(first) || !text.isWordStart(at)) {
      return Optional.empty();
    }
    if (!Character.isUpperCase(first)) {
      return text.peek(at + 1) == '.'
          ? SMALL_DOTTED.at(text, at).map(m -> dotted(text, m))
          : Optional.empty();
    }
    return DOTTED
        .at(text, at)
        .map(m -> dotted(text, m))
        .or(() -> initials(text, at))
        .or(() -> lone.read(text, at))
        .or(() -> CAPITALS.at(text, at).flatMap(m -> capitals(text, m)))
        .or(() ->
            PRONOUN
                .at(text, at)
                .map(
                    m -> Verbalization.of(m.end(), "I" + m.group("end").toLowerCase(Locale.ROOT))));
  }

  private static Optional<Verbalization> initials(Cursor text, int at) {
    return INITIALS
        .at(text, at)
        .map(m -> Verbalization.of(m.end(), Letters.spell(m.group("letters"))))
        .or(() ->
            INITIAL
                .at(text, at)
                .filter(_ -> isName(text, at))
                .map(m ->
                    Verbalization.of(
                        m.end(), Letters.withoutArticle(m.group("letter"), text, m.end()))));
  }

  /// Whether a name, or nothing, comes before the initial.
  private static boolean isName(Cursor text, int at) {
    String before = text.wordBefore(at);
    boolean listed = before.length() > 1 && Character.isLowerCase(before.charAt(0));
    return !listed || BEFORE_INITIALS.contains(before);
  }

  private static Verbalization dotted(Cursor text, MatchResult match) {
    boolean stop =
        match.group("stop") != null
            && match.group("end") == null
            && text.isLastWordEnd(match.end());
    String end = match.group("end") == null ? "" : "'s";
    return Verbalization.of(
        match.end(), Letters.spell(match.group("letters")) + end + (stop ? "." : ""));
  }

  private Optional<Verbalization> capitals(Cursor text, MatchResult match) {
    String capitals = match.group("letters");
    String end = match.group("end") == null ? "" : "'s";
    String before = text.wordBefore(match.start());
    boolean after = isShouted(text.wordAfter(match.end())) && !capitals.equals("US");
    boolean shouted = (isShouted(before) || after) && !ARTICLES.contains(before);
    if (match.group().endsWith("S") && letters.isContracted(capitals)) {
      return Optional.of(small(match, capitals, end));
    }
    if (capitals.equals("WHO") && !ARTICLES.contains(before) && isQuestion(text, match.end())) {
      return Optional.of(
          Verbalization.of(match.end(), (text.isLineStart(match.start()) ? "Who" : "who") + end));
    }
    if (letters.isSpelled(capitals, shouted)) {
      return Optional.of(Verbalization.of(match.end(), Letters.spell(capitals) + end));
    }
    boolean word = capitals.length() <= LONGEST_SPELLED && !letters.isKept(capitals);
    return word && !text.isInCapitals()
        ? Optional.of(small(match, capitals, end))
        : Optional.empty();
  }

  /// Whether it is a question whose verb follows.
  private static boolean isQuestion(Cursor text, int end) {
    String verb = text.wordAfter(end);
    boolean question = text.endsWith('?');
    return verb.equals("are") || verb.equals("am") || (question && VERBS.contains(verb));
  }

  private static Verbalization small(MatchResult match, String capitals, String end) {
    return Verbalization.of(match.end(), capitals.toLowerCase(Locale.ROOT) + end);
  }

  private boolean isShouted(String word) {
    return word.length() > 1
        && word.chars().allMatch(Character::isUpperCase)
        && !letters.isSpelled(word, true);
  }
}
