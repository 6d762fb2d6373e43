package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// Spelling of letter sequences, and splitting of names that are not words: `max_wait`,
/// `index.html`, `MP3`. Immutable.
final class Letters {
  /// The letter A before a word: eSpeak NG reads "A" there as the article, and does not pronounce
  /// the hyphen.
  static final String LONE_A = "A-";

  private static final Pattern BEFORE_WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}.'’]|[A-Z] )A(?= [\\p{Ll}\\p{N}])");
  private static final Pattern AT_END = Pattern.compile("(?<![\\p{L}\\p{N}.'’]|[A-Z] )A$");

  /// Letter sequences that no English word has: TDAE, ESPN, YYYY.
  private static final Pattern NO_WORD =
      Pattern.compile(
          "(.)\\1{2,}|[A-Z]*[BCDFGKPQTVXZ][LMNRW]|[A-Z]*[MN][LRW]"
              + "|[A-Z]*(?!(.)\\2)(?:[BDFGJKPQTVXZ][BCDFGJKPQVXZ]|C[BCDFGJPQVXZ])"
              + "|(?!(?:B[LHR]|C[HLRTZ]|D[HRW]|F[JLR]|G[HLNRUW]|K[HLNRW]|MC|P[FHLNRST]|QU|RH"
              + "|S[CHKLMNPQTVW]|T[HRSWZ]|V[LR]|W[HR]|X[AEIOUY]|Z[HW])|LL|NG)"
              + "[BCDFGHJKLMNPQRSTVWXZ]{2,}[A-Z]*");

  private static final String VOWELS = "aeiouyAEIOUY";
  private static final int LONGEST_SPELLED = 5;

  private final NumberWords numbers;
  private final Set<String> said;
  private final Set<String> spelled;
  private final Set<String> words;
  private final Set<String> shoutedWords;
  private final Set<String> kept;
  private final Set<String> contracted;
  private final Set<String> spelledInNames;
  private final Map<String, String> marks;

  Letters(NumberWords numbers) {
    this.numbers = numbers;
    Tables acronyms = Tables.read("acronyms.txt");
    said = acronyms.words("said");
    spelled = acronyms.words("spelled");
    words = acronyms.words("words");
    shoutedWords = acronyms.words("words among capitals");
    kept = acronyms.words("kept");
    contracted = acronyms.words("contracted");
    spelledInNames = acronyms.words("spelled in names");
    marks = Tables.read("symbols.txt").section("in names");
  }

  /// `FBI` becomes "F B I".
  static String spell(String letters) {
    StringJoiner spelled = new StringJoiner(" ");
    letters
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToObj(c -> Character.toString(c).toUpperCase(Locale.ROOT))
        .forEach(spelled::add);
    return spelled.toString();
  }

  /// Marks an A in the verbalization of a name, so that it is not read as the article.
  ///
  /// @param end where the name ends in the text
  static String withoutArticle(String words, Cursor text, int end) {
    String marked = BEFORE_WORD.matcher(words).replaceAll(LONE_A);
    boolean wordFollows = Cursor.isBlank(text.peek(end)) && !text.wordAfter(end).isEmpty();
    return wordFollows ? AT_END.matcher(marked).replaceAll(LONE_A) : marked;
  }

  /// Whether capitals are the letters of an acronym rather than a word.
  ///
  /// @param shouted whether words around it are in capitals too
  boolean isSpelled(String capitals, boolean shouted) {
    if (said.contains(capitals) || (shouted && shoutedWords.contains(capitals))) {
      return false;
    }
    if (spelled.contains(capitals)) {
      return true;
    }
    if (capitals.length() > LONGEST_SPELLED || words.contains(capitals)) {
      return false;
    }
    return !hasVowel(capitals)
        || (capitals.length() < LONGEST_SPELLED && NO_WORD.matcher(capitals).matches())
        || (capitals.length() <= 3 && !shouted);
  }

  /// Whether capitals are listed as an acronym that is spelled.
  boolean isListed(String capitals) {
    return spelled.contains(capitals);
  }

  /// Whether capitals that are no acronym stay capitals.
  boolean isKept(String capitals) {
    return kept.contains(capitals) || !hasVowel(capitals);
  }

  /// Whether "'S" behind it stands for "is" or "us".
  boolean isContracted(String capitals) {
    return contracted.contains(capitals);
  }

  private static boolean hasVowel(String word) {
    return word.chars().anyMatch(c -> VOWELS.indexOf(c) >= 0);
  }

  /// A name of letters, digits and signs in words; full stops, slashes and other signs are named.
  String name(String name) {
    return name(name, false);
  }

  /// The same for a code of letters and digits, in which no two letters are a word: `NO2`.
  String code(String name) {
    return name(name, true);
  }

  private String name(String name, boolean code) {
    StringJoiner spoken = new StringJoiner(" ");
    int at = 0;
    while (at < name.length()) {
      int end = runEnd(name, at);
      String run = name.substring(at, end);
      boolean two = code && run.length() == 2 && run.equals(run.toUpperCase(Locale.ROOT));
      String part = two && Character.isLetter(run.charAt(0)) ? spell(run) : part(run);
      if (!part.isEmpty()) {
        spoken.add(part);
      }
      at = end;
    }
    return spoken.toString();
  }

  private String part(String run) {
    char first = run.charAt(0);
    if (Character.isDigit(first)) {
      return number(run);
    }
    return Character.isLetter(first) ? letters(run) : marks.getOrDefault(run, "");
  }

  /// A run of letters in a name.
  String letters(String run) {
    String capitals = run.toUpperCase(Locale.ROOT);
    boolean upper = run.length() > 1 && run.equals(capitals);
    boolean acronym = spelledInNames.contains(run.toLowerCase(Locale.ROOT));
    boolean unpronounced = run.length() <= LONGEST_SPELLED && !hasVowel(run);
    if (run.length() == 1 || acronym || unpronounced || (upper && isSpelled(run, false))) {
      return spell(run);
    }
    return run;
  }

  /// Digits in a name: `747` is "seven forty-seven", `1080` "ten eighty".
  String number(String digits) {
    if (digits.length() > 4 || (digits.length() > 1 && digits.startsWith("0"))) {
      return numbers.digits(digits);
    }
    int number = Integer.parseInt(digits);
    if (digits.length() == 3 && number % 100 != 0) {
      int rest = number % 100;
      return numbers.cardinal(number / 100) + (rest < 10 ? " oh " : " ") + numbers.cardinal(rest);
    }
    return digits.length() == 4 ? numbers.year(number) : numbers.cardinal(number);
  }

  /// The end of a run of digits, capitals, small letters, or a capital with small letters.
  private static int runEnd(String name, int start) {
    int end = start + 1;
    char first = name.charAt(start);
    if (!Character.isLetterOrDigit(first)) {
      return end;
    }
    while (end < name.length() && continues(name, start, end)) {
      end++;
    }
    return end;
  }

  private static boolean continues(String name, int start, int at) {
    char first = name.charAt(start);
    char before = name.charAt(at - 1);
    char c = name.charAt(at);
    if (Character.isDigit(first) || Character.isDigit(c)) {
      return Character.isDigit(first) && Character.isDigit(c);
    }
    if (!Character.isLetter(c)) {
      return false;
    }
    if (Character.isUpperCase(c)) {
      boolean nextIsSmall =
          at + 1 < name.length()
              && Character.isLowerCase(name.charAt(at + 1))
              && !(at + 2 == name.length() && name.charAt(at + 1) == 's');
      return Character.isUpperCase(before) && !nextIsSmall;
    }
    return true;
  }
}
