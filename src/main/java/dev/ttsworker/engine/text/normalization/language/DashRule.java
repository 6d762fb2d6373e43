package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Optional;

/// Text normalization of dashes between words: a long one, since eSpeak NG pauses at that before a
/// blank only.
final class DashRule implements Rule {
  private static final BoundedPattern SPACED =
      BoundedPattern.of("[ \u00a0](?:--?|[–—―─])[ \u00a0](?=[\\p{L}\\p{N}“„«\"(¿¡])");
  private static final BoundedPattern CLOSE = BoundedPattern.of("[—―─⸺](?=[\\p{L}“„«\"(¿¡])");

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char before = text.peek(at - 1);
    if (!Character.isLetterOrDigit(before) && "”’\"»“)%.".indexOf(before == 0 ? ' ' : before) < 0) {
      return Optional.empty();
    }
    return SPACED
        .at(text, at)
        .or(() -> CLOSE.at(text, at))
        .map(m ->
            Verbalization.joined(
                m.end(), Character.isLetterOrDigit(text.peek(m.end())) ? " —" : " — "));
  }
}
