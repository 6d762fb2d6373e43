package dev.ttsworker.text.markup;

import dev.ttsworker.text.Saying;
import dev.ttsworker.text.Wording;
import dev.ttsworker.text.Wording.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How single words are said. An entry in small letters is for a word however it is written, one
/// with a capital for exactly that. Immutable.
public final class Lexicon {
  public static final Lexicon EMPTY = new Lexicon(Map.of());

  private final Map<String, Saying> sayings;

  private Lexicon(Map<String, Saying> sayings) {
    this.sayings = Map.copyOf(sayings);
  }

  /// One with entries whose words and sayings were checked.
  static Lexicon of(Map<String, Saying> sayings) {
    return sayings.isEmpty() ? EMPTY : new Lexicon(sayings);
  }

  /// This one, and what `below` says of words that it does not have.
  public Lexicon over(Lexicon below) {
    Map<String, Saying> both = new HashMap<>(below.sayings);
    both.putAll(sayings);
    return of(both);
  }

  /// How many words it has.
  public int size() {
    return sayings.size();
  }

  /// A text in which the words that are in the lexicon are said as it tells. Marks in the text
  /// itself come before it.
  public Wording mark(Wording wording) {
    if (sayings.isEmpty()) {
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
    return new Wording(wording.text(), spans);
  }

  private void find(String text, int from, int to, List<Span> spans) {
    int at = from;
    while (at < to) {
      int end = wordEnd(text, at, to);
      if (end > at) {
        add(text, at, end, spans);
      }
      at = Math.max(end, at + 1);
    }
  }

  /// Adds a word; of "Nguyen's" the name.
  private void add(String text, int start, int end, List<Span> spans) {
    Optional<Saying> whole = saying(text.substring(start, end));
    if (whole.isPresent()) {
      spans.add(new Span(start, end, whole.get()));
      return;
    }
    int name = end - 2;
    if (name > start && isApostrophe(text.charAt(name)) && text.charAt(end - 1) == 's') {
      saying(text.substring(start, name))
          .ifPresent(saying -> spans.add(new Span(start, name, saying)));
    }
  }

  private Optional<Saying> saying(String word) {
    Saying exact = sayings.get(word);
    return Optional.ofNullable(exact != null ? exact : sayings.get(word.toLowerCase(Locale.ROOT)));
  }

  /// Whether a text is a single word as [#mark] looks for them.
  static boolean isWord(String text) {
    return !text.isEmpty() && wordEnd(text, 0, text.length()) == text.length();
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
