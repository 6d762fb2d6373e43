package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.PronunciationOverride;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lexicon: pronunciation overrides of words and of short runs of words. An entry in small letters
/// is for a word however it is written, one with a capital for exactly that. Of entries that begin
/// at the same place the longest counts. Immutable.
public final class Lexicon {
  /// The lexicon without entries.
  public static final Lexicon EMPTY = new Lexicon(Map.of(), null);

  /// Signs that a key may have beside letters, figures, inner hyphens and blanks.
  private static final String SIGNS = "&+.!'";

  /// Chars that may be put in place of the words of one segment. [AnnotatedSegmenter] parts
  /// segments long before, if it knows the lexicon.
  private static final int MOST_CHARS = 8_000;

  private final Map<String, PronunciationOverride> sayings;
  private final @Nullable Lexicon below;

  /// First tokens in small letters of keys that have several, and how many these have at most.
  private final Map<String, Integer> longest;

  private Lexicon(Map<String, PronunciationOverride> sayings, @Nullable Lexicon below) {
    this.sayings = Map.copyOf(sayings);
    this.below = below;
    this.longest = longest(this.sayings.keySet());
  }

  private static Map<String, Integer> longest(Set<String> keys) {
    Map<String, Integer> longest = new HashMap<>();
    for (String key : keys) {
      int end = tokenEnd(key, 0, key.length());
      if (end < key.length()) {
        String first = key.substring(0, end).toLowerCase(Locale.ROOT);
        int tokens = 1;
        for (; end < key.length(); end = tokenEnd(key, end, key.length())) {
          tokens++;
        }
        longest.merge(first, tokens, Math::max);
      }
    }
    return Map.copyOf(longest);
  }

  /// One with entries whose words and sayings were checked.
  static Lexicon of(Map<String, PronunciationOverride> sayings) {
    return sayings.isEmpty() ? EMPTY : new Lexicon(sayings, null);
  }

  /// This one, and what `other` says of words that it does not have. Copies nothing large: each
  /// session has one over the worker's.
  public Lexicon over(Lexicon other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty() ? this : new Lexicon(sayings, other);
  }

  private boolean isEmpty() {
    return sayings.isEmpty() && below == null;
  }

  /// Phonemes that its own entries have, each with the first key in the order of keys that has it.
  public Map<String, String> symbols() {
    Map<String, String> symbols = new TreeMap<>();
    sayings.forEach((word, saying) -> {
      if (saying instanceof PronunciationOverride.Ipa ipa) {
        ipa.phonemes()
            .codePoints()
            .mapToObj(Character::toString)
            .forEach(symbol ->
                symbols.merge(symbol, word, (one, two) -> one.compareTo(two) <= 0 ? one : two));
      }
    });
    return symbols;
  }

  /// The same with those of the lexicon that comes after this one.
  public Map<String, String> allSymbols() {
    Map<String, String> symbols = new TreeMap<>(below == null ? Map.of() : below.allSymbols());
    symbols.putAll(symbols());
    return symbols;
  }

  /// How many words it has of its own.
  public int size() {
    return sayings.size();
  }

  /// A text in which the words that are in the lexicon are said as it tells. Marks in the text
  /// itself come before it.
  ///
  /// @param wording a segment's
  /// @throws WorkerException `TEXT_TOO_LONG` when too much is put in place of its words
  public AnnotatedText mark(AnnotatedText wording) {
    AnnotatedText marked = spans(wording);
    if (marked.put() > MOST_CHARS) {
      throw new WorkerException(
          ErrorCode.TEXT_TOO_LONG,
          "options.lexicon, text.lexicon_file and marks put "
              + marked.put()
              + " characters in place of words of one segment; allowed: at most "
              + MOST_CHARS);
    }
    return marked;
  }

  /// The same, however much is put in place of the words.
  AnnotatedText spans(AnnotatedText wording) {
    if (isEmpty()) {
      return wording;
    }
    List<Span> spans = new ArrayList<>();
    int at = 0;
    for (Span span : wording.spans()) {
      find(wording.text(), at, span.start(), spans);
      spans.add(span);
      at = span.end();
    }
    find(wording.text(), at, wording.text().length(), spans);
    return new AnnotatedText(wording.text(), spans);
  }

  private void find(String text, int from, int to, List<Span> spans) {
    int at = from;
    while (at < to) {
      int end = several(text, at, to, spans);
      if (end == at) {
        end = wordEnd(text, at, to);
        if (end > at) {
          add(text, at, end, spans);
        }
      }
      at = Math.max(end, at + 1);
    }
  }

  /// Adds the longest entry of several tokens that begins at a place.
  ///
  /// @return index just past it; `start` when there is none
  private int several(String text, int start, int to, List<Span> spans) {
    int next = tokenEnd(text, start, to);
    boolean inWord =
        start > 0 && !isLetter(text.codePointAt(start)) && isLetter(text.codePointBefore(start));
    int most = inWord ? 0 : most(plain(text.substring(start, next)).toLowerCase(Locale.ROOT));
    int end = start;
    Optional<PronunciationOverride> found = Optional.empty();
    StringBuilder key = new StringBuilder();
    int at = start;
    for (int tokens = 1; tokens <= most && next > at; tokens++) {
      String token = text.substring(at, next);
      key.append(token.isBlank() ? " " : plain(token));
      // Of "Coca Cola's" the name.
      int name = isPossessive(token) ? 2 : 0;
      for (int left = name; left >= 0 && tokens > 1; left -= 2) {
        Optional<PronunciationOverride> saying = saying(key.substring(0, key.length() - left));
        if (saying.isPresent()) {
          found = saying;
          end = next - left;
        }
      }
      at = next;
      next = tokenEnd(text, at, to);
    }
    int last = end;
    found.ifPresent(saying -> spans.add(new Span(start, last, saying)));
    return end;
  }

  private int most(String first) {
    int own = longest.getOrDefault(first, 0);
    return below == null ? own : Math.max(own, below.most(first));
  }

  /// Adds a word; of "Nguyen's" the name.
  private void add(String text, int start, int end, List<Span> spans) {
    String word = plain(text.substring(start, end));
    Optional<PronunciationOverride> whole = saying(word);
    if (whole.isPresent()) {
      spans.add(new Span(start, end, whole.get()));
    } else if (isPossessive(word)) {
      saying(word.substring(0, word.length() - 2))
          .ifPresent(saying -> spans.add(new Span(start, end - 2, saying)));
    }
  }

  private static boolean isPossessive(String word) {
    int mark = word.length() - 2;
    return mark > 0 && isApostrophe(word.charAt(mark)) && word.charAt(mark + 1) == 's';
  }

  private Optional<PronunciationOverride> saying(String word) {
    PronunciationOverride exact = entry(word);
    return Optional.ofNullable(exact != null ? exact : entry(word.toLowerCase(Locale.ROOT)));
  }

  private @Nullable PronunciationOverride entry(String word) {
    PronunciationOverride own = sayings.get(word);
    return own != null || below == null ? own : below.entry(word);
  }

  /// A key as it is looked for: one blank between words, the apostrophe of typewriters. Empty when
  /// the text is no word or short run of words as [#mark] looks for them.
  static Optional<String> key(String text) {
    StringBuilder key = new StringBuilder();
    boolean letters = false;
    for (int at = 0; at < text.length(); ) {
      int end = tokenEnd(text, at, text.length());
      if (end == at) {
        return Optional.empty();
      }
      String token = text.substring(at, end);
      letters |= isLetter(token.codePointAt(0));
      key.append(token.isBlank() ? " " : plain(token));
      at = end;
    }
    return letters ? Optional.of(key.toString()) : Optional.empty();
  }

  private static String plain(String text) {
    return text.replace('’', '\'');
  }

  /// Index just past the token at a place: a word, blanks, or one of the signs that keys may have;
  /// `from` for anything else.
  private static int tokenEnd(String text, int from, int to) {
    int end = wordEnd(text, from, to);
    if (end > from || from == to) {
      return end;
    }
    while (end < to && (text.charAt(end) == ' ' || text.charAt(end) == '\n')) {
      end++;
    }
    char c = text.charAt(from);
    return end > from ? end : SIGNS.indexOf(c) >= 0 || c == '’' ? from + 1 : from;
  }

  private static int wordEnd(String text, int from, int to) {
    int end = from;
    while (end < to) {
      int c = text.codePointAt(end);
      boolean joint =
          (c == '-' || isApostrophe(c))
              && end > from
              && end + 1 < to
              && isLetter(text.codePointAt(end + 1));
      if (!isLetter(c) && !joint) {
        break;
      }
      end += Character.charCount(c);
    }
    return Math.min(end, to);
  }

  private static boolean isLetter(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '’';
  }
}
