package dev.ttsworker.voices;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names of voices as clients of another server write them: an installed model, `model.speaker`, or
/// a name that only the other server has, for which the default voice speaks. Thread-safe.
public final class VoiceNames {
  private static final Logger LOG = LoggerFactory.getLogger(VoiceNames.class);
  private static final String ONLY_SPEAKER = "default";
  private static final int MAX_SHOWN_CHARS = 60;

  private final Models models;
  private final String field;
  private final Optional<Pattern> foreign;
  private final AtomicBoolean warned = new AtomicBoolean();

  /// @param field names the name in messages, such as `voice_name`
  /// @param foreign the other server's own names; empty when they are to be refused
  public VoiceNames(Models models, String field, Optional<Pattern> foreign) {
    this.models = models;
    this.field = field;
    this.foreign = foreign;
  }

  /// Meaning of a name.
  ///
  /// @param modelId for [Models#acquire]; empty for the default model
  /// @param speaker name or number; empty for the voice's first
  public record Meaning(String modelId, Optional<String> speaker) {}

  /// Whether a name is that of an installed model, of its family, or an alias.
  ///
  /// @param id normalised
  boolean isInstalled(String id) {
    return ids(models.list()).contains(id);
  }

  private static Set<String> ids(List<ModelStatus> installed) {
    return installed.stream().flatMap(VoiceNames::names).collect(Collectors.toUnmodifiableSet());
  }

  /// Finds out what a client means.
  ///
  /// @param name empty for any voice of the language
  /// @param language BCP 47, of which the language is compared; empty for any
  /// @throws WorkerException `INVALID_FIELD` naming the voice or language and what is installed
  public Meaning resolve(String name, String language) {
    List<ModelStatus> installed = models.list();
    String id = ModelIds.normalise(name);
    if (id.isEmpty()) {
      return new Meaning(ofLanguage(installed, language), Optional.empty());
    }
    Set<String> ids = ids(installed);
    if (ids.contains(id)) {
      return new Meaning(id, Optional.empty());
    }
    for (int dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) {
      if (ids.contains(id.substring(0, dot))) {
        return new Meaning(id.substring(0, dot), speaker(name.strip().substring(dot + 1)));
      }
    }
    if (foreign.filter(names -> names.matcher(id).matches()).isEmpty()) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          field
              + ": "
              + ModelIds.notFound(
                  name, installed.stream().map(model -> model.voicepack().modelId()).toList()));
    }
    if (warned.compareAndSet(false, true)) {
      LOG.warn("{} names voices of another server; the default voice speaks for them", field);
    }
    return new Meaning(ofLanguage(installed, language), Optional.empty());
  }

  /// A model's id, its family's name, and its aliases.
  private static Stream<String> names(ModelStatus model) {
    String aliases = model.metadata().getOrDefault("aliases", "");
    return Stream.concat(
        Stream.of(model.voicepack().modelId(), model.voicepack().family()),
        Arrays.stream(aliases.split(", ", -1)).filter(alias -> !alias.isEmpty()));
  }

  private static Optional<String> speaker(String written) {
    return written.equalsIgnoreCase(ONLY_SPEAKER) ? Optional.empty() : Optional.of(written);
  }

  /// The default model if it speaks the language, else the first that does.
  private static String ofLanguage(List<ModelStatus> installed, String language) {
    String wanted = languageOf(language);
    boolean byDefault =
        wanted.isEmpty()
            || installed.stream()
                .filter(model -> model.metadata().containsKey("default"))
                .anyMatch(model -> speaks(model.voicepack(), wanted));
    if (byDefault) {
      return "";
    }
    return installed.stream()
        .map(ModelStatus::voicepack)
        .filter(voicepack -> speaks(voicepack, wanted))
        .map(Voicepack::modelId)
        .findFirst()
        .orElseThrow(() ->
            new WorkerException(
                ErrorCode.INVALID_FIELD,
                "no installed voice speaks the language "
                    + Printable.printable(language, MAX_SHOWN_CHARS)
                    + "; allowed: "
                    + installed.stream()
                        .flatMap(model -> model.voicepack().languages().stream())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "))));
  }

  private static boolean speaks(Voicepack voicepack, String language) {
    return voicepack.languages().stream().anyMatch(tag -> languageOf(tag).equals(language));
  }

  private static String languageOf(String tag) {
    return tag.strip().replace('_', '-').replaceFirst("-.*", "").toLowerCase(Locale.ROOT);
  }
}
