package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.ModelIds;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Voice of the public collection of Piper voices. Its files' places follow from its name.
///
/// @param key its usual name, such as `en_GB-cori-medium`
/// @param speakers how many, at least 1
/// @param otherNames what it was called before, and the like
/// @param speakerNames in the order of their numbers; empty where they are many or none
public record CollectionVoice(
    String key,
    CollectionLanguage language,
    int speakers,
    Checksum model,
    Checksum config,
    Checksum card,
    List<String> otherNames,
    List<String> speakerNames) {
  /// What a usual name looks like.
  static final Pattern KEY =
      Pattern.compile(
          "([a-z]{2,3}_(?:[A-Z]{2}|[0-9]{3}))-([\\p{L}\\p{N}_]{1,60})-(x_low|low|medium|high)");

  private static final String NOT_COMMERCIAL = "Its licence forbids commercial use.";
  private static final String FAMILY = "piper-";
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

  /// @throws IllegalArgumentException when the key is no usual name in this language, or gives no
  ///   model id
  public CollectionVoice {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches() || !parts.group(1).equals(language.code())) {
      throw new IllegalArgumentException("key " + key + " in language " + language.code());
    }
    if (!ModelIds.isValid(idOf(key))) {
      throw new IllegalArgumentException("key " + key + " gives no model id");
    }
    otherNames = List.copyOf(otherNames);
    speakerNames = List.copyOf(speakerNames);
  }

  /// The model id of a usual name: `en_GB-cori-medium` is `piper-en-gb-cori-medium`. Accents are
  /// left out.
  static String idOf(String key) {
    return FAMILY + ModelIds.normalise(plain(key)).replaceFirst("_", "-");
  }

  /// Without accents, which neither ids nor names of files have.
  public static String plain(String name) {
    return ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
  }

  public String id() {
    return idOf(key);
  }

  /// The voice's own name, such as `cori`.
  public String name() {
    return name(key);
  }

  private static String name(String key) {
    return key.substring(key.indexOf('-') + 1, key.lastIndexOf('-'));
  }

  /// One of `x_low`, `low`, `medium`, `high`.
  public String quality() {
    return quality(key);
  }

  private static String quality(String key) {
    return key.substring(key.lastIndexOf('-') + 1);
  }

  /// What its licence is looked up by: the voices of one data set, whatever their quality.
  String dataSet() {
    return key.substring(0, key.lastIndexOf('-'));
  }

  /// Its folder in the collection, ending in `/`.
  static String folder(String key, CollectionLanguage language) {
    return "%s/%s/%s/%s/".formatted(language.family(), language.code(), name(key), quality(key));
  }

  long sizeBytes() {
    return model.size() + config.size() + card.size();
  }

  /// How it is installed: first the small files, which show whether this worker can read it, then
  /// the model.
  ///
  /// @param collection address of the collection, ending in `/`
  CatalogueVoice inCatalogue(URI collection, CollectionNotes notes) {
    String modelName = plain(key) + ".onnx";
    String configName = modelName + ".json";
    VoiceSource source =
        new VoiceSource.Web(
            collection.resolve(encoded(folder(key, language))),
            Map.of(modelName, encoded(key + ".onnx"), configName, encoded(key + ".onnx.json")),
            Map.of());
    return new CatalogueVoice(
        entry(notes),
        List.of(
            new CataloguePart(
                Map.of(configName, Optional.of(config), CatalogueVoice.CARD, Optional.of(card)),
                List.of(source)),
            new CataloguePart(Map.of(modelName, Optional.of(model)), List.of(source))),
        List.of());
  }

  CatalogueEntry entry(CollectionNotes notes) {
    CollectionNotes.Note note = notes.of(dataSet());
    String description =
        "%s: %s, %s, quality %s"
            .formatted(
                name(),
                language,
                speakers == 1 ? "one speaker" : speakers + " speakers",
                quality());
    return new CatalogueEntry(
        id(),
        description,
        note.licence(),
        note.commercialUse() == CommercialUse.NO
            ? (NOT_COMMERCIAL + " " + note.text()).strip()
            : note.text(),
        note.commercialUse(),
        List.of(language.tag(), language.family()),
        sizeBytes());
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("path " + path, e);
    }
  }
}
