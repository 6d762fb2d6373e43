package dev.ttsworker.engine.text.normalization;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/// Text normalization of URLs and e-mail addresses (semiotic class electronic):
/// `https://www.example.com/docs`, `example.co.uk`, `a.b@c.org`. The scheme, query and fragment are
/// dropped.
final class WebRule implements Rule {
  private static final String LABELS = "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,62}+)\\.){1,6}";
  private static final String PATH = "(?<path>/[^\\s<>\"'“”’()\\[\\]{}*?#`]{0,150}+)?+";
  private static final String QUERY =
      "(?<query>[?#](?=[\\p{L}\\p{N}_!/=])[^\\s<>\"“”()\\[\\]{}`]{0,150}+)?+";
  private static final BoundedPattern WITH_SCHEME =
      BoundedPattern.of(
          "(?i:https?|ftps?|wss?|redis|grpc)://(?<host>[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,100}+)(?::(?<port>\\d{1,5}+))?+"
              + PATH
              + QUERY);
  private static final BoundedPattern EMAIL =
      BoundedPattern.of(
          "(?:mailto:)?(?<user>[\\p{L}\\p{N}][\\p{L}\\p{N}._%+-]{0,63}+)@(?<host>"
              + LABELS
              + "\\p{L}{2,15})(?![\\p{L}\\p{N}_-])");

  private final Letters letters;
  private final NumberWords numbers;
  private final Map<String, String> ends;
  private final BoundedPattern bare;

  WebRule(English english) {
    letters = english.letters();
    numbers = english.numbers();
    Tables tables = Tables.read("web.txt");
    ends = tables.section("ends");
    Set<String> names = new HashSet<>(ends.keySet());
    tables.words("ends with a capital").forEach(name -> names.addAll(variants(name)));
    bare =
        BoundedPattern.of(
            "(?<host>localhost(?=:\\d)|"
                + LABELS
                + BoundedPatterns.anyOf(names)
                + ")(?::(?<port>\\d{1,5}+))?+(?![\\p{L}\\p{N}_@]|-(?!\\p{L})|\\.[\\p{L}\\p{N}])"
                + PATH
                + QUERY);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isLetterOrDigit(text.peek(at))) {
      return Optional.empty();
    }
    return EMAIL
        .at(text, at)
        .map(this::email)
        .or(() -> WITH_SCHEME.at(text, at).map(this::address))
        .or(() -> bare.at(text, at).map(this::address));
  }

  private static List<String> variants(String name) {
    return List.of(
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        name.toUpperCase(Locale.ROOT));
  }

  private Verbalization email(MatchResult match) {
    return Verbalization.of(
        match.end(), letters.name(match.group("user")) + " at " + host(match.group("host")));
  }

  private Verbalization address(MatchResult match) {
    String path = match.group("path");
    String query = match.group("query");
    String host = match.group("host");
    int unsaid = trailing(query == null ? path == null ? host : path : query);
    int end = match.end() - unsaid;
    StringBuilder words =
        new StringBuilder(host(query == null && path == null ? cut(host, unsaid) : host));
    String port = match.group("port");
    if (port != null) {
      words.append(" port ").append(numbers.digits(port));
    }
    if (path != null) {
      String said = query == null ? cut(path, unsaid) : path;
      String spoken =
          letters.name(said.endsWith("/") ? said.substring(0, said.length() - 1) : said);
      words.append(spoken.isEmpty() ? "" : " ").append(spoken);
    }
    return Verbalization.of(end, words.toString());
  }

  private static String cut(String text, int length) {
    return text.substring(0, text.length() - length);
  }

  /// Characters at the end that are the sentence's punctuation.
  private static int trailing(String text) {
    int end = text.length();
    while (end > 1 && ".,;:!?_~…".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.length() - end;
  }

  private String host(String host) {
    StringJoiner words = new StringJoiner(" dot ");
    String[] labels = host.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      String small = labels[i].toLowerCase(Locale.ROOT);
      boolean last = i > 0 && ends.containsKey(small);
      words.add(last ? ends.getOrDefault(small, "") : letters.name(labels[i]));
    }
    return words.toString();
  }
}
