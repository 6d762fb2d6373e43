package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.text.Segmenter;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.Lexicon;
import dev.ttsworker.engine.text.markup.MarkupParser;
import dev.ttsworker.engine.text.markup.SegmentPauses;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import dev.ttsworker.engine.voice.MarkPauses;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// How text is read before it is spoken.
///
/// @param normalized whether figures, signs and abbreviations are written out
/// @param emojiSaid whether emoji are called by their names when it is
/// @param marked whether marks in the text say how it is spoken; else they are text
/// @param lexicon how single words are said
/// @param pauses that are added between segments and inside of them
public record TextStyle(
    boolean normalized, boolean emojiSaid, boolean marked, Lexicon lexicon, SegmentPauses pauses) {
  /// Nothing is written out, nothing is a mark.
  public static final TextStyle AS_WRITTEN = new TextStyle(false, false, false, Lexicon.EMPTY);

  /// One that adds no pauses.
  public TextStyle(boolean normalized, boolean emojiSaid, boolean marked, Lexicon lexicon) {
    this(normalized, emojiSaid, marked, lexicon, SegmentPauses.NONE);
  }

  /// The same with a lexicon that comes before its own.
  public TextStyle under(Lexicon first) {
    return new TextStyle(normalized, emojiSaid, marked, first.over(lexicon), pauses);
  }

  /// Those of its pauses that a voice makes inside its sentences.
  public MarkPauses markPauses() {
    return new MarkPauses(pauses.comma(), pauses.clause());
  }

  /// Parts one call's text.
  ///
  /// @param warnings told of marks that are ignored
  public AnnotatedSegmenter segmenter(Segmenter segmenter, Consumer<String> warnings) {
    return new AnnotatedSegmenter(
        marked ? Optional.of(new MarkupParser(warnings)) : Optional.empty(),
        segmenter,
        lexicon,
        pauses);
  }

  /// Writes text of a voice's languages out.
  ///
  /// @param languages BCP 47 tags, the most specific first
  public Normalizer normalizer(Normalizers normalizers, List<String> languages) {
    return normalized
        ? normalizers.forLanguages(languages, emojiSaid ? Emoji.SAY : Emoji.DROP)
        : normalizers.plain();
  }
}
