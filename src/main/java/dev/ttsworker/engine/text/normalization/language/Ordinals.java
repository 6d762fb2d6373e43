package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Forms of ordinals by the words beside them: `am` asks for another ending than `der`, and `der`
/// before a feminine noun for another than before a masculine one. Immutable.
final class Ordinals {
  /// The rule set.
  static final String SET = "ordinal";

  /// Asked for by a word such as "ein": the form of the noun's gender.
  private static final String OF_NOUN = "noun";

  /// Asked for by a word that proves an ordinal only before a listed noun.
  private static final String OF_LISTED = "listed";

  private static final int LONGEST_CHAIN = 3;
  private static final int MOST_WORDS = 3;

  private final Language language;
  private final Map<String, Asked> words = new HashMap<>();
  private final Map<String, String> nouns = new HashMap<>();
  private final Map<String, String> nounEndings;
  private final Map<String, String> joints;
  private final Map<String, String> weekdays;

  /// @param form without a known gender
  /// @param genders forms of some genders, and of nouns that otherwise have another form
  private record Asked(String form, Map<String, String> genders) {
    static Asked of(LanguageData.Entry entry) {
      String[] parts = entry.value().split(" ", -1);
      Map<String, String> genders = new HashMap<>();
      for (int i = 1; i < parts.length; i++) {
        String[] pair = parts[i].split(":", -1);
        if (pair.length != 2) {
          throw entry.wrong("FORM, then GENDER:FORM");
        }
        genders.put(pair[0], pair[1]);
      }
      return new Asked(parts[0], genders);
    }
  }

  /// @param section what the words before ask for
  Ordinals(Language language, String section) {
    this.language = language;
    LanguageData data = language.data();
    data.section(section).forEach((word, entry) -> words.put(word, Asked.of(entry)));
    data.sectionsOf("ordinal nouns ")
        .forEach((form, listed) -> listed.keySet().forEach(noun -> nouns.put(noun, form)));
    this.nounEndings = data.values("ordinal noun endings");
    this.joints = data.values("ordinal joints");
    this.weekdays = data.values("weekdays before a date");
  }

  /// Whether the words before an index ask for a form.
  boolean isAsked(Cursor text, int at) {
    return asked(text, at, LONGEST_CHAIN).isPresent();
  }

  /// The form before a noun of a gender that the words before an index ask for.
  Optional<String> formBefore(Cursor text, int at, String gender) {
    return asked(text, at, LONGEST_CHAIN).map(asked -> form(asked, gender));
  }

  /// The form of an ordinal before a full stop, if it is one: by the noun after it, by the words
  /// before it, or by a noun after it that is listed.
  Optional<String> formOfDotted(Cursor text, int at, int end) {
    String next = Cursor.isBlank(text.peek(end)) ? text.wordAfter(end) : "";
    String noun = noun(text, end, next);
    Optional<Asked> asks = asked(text, at, LONGEST_CHAIN);
    Optional<String> fixed = ofNoun(noun.toLowerCase(Locale.ROOT));
    if (fixed.isPresent()) {
      return fixed.map(form -> asks.map(a -> a.genders().getOrDefault(form, form)).orElse(form));
    }
    Optional<String> listed = language.genders().ofListed(noun);
    boolean follows = !next.isEmpty() || text.peek(end) == ',';
    return asks.filter(asked -> !asked.form().equals(OF_LISTED) || listed.isPresent())
        .filter(asked -> !asked.form().equals(OF_NOUN) || language.genders().isNoun(noun))
        .filter(_ -> follows || text.isLastWordEnd(end))
        .map(asked -> form(asked, gender(noun)))
        .or(() -> listed.map(this::alone));
  }

  /// The form that a noun has an ordinal in, by its own form: "klasę".
  private Optional<String> ofNoun(String noun) {
    return Optional.ofNullable(nouns.get(noun))
        .or(() ->
            nounEndings.entrySet().stream()
                .filter(ending -> noun.endsWith(ending.getKey()))
                .map(Map.Entry::getValue)
                .findFirst());
  }

  private String gender(String noun) {
    return language.genders().isNoun(noun)
        ? language.genders().of(noun, true, GrammaticalCase.NONE).orElse("")
        : "";
  }

  /// The noun after an ordinal, also after an adjective or a second ordinal: "1. und 2. Klasse".
  private String noun(Cursor text, int end, String next) {
    String word = next;
    int at = end;
    for (int i = 0; i < MOST_WORDS && isBeforeNoun(word); i++) {
      at = text.afterBlanks(at) + word.length();
      at += text.peek(at) == '.' ? 1 : 0;
      String following = text.wordAfter(at);
      if (following.isEmpty()) {
        return word;
      }
      word = following;
    }
    return word;
  }

  private boolean isBeforeNoun(String word) {
    boolean number = !word.isEmpty() && word.chars().allMatch(Character::isDigit);
    boolean adjective = !nouns.containsKey(word) && language.genders().isAdjective(word);
    return number || adjective || joints.containsKey(word);
  }

  private String form(Asked asked, String gender) {
    boolean open = asked.form().equals(OF_NOUN) || asked.form().equals(OF_LISTED);
    String known = gender.isEmpty() ? "m" : gender;
    String otherwise = open ? alone(known) : asked.form();
    return asked.genders().getOrDefault(open ? known : gender, otherwise);
  }

  private String alone(String gender) {
    return language.data().setting("ordinal " + gender, gender);
  }

  /// What the words before an index ask for; of a chain such as "am 3. und 4. Mai", those before
  /// it.
  private Optional<Asked> asked(Cursor text, int at, int links) {
    String last = text.wordBefore(at).toLowerCase(Locale.ROOT);
    if (links > 0 && joints.containsKey(last)) {
      int first = ordinalBefore(text, text.beforeWord(at));
      Optional<Asked> chain = first < 0 ? Optional.empty() : asked(text, first, links - 1);
      if (chain.isPresent()) {
        return chain;
      }
    }
    if (last.isEmpty()) {
      return links > 0 ? afterComma(text, at, links - 1) : Optional.empty();
    }
    String two = text.secondWordBefore(at).toLowerCase(Locale.ROOT) + " " + last;
    if (links > 0 && weekdays.containsKey(last)) {
      return asked(text, text.beforeWord(at), 0);
    }
    return Optional.ofNullable(words.getOrDefault(two, words.get(last)));
  }

  /// "am Freitag, 3. Mai", "am 3., 4. und 5. Mai"
  private Optional<Asked> afterComma(Cursor text, int at, int links) {
    int comma = at - 2;
    if (!Cursor.isBlank(text.peek(at - 1))
        || (text.peek(comma) != ',' && text.peek(comma) != '.')) {
      return Optional.empty();
    }
    if (weekdays.containsKey(text.wordBefore(comma).toLowerCase(Locale.ROOT))) {
      return asked(text, text.beforeWord(comma), 0);
    }
    int first = text.peek(comma) == ',' ? ordinalBefore(text, comma) : -1;
    return first < 0 ? Optional.empty() : asked(text, first, links);
  }

  /// Start of the ordinal with a full stop that ends before an index; negative without one.
  private static int ordinalBefore(Cursor text, int at) {
    int end = Cursor.isBlank(text.peek(at - 1)) ? at - 1 : at;
    if (text.peek(end - 1) != '.') {
      return -1;
    }
    int start = end - 1;
    while (end - start < 5 && NumberReader.isDigit(text.peek(start - 1))) {
      start--;
    }
    return start < end - 1 ? start : -1;
  }

  String say(long number, String form) {
    return language.numerals().say(number, SET, form);
  }
}
