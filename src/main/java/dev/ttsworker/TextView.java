package dev.ttsworker;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.g2p.CodePointPhonemizer;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.engine.g2p.Pronouncer;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.synthesis.TextStyle;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.SpokenWord.Pronounced;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.PiperConfig;
import dev.ttsworker.voicepack.PiperConfigReader;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voices.InstalledModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Shows how texts are read, on the way that speech takes, without a voice's graphs. Owns the
/// processes of eSpeak NG. Not thread-safe.
public final class TextView implements AutoCloseable {
  private static final String AMERICAN = "en-US";
  private static final String BRITISH = "en-GB";
  private static final String AMERICAN_ESPEAK = "en-us";
  private static final String BRITISH_ESPEAK = "en-gb-x-rp";

  private final EspeakPool espeak;
  private final Normalizer normalizer;
  private final Pronouncer pronouncer;
  private final TextStyle style;
  private final Optional<PhonemeIds> known;
  private final Consumer<String> warnings;

  /// What to read for.
  ///
  /// @param modelId as clients write it; empty for the default model, or for eSpeak's voice of the
  ///   locale when there is one
  /// @param locale `en-US`, `en-GB`, or empty for the voice's own
  /// @param normalized whether figures, signs and abbreviations are written out
  /// @param emojiSaid whether emoji are called by their names when it is
  /// @param lexicon entries as a session gives them; blank for none
  public record Reader(
      String modelId, String locale, boolean normalized, boolean emojiSaid, String lexicon) {
    public Reader {
      if (!List.of("", AMERICAN, BRITISH).contains(locale)) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD,
            "locale is " + locale + "; allowed: " + AMERICAN + ", " + BRITISH);
      }
      Lexicons.check(lexicon);
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

  /// Starts eSpeak NG. Marks and lexicon are read as configured.
  ///
  /// @param warnings told of marks that are ignored
  /// @throws WorkerException when the voice is not there or cannot be read for
  public TextView(
      WorkerConfig config, Installation installation, Reader reader, Consumer<String> warnings) {
    this.warnings = warnings;
    TextStyle configured = Styles.of(config.text());
    style =
        new TextStyle(
            reader.normalized(),
            reader.emojiSaid(),
            configured.marked(),
            Lexicons.read(reader.lexicon()).over(configured.lexicon()));
    Optional<Voicepack> voicepack = voicepack(config, reader);
    List<String> languages =
        reader.locale().isEmpty()
            ? voicepack.map(Voicepack::languages).orElse(List.of(AMERICAN))
            : List.of(reader.locale());
    normalizer = style.normalizer(new Normalizers(), languages);
    Optional<PiperConfig> piper = piper(voicepack);
    known =
        piper
            .filter(own -> own.phonemeType() == PiperConfig.PhonemeType.ESPEAK)
            .map(own -> new PhonemeIds(own.phonemeIds(), own.phonemeMap()));
    style.lexicon().allSymbols().forEach((symbol, word) -> warn(word, symbol));
    espeak = new EspeakPool(installation.nativeDirectory(), 1, Threads.platform("espeak-"));
    try {
      pronouncer = new Pronouncer(phonemizer(piper, languages));
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

  private static Optional<PiperConfig> piper(Optional<Voicepack> voicepack) {
    return voicepack
        .filter(pack -> pack.family().equals(Voicepack.PIPER_FAMILY))
        .flatMap(Voicepack::files)
        .map(files -> new PiperConfigReader().read(files.modelConfig()));
  }

  /// Tells of symbols of a word's IPA that the voice does not have.
  private void warn(String word, String ipa) {
    List<String> unknown = known.map(ids -> ids.unknown(ipa)).orElse(List.of());
    if (!unknown.isEmpty()) {
      warnings.accept(LocalSpeech.unknown(word, unknown));
    }
  }

  private Phonemizer phonemizer(Optional<PiperConfig> piper, List<String> languages) {
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
    List<AnnotatedSegment> parts = segments(new SentenceSegmenter(), text, warnings);
    List<Sentence> sentences = new ArrayList<>();
    int next = 0;
    for (AnnotatedSegment sentence :
        segments(SentenceSegmenter.ofWholeSentences(), text, _ -> {})) {
      List<AnnotatedSegment> clauses = new ArrayList<>();
      while (next < parts.size() && parts.get(next).start() < sentence.end()) {
        clauses.add(parts.get(next));
        next++;
      }
      sentences.add(sentence(text, sentence, clauses));
    }
    return sentences;
  }

  private List<AnnotatedSegment> segments(
      SentenceSegmenter segmenter, String text, Consumer<String> hears) {
    AnnotatedSegmenter marked = style.segmenter(segmenter, hears);
    return Stream.concat(marked.accept(text).stream(), marked.finish().stream())
        .filter(AnnotatedSegment.class::isInstance)
        .map(AnnotatedSegment.class::cast)
        .toList();
  }

  private Sentence sentence(
      String text, AnnotatedSegment sentence, List<AnnotatedSegment> clauses) {
    List<String> said = new ArrayList<>();
    List<String> phonemes = new ArrayList<>();
    for (AnnotatedSegment clause : clauses) {
      NormalizedText spoken = normalizer.normalize(style.lexicon().mark(clause.wording()));
      said.add(spoken.text());
      if (Speakable.hasWords(spoken.text())) {
        phonemes(spoken).stream().map(String::strip).forEach(phonemes::add);
      }
    }
    return new Sentence(
        written(text, sentence),
        String.join(" ", said).strip(),
        String.join(" ", phonemes),
        clauses.size() > 1
            ? clauses.stream().map(clause -> written(text, clause)).toList()
            : List.of());
  }

  private List<String> phonemes(NormalizedText spoken) {
    spoken
        .words()
        .forEach(word -> word.pronounced().ifPresent(how -> warn(word.text(), how.phonemes())));
    List<Pronouncer.Word> words =
        spoken.words().stream()
            .map(word ->
                new Pronouncer.Word(
                    word.pronounced().map(Pronounced::said).orElse(word.text()),
                    word.pronounced().map(Pronounced::phonemes)))
            .toList();
    boolean none = words.stream().allMatch(word -> word.phonemes().isEmpty());
    return pronouncer.pronounce(spoken.text(), none ? List.of() : words).sentences();
  }

  private static String written(String text, AnnotatedSegment segment) {
    int length = Math.toIntExact(segment.end() - segment.start());
    int start = text.offsetByCodePoints(0, Math.toIntExact(segment.sourceStart(0)));
    int end = text.offsetByCodePoints(0, Math.toIntExact(segment.sourceEnd(length)));
    return text.substring(start, end);
  }

  @Override
  public void close() {
    espeak.close();
  }
}
