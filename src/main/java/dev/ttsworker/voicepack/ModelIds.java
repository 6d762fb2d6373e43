package dev.ttsworker.voicepack;

import dev.ttsworker.error.EditDistance;
import dev.ttsworker.yaml.Redaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Model id rules. An id is only ever compared with the ids of a scan, never made into a path, so
/// that none can leave the voicepack root.
public final class ModelIds {
  /// What a valid id looks like.
  public static final String RULE = "[a-z0-9][a-z0-9._-]{0,127}";

  /// [#RULE] in words.
  public static final String ALLOWED =
      "1 to 128 of a-z, 0-9, '.', '_' and '-', the first a letter or digit, in any case";

  private static final Pattern VALID = Pattern.compile(RULE);
  private static final int MAX_LENGTH = 128;
  private static final int MAX_MATCHES = 3;
  private static final int MAX_DISTANCE = 3;
  private static final int MAX_HINT_CHARS = 200;
  private static final int MAX_LISTED_CHARS = 400;

  private ModelIds() {}

  /// The id as it is compared: without spaces around it, A to Z in lower case. Other white space is
  /// no part of an id anywhere, and letters beyond ASCII stay as they are: the lower case of some,
  /// such as the Kelvin sign, is ASCII.
  public static String normalise(String id) {
    StringBuilder lower = new StringBuilder(withoutSpaces(id));
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lower.toString();
  }

  private static String withoutSpaces(String id) {
    int start = 0;
    int end = id.length();
    while (start < end && id.charAt(start) == ' ') {
      start++;
    }
    while (end > start && id.charAt(end - 1) == ' ') {
      end--;
    }
    return id.substring(start, end);
  }

  /// Whether a normalised id follows [#RULE].
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }

  /// What is wrong with a text that cannot be an id, whatever is installed: field, value with all
  /// that is unusual escaped, and what is allowed. Empty when it could be an id.
  ///
  /// @param field as its writer knows it, such as `model_id`
  public static Optional<String> malformed(String field, String id) {
    return isValid(normalise(id))
        ? Optional.empty()
        : Optional.of(field + " " + Redaction.ascii(id) + " is not allowed; allowed: " + ALLOWED);
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
        .map(candidate -> new Match(candidate, EditDistance.between(wanted, candidate)))
        .filter(match -> match.distance() <= MAX_DISTANCE)
        .sorted(Comparator.comparingInt(Match::distance).thenComparing(Match::id))
        .limit(MAX_MATCHES)
        .map(Match::id)
        .toList();
  }

  /// "Model not found: …; did you mean …; installed: …", in fewer than 1,000 characters whatever a
  /// client sent.
  public static String notFound(String id, Collection<String> installed) {
    List<String> near = nearMatches(id, installed);
    String hint =
        near.isEmpty()
            ? ""
            : "; did you mean " + Printable.printable(String.join(", ", near), MAX_HINT_CHARS);
    return "Model not found: "
        + malformed("model_id", id).orElse(withoutSpaces(id))
        + hint
        + "; installed: "
        + listed(installed);
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
}
