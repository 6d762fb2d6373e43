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

/// Lexicon lookup: adds the overrides of a lexicon to the words of a text. Of entries that begin at
/// the same index the longest applies. Immutable.
///
/// @param lexicon to look words up in
public record LexiconAnnotator(Lexicon lexicon) {
  /// Replacement chars of one segment. [AnnotatedSegmenter] splits segments long before, if it has
  /// the lexicon.
  private static final int MOST_CHARS = 8_000;

  /// The text with the overrides of the lexicon. Overrides of markup in the text take precedence.
  ///
  /// @param annotated a segment's text
  /// @throws WorkerException `TEXT_TOO_LONG` when its replacements are too long
  public AnnotatedText annotate(AnnotatedText annotated) {
    AnnotatedText annotatedText = spans(annotated);
    if (annotatedText.replacementLength() > MOST_CHARS) {
      throw new WorkerException(
          ErrorCode.TEXT_TOO_LONG,
          "options.lexicon, text.lexicon_file and marks put "
              + annotatedText.replacementLength()
              + " characters in place of words of one segment; allowed: at most "
              + MOST_CHARS);
    }
    return annotatedText;
  }

  /// The same without the limit of replacements.
  AnnotatedText spans(AnnotatedText annotated) {
    if (lexicon.isEmpty()) {
      return annotated;
    }
    List<Span> spans = new ArrayList<>();
    int at = 0;
    for (Span span : annotated.spans()) {
      find(annotated.text(), at, span.start(), spans);
      spans.add(span);
      at = span.end();
    }
    find(annotated.text(), at, annotated.text().length(), spans);
    return new AnnotatedText(annotated.text(), spans);
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

  /// Adds the longest entry of several tokens that begins at an index.
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
      // The name in "Coca Cola's".
      int name = LexiconTokens.isPossessive(token) ? 2 : 0;
      for (int left = name; left >= 0 && tokens > 1; left -= 2) {
        Optional<PronunciationOverride> override =
            lexicon.find(key.substring(0, key.length() - left));
        if (override.isPresent()) {
          found = override;
          end = next - left;
        }
      }
      at = next;
      next = LexiconTokens.tokenEnd(text, at, to);
    }
    int last = end;
    found.ifPresent(override -> spans.add(new Span(start, last, override)));
    return end;
  }

  /// Adds a word, or the name in "Nguyen's".
  private void add(String text, int start, int end, List<Span> spans) {
    String word = LexiconTokens.plain(text.substring(start, end));
    Optional<PronunciationOverride> whole = lexicon.find(word);
    if (whole.isPresent()) {
      spans.add(new Span(start, end, whole.get()));
    } else if (LexiconTokens.isPossessive(word)) {
      lexicon
          .find(word.substring(0, word.length() - 2))
          .ifPresent(override -> spans.add(new Span(start, end - 2, override)));
    }
  }
}
