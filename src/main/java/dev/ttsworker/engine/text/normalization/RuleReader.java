package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Text normalization by rules: at each index the first rule that matches verbalizes; without one
/// the word or sign is unchanged. Immutable.
public final class RuleReader {
  private final List<Rule> rules;
  private final UnaryOperator<String> whole;
  private final SayAs sayAs;

  /// Interpret-as of one language.
  @FunctionalInterface
  public interface SayAs {
    /// What is said for words with an interpretation; blank for nothing.
    String said(String words, InterpretAs interpretation);
  }

  /// @param rules in order of precedence
  /// @param whole normalizes a text of its own, such as an alias
  public RuleReader(List<Rule> rules, UnaryOperator<String> whole, SayAs sayAs) {
    this.rules = List.copyOf(rules);
    this.whole = whole;
    this.sayAs = sayAs;
  }

  /// Verbalizes a text; linear time.
  ///
  /// @param spans overrides of its parts, in order, by indices of the original
  public NormalizedText normalize(Cursor text, List<Span> spans) {
    SpokenTextBuilder output = new SpokenTextBuilder(text);
    int at = 0;
    for (Span span : spans) {
      int start = text.clean().index(span.start());
      int end = text.clean().index(span.end());
      read(text, at, start, output);
      applyOverride(text, start, end, span.override(), output);
      at = end;
    }
    read(text, at, text.length(), output);
    return output.spoken();
  }

  private void applyOverride(
      Cursor text, int start, int end, PronunciationOverride override, SpokenTextBuilder output) {
    switch (override) {
      case PronunciationOverride.Alias(String words) -> {
        String said = whole.apply(words);
        output.append(
            said.isBlank() ? Verbalization.dropped(end) : Verbalization.of(end, said), start);
      }
      case PronunciationOverride.Ipa ipa -> output.pronounce(start, end, ipa);
      case InterpretAs.EMPHASISED -> {
        int from = output.length();
        read(text, start, end, output);
        output.emphasise(from);
      }
      case InterpretAs interpretation ->
          output.append(
              Verbalization.of(
                  end, sayAs.said(text.subSequence(start, end).toString(), interpretation)),
              start);
    }
  }

  private void read(Cursor text, int start, int end, SpokenTextBuilder output) {
    int at = start;
    while (at < end) {
      int next = readOne(text, at, end, output);
      if (next == at) {
        next = Math.min(end, wordEnd(text, at));
        output.appendVerbatim(at, next);
      }
      at = next;
    }
  }

  /// A verbalization does not extend beyond `limit`: if it would, the rules read the text as if it
  /// ended there.
  private int readOne(Cursor text, int at, int limit, SpokenTextBuilder output) {
    Optional<Verbalization> reading = reading(text, at);
    if (reading.isPresent() && reading.get().end() > limit) {
      reading = reading(text.upTo(limit), at);
    }
    reading.ifPresent(found -> output.append(found, at));
    return reading.map(Verbalization::end).orElse(at);
  }

  /// Without lambdas, each of which costs the quick compiler's code a call into the JVM.
  private Optional<Verbalization> reading(Cursor text, int at) {
    for (Rule rule : rules) {
      Optional<Verbalization> found = rule.read(text, at);
      if (found.isPresent() && found.get().end() > at) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The end of a word with its apostrophes, or of a single sign.
  private static int wordEnd(Cursor text, int at) {
    int end = at;
    while (isWordPart(text, end)) {
      end++;
    }
    return Math.max(end, at + Character.charCount(text.codePointAt(at)));
  }

  private static boolean isWordPart(Cursor text, int at) {
    char c = text.peek(at);
    if (c == '\'' || c == '’') {
      return Character.isLetter(text.peek(at - 1)) && Character.isLetter(text.peek(at + 1));
    }
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }
}
