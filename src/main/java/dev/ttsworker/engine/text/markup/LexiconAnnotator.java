package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconTokens;
import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lexicon lookup: puts the overrides of a lexicon on the words of a text. Of entries that begin at
/// the same place the longest counts. Immutable.
///
/// @param lexicon whose entries are looked for
public record LexiconAnnotator(Lexicon lexicon) {
  /// Chars that may be put in place of the words of one segment. [AnnotatedSegmenter] parts
  /// segments long before, if it knows the lexicon.
  private static final int MOST_CHARS = 8_000;

  /// A text in which the words that are in the lexicon are said as it tells. Marks in the text
  /// itself come before it.
  ///
  /// @param wording a segment's
  /// @throws WorkerException `TEXT_TOO_LONG` when too much is put in place of its words
  public AnnotatedText annotate(AnnotatedText wording) {
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
    if (lexicon.isEmpty()) {
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
        end = LexiconTokens.wordEnd(text, at, to);
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
    int next = LexiconTokens.tokenEnd(text, start, to);
    boolean inWord =
        start > 0
            && !LexiconTokens.isLetter(text.codePointAt(start))
            && LexiconTokens.isLetter(text.codePointBefore(start));
    int most =
        inWord
            ? 0
            : lexicon.mostTokens(
                LexiconTokens.plain(text.substring(start, next)).toLowerCase(Locale.ROOT));
    int end = start;
    Optional<PronunciationOverride> found = Optional.empty();
    StringBuilder key = new StringBuilder();
    int at = start;
    for (int tokens = 1; tokens <= most && next > at; tokens++) {
      String token = text.substring(at, next);
      key.append(token.isBlank() ? " " : LexiconTokens.plain(token));
      // Of "Coca Cola's" the name.
      int name = LexiconTokens.isPossessive(token) ? 2 : 0;
      for (int left = name; left >= 0 && tokens > 1; left -= 2) {
        Optional<PronunciationOverride> saying =
            lexicon.find(key.substring(0, key.length() - left));
        if (saying.isPresent()) {
          found = saying;
          end = next - left;
        }
      }
      at = next;
      next = LexiconTokens.tokenEnd(text, at, to);
    }
    int last = end;
    found.ifPresent(saying -> spans.add(new Span(start, last, saying)));
    return end;
  }

  /// Adds a word; of "Nguyen's" the name.
  private void add(String text, int start, int end, List<Span> spans) {
    String word = LexiconTokens.plain(text.substring(start, end));
    Optional<PronunciationOverride> whole = lexicon.find(word);
    if (whole.isPresent()) {
      spans.add(new Span(start, end, whole.get()));
    } else if (LexiconTokens.isPossessive(word)) {
      lexicon
          .find(word.substring(0, word.length() - 2))
          .ifPresent(saying -> spans.add(new Span(start, end - 2, saying)));
    }
  }
}
