package dev.ttsworker.cli;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import dev.ttsworker.voicepack.catalogue.CollectionVoice;
import dev.ttsworker.voicepack.catalogue.CommercialUse;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// List of the collection's voices, for people.
///
/// @param installed model ids
record RemoteVoices(PiperCollection collection, Set<String> installed) {
  private static final double MEGABYTE = 1_000_000;
  private static final int MAX_SHOWN_CHARS = 40;

  /// A line for each voice, by name.
  ///
  /// @param language as in [dev.ttsworker.voicepack.catalogue.CollectionLanguage#isMeantBy]; empty
  ///   for all
  /// @param quality empty for all
  /// @throws WorkerException `INVALID_FIELD` when there is no voice of this language and quality
  List<String> lines(String language, String quality) {
    List<CollectionVoice> chosen =
        collection.voices().stream()
            .filter(voice -> language.isEmpty() || voice.language().isMeantBy(language))
            .filter(voice -> quality.isEmpty() || voice.quality().equals(quality))
            .toList();
    if (chosen.isEmpty()) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "no voice of the collection for language %s and quality %s; languages: %s; qualities: %s"
              .formatted(
                  shown(language),
                  shown(quality),
                  collection.voices().stream()
                      .map(voice -> voice.language().code())
                      .distinct()
                      .collect(Collectors.joining(", ")),
                  collection.voices().stream()
                      .map(CollectionVoice::quality)
                      .distinct()
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    return chosen.stream().map(this::line).toList();
  }

  private static String shown(String asked) {
    return asked.isEmpty() ? "any" : Printable.printable(asked, MAX_SHOWN_CHARS);
  }

  private String line(CollectionVoice voice) {
    CatalogueEntry entry = collection.entry(voice);
    List<String> remarks = new ArrayList<>();
    if (entry.commercialUse() == CommercialUse.NO) {
      remarks.add("NO COMMERCIAL USE");
    }
    if (!collection.unreadable(voice).isEmpty()) {
      remarks.add("CANNOT BE READ HERE: " + collection.unreadable(voice));
    }
    return "%-36s %-9s %-34s %6.1f MB %8s  %s%s"
        .formatted(
            voice.key(),
            installed.contains(voice.id()) ? "installed" : "available",
            voice.language(),
            entry.sizeBytes() / MEGABYTE,
            voice.speakers() == 1 ? "" : voice.speakers() + " spk.",
            entry.licence(),
            remarks.isEmpty() ? "" : "; " + String.join("; ", remarks));
  }

  /// How many there are, and how old the index is.
  String summary(int shown, LocalDate today) {
    return "%d of %d voices. Index: %s, of %s (%d days old); `voices refresh` reads the present one."
        .formatted(
            shown,
            collection.voices().size(),
            collection.origin(),
            collection.asOf(),
            Math.max(0, ChronoUnit.DAYS.between(collection.asOf(), today)));
  }
}
