package dev.ttsworker.session;

import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.session.SharedLexicons.LexiconLease;
import dev.ttsworker.voices.VoiceLease;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// Factory of sessions: reads their options and holds their lexicons. Thread-safe.
final class SessionFactory {
  private final TextOptions text;
  private final Duration defaultMaxLead;
  private final SharedLexicons lexicons;
  private final Map<String, String> workerSymbols;

  /// @param text default text options, with the worker's lexicon
  SessionFactory(TextOptions text, Duration defaultMaxLead, ByteBudget lexiconBytes) {
    this.text = text;
    this.defaultMaxLead = defaultMaxLead;
    this.lexicons = new SharedLexicons(lexiconBytes);
    this.workerSymbols = text.lexicon().symbols();
  }

  /// Creates a session on a voice. Takes ownership of the lease, also on failure.
  ///
  /// @param options as [SessionOptions] in strings
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD`, `BUDGET_EXCEEDED`
  Session create(String sessionId, VoiceLease lease, Map<String, String> options, long nowNanos) {
    return create(sessionId, lease, () -> StandaloneCall.ofTts(sessionId, "", options), nowNanos);
  }

  /// Creates the session of a call that has its own. Takes ownership of the lease, also on failure.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD`, `BUDGET_EXCEEDED`
  Session create(
      String sessionId, VoiceLease lease, Supplier<StandaloneCall> asked, long nowNanos) {
    LexiconLease lexicon = LexiconLease.of(text.lexicon());
    boolean created = false;
    try {
      StandaloneCall call = asked.get();
      Map<String, String> options = call.options();
      lexicon = lexicon(options);
      if (!options.getOrDefault("lexicon", "").isBlank()) {
        LexiconValidator.require(lexicon.lexicon(), lease.voice(), "options.lexicon");
      }
      TextOptions own =
          new TextOptions(
              text.normalized(), text.emojiSaid(), text.markup(), lexicon.lexicon(), text.pauses());
      SessionOptions read =
          SessionOptions.read(
                  options, lease.voice().description(), call.maxLead().orElse(defaultMaxLead), own)
              .with(call.encoding());
      Session session = new Session(sessionId, call.protocol(), lease, lexicon, read, nowNanos);
      created = true;
      return session;
    } finally {
      if (!created) {
        lexicon.close();
        lease.close();
      }
    }
  }

  private LexiconLease lexicon(Map<String, String> options) {
    String words = options.getOrDefault("lexicon", "");
    return words.isBlank()
        ? LexiconLease.of(text.lexicon())
        : lexicons.acquire(words, () -> OptionReader.lexicon(words).over(text.lexicon()));
  }

  /// Note for the caller on symbols of the worker's lexicon that the voice lacks; empty when none.
  String missingSymbols(VoiceLease lease) {
    return LexiconValidator.missing(workerSymbols, lease.voice())
        .map(symbols -> "text.lexicon_file has phonemes that the voice lacks: " + symbols)
        .orElse("");
  }
}
