package dev.ttsworker.engine.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Abbreviation list, shared by sentence segmentation and text normalization. Entries are without
/// their last full stop.
public final class Abbreviations {
  /// Position of an abbreviation: determines what may follow its full stop within a sentence. The
  /// resource file explains each.
  public enum Place {
    NEVER_LAST("[never last]"),
    OTHER_LANGUAGES("[never last, other languages]"),
    MAY_BE_LAST("[may be last]"),
    TIME("[times]"),
    MONTH("[months]"),
    DAY("[days]"),
    BEFORE_NAME("[before a name]"),
    AFTER_COMPANY("[after a company]"),
    AFTER_PERSON("[after a person]"),
    AFTER_STREET("[after a street]"),
    BEFORE_NUMBER("[before a number]"),
    AFTER_NUMBER("[after a number]"),
    WITHOUT_STOP("[also without a stop]"),
    ALSO_WORD("[also words]");

    private final String heading;

    Place(String heading) {
      this.heading = heading;
    }
  }

  private static final String RESOURCE = "abbreviations.txt";
  private static final Map<Place, Map<String, String>> ENTRIES = load();

  private Abbreviations() {}

  /// All entries of a position: written form to expansion; the expansion is empty where only
  /// segmentation uses the entry.
  public static Map<String, String> at(Place place) {
    return ENTRIES.getOrDefault(place, Map.of());
  }

  /// Whether the position has this entry, with its capitals.
  public static boolean has(Place place, String written) {
    return find(place, written).isPresent();
  }

  /// The expansion at that position; with a capital where the abbreviation is written with one.
  public static Optional<String> expansion(Place place, String written) {
    return find(place, written)
        .map(key -> {
          String said = at(place).getOrDefault(key, "");
          boolean varied = !key.equals(written) && isCapital(written) && !said.isEmpty();
          return varied ? capitalized(said) : said;
        })
        .filter(said -> !said.isEmpty());
  }

  private static Optional<String> find(Place place, String written) {
    Map<String, String> entries = at(place);
    if (written.isEmpty() || entries.containsKey(written)) {
      return Optional.of(written).filter(word -> !word.isEmpty());
    }
    String small = written.toLowerCase(Locale.ROOT);
    if (written.indexOf('.') > 0) {
      return entries.keySet().stream().filter(small::equalsIgnoreCase).findFirst();
    }
    if (!isCapital(written) || written.length() == 1) {
      return Optional.empty();
    }
    String rest = written.substring(1);
    boolean capitals = rest.equals(rest.toUpperCase(Locale.ROOT));
    if (entries.containsKey(small) && (capitals || rest.equals(small.substring(1)))) {
      return Optional.of(small);
    }
    String title = capitalized(small);
    return Optional.of(title)
        .filter(word -> capitals && !rest.isEmpty() && entries.containsKey(word));
  }

  private static boolean isCapital(String word) {
    return Character.isUpperCase(word.charAt(0));
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static Map<Place, Map<String, String>> load() {
    Map<Place, Map<String, String>> entries = new EnumMap<>(Place.class);
    Sections.read(RESOURCE)
        .forEach((heading, lines) -> {
          Map<String, String> section = new LinkedHashMap<>();
          lines.forEach(line -> add(line, section));
          entries.put(placeOf(heading), Collections.unmodifiableMap(section));
        });
    return entries;
  }

  private static void add(String line, Map<String, String> section) {
    int equals = line.indexOf(" = ");
    if (equals > 0) {
      section.put(line.substring(0, equals).strip(), line.substring(equals + 3).strip());
    } else {
      for (String word : line.split("\\s+", -1)) {
        section.put(word, "");
      }
    }
  }

  private static Place placeOf(String heading) {
    return Arrays.stream(Place.values())
        .filter(place -> place.heading.equals(heading))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(RESOURCE + " has an unknown heading " + heading));
  }
}
