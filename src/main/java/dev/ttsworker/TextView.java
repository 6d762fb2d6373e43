package dev.ttsworker;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.model.InstalledModels;
import dev.ttsworker.phoneme.CodePointPhonemizer;
import dev.ttsworker.phoneme.EspeakPool;
import dev.ttsworker.phoneme.Phonemizer;
import dev.ttsworker.text.Segment;
import dev.ttsworker.text.SentenceSegmenter;
import dev.ttsworker.text.Speakable;
import dev.ttsworker.text.normal.Normalizer;
import dev.ttsworker.text.normal.Normalizers;
import dev.ttsworker.text.normal.Normalizers.Emoji;
import dev.ttsworker.voicepack.PiperConfig;
import dev.ttsworker.voicepack.PiperConfigReader;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows how texts are read, on the way that speech takes, without a voice's graphs. Owns the
/// processes of eSpeak NG. Not thread-safe.
public final class TextView implements AutoCloseable {
  private static final String AMERICAN = "en-US";
  private static final String BRITISH = "en-GB";
  private static final String AMERICAN_ESPEAK = "en-us";
  private static final String BRITISH_ESPEAK = "en-gb-x-rp";

  private final EspeakPool espeak;
  private final Normalizer normalizer;
  private final Phonemizer phonemizer;

  /// What to read for.
  ///
  /// @param modelId as clients write it; empty for the default model, or for eSpeak's voice of the
  ///   locale when there is one
  /// @param locale `en-US`, `en-GB`, or empty for the voice's own
  /// @param normalized whether figures, signs and abbreviations are written out
  /// @param emojiSaid whether emoji are called by their names when it is
  public record Reader(String modelId, String locale, boolean normalized, boolean emojiSaid) {
    public Reader {
      if (!List.of("", AMERICAN, BRITISH).contains(locale)) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD,
            "locale is " + locale + "; allowed: " + AMERICAN + ", " + BRITISH);
      }
    }
  }

  /// A sentence.
  ///
  /// @param text its wording
  /// @param spoken what the phonemizer gets
  /// @param phonemes what it makes of that
  /// @param clauses the wording of its parts, where it is spoken in several; else empty
  public record Sentence(String text, String spoken, String phonemes, List<String> clauses) {
    public Sentence {
      clauses = List.copyOf(clauses);
    }
  }

  /// Starts eSpeak NG.
  ///
  /// @throws WorkerException when the voice is not there or cannot be read for
  public TextView(WorkerConfig config, Installation installation, Reader reader) {
    Optional<Voicepack> voicepack = voicepack(config, reader);
    List<String> languages =
        reader.locale().isEmpty()
            ? voicepack.map(Voicepack::languages).orElse(List.of(AMERICAN))
            : List.of(reader.locale());
    Normalizers normalizers = new Normalizers();
    Emoji emoji = reader.emojiSaid() ? Emoji.SAY : Emoji.DROP;
    normalizer =
        reader.normalized() ? normalizers.forLanguages(languages, emoji) : normalizers.plain();
    espeak = new EspeakPool(installation.nativeDirectory(), 1, Threads.platform("espeak-"));
    try {
      phonemizer = phonemizer(voicepack, languages);
    } catch (WorkerException e) {
      espeak.close();
      throw e;
    }
  }

  private static Optional<Voicepack> voicepack(WorkerConfig config, Reader reader) {
    boolean byDefault = reader.modelId().isEmpty();
    if (byDefault && !reader.locale().isEmpty()) {
      return Optional.empty();
    }
    InstalledModels models =
        new InstalledModels(
            config.models(), new VoicepackStore(config.models().voicepackRoot())::scan);
    return byDefault
        ? models.find(config.models().defaultModelId())
        : Optional.of(models.voicepack(reader.modelId()));
  }

  private Phonemizer phonemizer(Optional<Voicepack> voicepack, List<String> languages) {
    Optional<PiperConfig> piper =
        voicepack
            .filter(pack -> pack.family().equals(Voicepack.PIPER_FAMILY))
            .flatMap(Voicepack::files)
            .map(files -> new PiperConfigReader().read(files.modelConfig()));
    if (piper.isEmpty()) {
      boolean british = languages.getFirst().equalsIgnoreCase(BRITISH);
      return espeak.forVoice(british ? BRITISH_ESPEAK : AMERICAN_ESPEAK);
    }
    return switch (piper.get().phonemeType()) {
      case ESPEAK -> espeak.forVoice(piper.get().espeakVoice());
      case TEXT -> new CodePointPhonemizer();
    };
  }

  /// The sentences of a whole text.
  public List<Sentence> read(String text) {
    List<Segment> parts = segments(new SentenceSegmenter(), text);
    List<Sentence> sentences = new ArrayList<>();
    int next = 0;
    for (Segment sentence : segments(SentenceSegmenter.ofWholeSentences(), text)) {
      List<String> clauses = new ArrayList<>();
      while (next < parts.size() && parts.get(next).start() < sentence.end()) {
        clauses.add(parts.get(next).text());
        next++;
      }
      sentences.add(sentence(sentence.text(), clauses));
    }
    return sentences;
  }

  private static List<Segment> segments(SentenceSegmenter segmenter, String text) {
    List<Segment> segments = new ArrayList<>(segmenter.accept(text));
    segments.addAll(segmenter.finish());
    return segments;
  }

  private Sentence sentence(String text, List<String> clauses) {
    List<String> spoken = new ArrayList<>();
    List<String> phonemes = new ArrayList<>();
    for (String clause : clauses) {
      String said = normalizer.normalize(clause).text();
      spoken.add(said);
      if (Speakable.hasWords(said)) {
        phonemizer.phonemize(said).stream().map(String::strip).forEach(phonemes::add);
      }
    }
    return new Sentence(
        text,
        String.join(" ", spoken).strip(),
        String.join(" ", phonemes),
        clauses.size() > 1 ? clauses : List.of());
  }

  @Override
  public void close() {
    espeak.close();
  }
}
