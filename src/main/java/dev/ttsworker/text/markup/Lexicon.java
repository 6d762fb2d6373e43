package dev.ttsworker.text.markup;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.text.Saying;
import dev.ttsworker.text.Wording;
import dev.ttsworker.text.Wording.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How single words are said. An entry in small letters is for a word however it is written, one
/// with a capital for exactly that. Immutable.
public final class Lexicon {
  public static final Lexicon EMPTY = new Lexicon(Map.of(), null);

  /// Chars that may be put in place of the words of one segment. [MarkedSegmenter] parts segments
  /// long before, if it knows the lexicon.
  private static final int MOST_CHARS = 8_000;

  private final Map<String, Saying> sayings;
  private final @Nullable Lexicon below;

  private Lexicon(Map<String, Saying> sayings, @Nullable Lexicon below) {
    this.sayings = Map.copyOf(sayings);
    this.below = below;
  }

  /// One with entries whose words and sayings were checked.
  static Lexicon of(Map<String, Saying> sayings) {
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

  /// How many words it has of its own.
  int size() {
    return sayings.size();
  }

  /// A text in which the words that are in the lexicon are said as it tells. Marks in the text
  /// itself come before it.
  ///
  /// @param wording a segment's
  /// @throws WorkerException `TEXT_TOO_LONG` when too much is put in place of its words
  public Wording mark(Wording wording) {
    Wording marked = spans(wording);
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
  Wording spans(Wording wording) {
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
    Saying exact = entry(word);
    return Optional.ofNullable(exact != null ? exact : entry(word.toLowerCase(Locale.ROOT)));
  }

  private @Nullable Saying entry(String word) {
    Saying own = sayings.get(word);
    return own != null || below == null ? own : below.entry(word);
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
