package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.AnnotatedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Text normalizers of all languages. Immutable; usable by any thread.
public final class Normalizers {
  private static final String WARM_UP = "Dr. Lee paid $4.50 for 3 km on May 5, 2024 at 7:30 p.m.";

  private final EnglishNormalizer american;
  private final EnglishNormalizer british;
  private final Normalizer plain = new PlainNormalizer();
  private final Function<String, Optional<Normalizer>> others;

  /// Normalizers of English, and the one without rules.
  public Normalizers() {
    this(_ -> Optional.empty());
  }

  /// Loads the tables and normalizes one sentence, so that the first caller does not wait for class
  /// loading.
  ///
  /// @param others normalizers of other languages, by BCP 47 tags in small letters
  public Normalizers(Function<String, Optional<Normalizer>> others) {
    this.others = others;
    american = new EnglishNormalizer(Dialect.US, Emoji.DROP);
    british = new EnglishNormalizer(Dialect.GB, Emoji.DROP);
    NormalizedText _ = american.normalize(AnnotatedText.of(WARM_UP));
  }

  /// Emoji option.
  public enum Emoji {
    /// Drops emoji.
    DROP,
    /// Verbalizes their Unicode names.
    SAY
  }

  /// The normalizer of a voice: English of the United States or of Britain, which also serve other
  /// kinds of English; of another language that has rules; else one without rules.
  ///
  /// @param languages BCP 47 tags of the voice, the most specific first
  public Normalizer forLanguages(List<String> languages, Emoji emoji) {
    for (String language : languages) {
      String tag = language.toLowerCase(Locale.ROOT).replace('_', '-');
      if (tag.equals("en") || tag.equals("en-us") || tag.startsWith("en-us-")) {
        return american.with(emoji);
      }
      if (tag.startsWith("en-")) {
        return british.with(emoji);
      }
      Optional<Normalizer> other = others.apply(tag);
      if (other.isPresent()) {
        return other.get();
      }
    }
    return plain;
  }

  /// The normalizer without rules.
  public Normalizer plain() {
    return plain;
  }
}
