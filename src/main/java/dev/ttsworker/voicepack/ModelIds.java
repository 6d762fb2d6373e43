package dev.ttsworker.voicepack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The rules for model ids. An id is only ever compared with the ids of a scan, never made into a
/// path, so that none can leave the voicepack root.
public final class ModelIds {
  /// What a valid id looks like.
  public static final String RULE = "[a-z0-9][a-z0-9._-]{0,127}";

  private static final Pattern VALID = Pattern.compile(RULE);
  private static final int MAX_LENGTH = 128;
  private static final int MAX_MATCHES = 3;
  private static final int MAX_DISTANCE = 3;
  private static final int MAX_HINT_CHARS = 200;
  private static final int MAX_LISTED_CHARS = 500;

  private ModelIds() {}

  /// The id as it is compared: trimmed and in lower case.
  public static String normalise(String id) {
    return id.strip().toLowerCase(Locale.ROOT);
  }

  /// Whether a normalised id follows [#RULE].
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }

  /// The installed ids that `id` may be a misspelling of: at most 3, each at most 3 edits (insert,
  /// delete, replace) away, the nearest first.
  public static List<String> nearMatches(String id, Collection<String> installed) {
    String wanted = normalise(id);
    if (wanted.length() > MAX_LENGTH + MAX_DISTANCE) {
      return List.of();
    }
    record Match(String id, int distance) {}
    return installed.stream()
        .map(candidate -> new Match(candidate, distance(wanted, candidate)))
        .filter(match -> match.distance() <= MAX_DISTANCE)
        .sorted(Comparator.comparingInt(Match::distance).thenComparing(Match::id))
        .limit(MAX_MATCHES)
        .map(Match::id)
        .toList();
  }

  /// "Model not found: …; did you mean …; installed: …", in fewer than 1,000 characters whatever a
  /// client sent.
  public static String notFound(String id, Collection<String> installed) {
    String shown = Texts.printable(id, MAX_LENGTH);
    List<String> near = nearMatches(id, installed);
    String hint =
        near.isEmpty()
            ? ""
            : "; did you mean " + Texts.printable(String.join(", ", near), MAX_HINT_CHARS);
    return "Model not found: " + shown + hint + "; installed: " + listed(installed);
  }

  private static String listed(Collection<String> installed) {
    if (installed.isEmpty()) {
      return "none";
    }
    List<String> sorted = installed.stream().sorted().toList();
    List<String> shown = new ArrayList<>();
    int length = 0;
    for (String id : sorted) {
      length += id.length() + 2;
      if (length > MAX_LISTED_CHARS) {
        break;
      }
      shown.add(id);
    }
    int hidden = sorted.size() - shown.size();
    return String.join(", ", shown) + (hidden == 0 ? "" : " and " + hidden + " more");
  }

  /// Levenshtein distance, one row at a time.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
