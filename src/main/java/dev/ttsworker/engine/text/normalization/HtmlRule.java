package dev.ttsworker.engine.text.normalization;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text normalization of HTML as language models write it: drops tags, `<b>`, `<br>`, and
/// verbalizes entities, `&amp;`. Text that only resembles a tag is unchanged.
public final class HtmlRule implements Rule {
  private static final BoundedPattern TAG =
      BoundedPattern.of("</?(?<name>[A-Za-z]{1,10}+[1-6]?+)(?:\\s[^<>]{0,150}+|/)?+>");
  private static final BoundedPattern ENTITY = BoundedPattern.of("&(?<name>#?[A-Za-z0-9]{1,8}+);");
  private static final BoundedPattern WORD =
      BoundedPattern.of(
          "[\\p{L}\\p{N}]{1,20}+(?:&(?:#39|#x27|#8217|apos|rsquo|amp);[\\p{L}\\p{N}]{1,10}+){1,2}+");
  private static final Pattern ENTITIES = Pattern.compile("&(#?[A-Za-z0-9]{1,8});");
  private static final Set<String> INLINE =
      Set.of(
          ("b i em strong u s span a code sup sub small big mark del ins q font kbd tt abbr cite var"
                  + " samp strike img label")
              .split(" ", -1));
  private static final Set<String> BLOCKS =
      Set.of(
          ("p br div li ul ol table tr td th thead tbody hr pre center blockquote h1 h2 h3 h4 h5 h6"
                  + " section article header footer dl dt dd")
              .split(" ", -1));
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("apos", "'"),
          Map.entry("#39", "'"),
          Map.entry("#x27", "'"),
          Map.entry("rsquo", "’"),
          Map.entry("#8217", "’"));

  /// Verbalization of an entity that stands alone.
  private static final Map<String, String> VERBALIZATIONS =
      Map.ofEntries(
          Map.entry("amp", "and"),
          Map.entry("lt", "is less than"),
          Map.entry("gt", "is greater than"),
          Map.entry("nbsp", " "),
          Map.entry("mdash", "—"),
          Map.entry("ndash", "—"),
          Map.entry("hellip", "..."),
          Map.entry("copy", "copyright"),
          Map.entry("deg", "degrees"),
          Map.entry("times", "times"),
          Map.entry("plusmn", "plus or minus"),
          Map.entry("euro", "euros"),
          Map.entry("pound", "pounds"),
          Map.entry("percnt", "percent"));

  /// Entities of signs that other languages have words for.
  private static final Map<String, String> SIGNS_OF_ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("times", "×"),
          Map.entry("plusmn", "±"),
          Map.entry("euro", "€"),
          Map.entry("percnt", "%"));

  private static final Set<String> DROPPED =
      Set.of(
          "quot", "apos", "ldquo", "rdquo", "lsquo", "rsquo", "#39", "#34", "reg", "trade", "shy",
          "bull", "middot", "laquo", "raquo");

  private final Map<String, String> names;
  private final Map<String, String> verbalizations;

  HtmlRule() {
    this(Tables.read("acronyms.txt").section("names"), VERBALIZATIONS);
  }

  private HtmlRule(Map<String, String> names, Map<String, String> verbalizations) {
    this.names = names;
    this.verbalizations = verbalizations;
  }

  /// The rule of another language.
  ///
  /// @param symbols the words of signs, of `&` among them
  public static HtmlRule of(Map<String, String> symbols) {
    Map<String, String> words = new HashMap<>();
    for (String name : List.of("nbsp", "mdash", "ndash", "hellip")) {
      words.put(name, Objects.requireNonNull(VERBALIZATIONS.get(name)));
    }
    SIGNS_OF_ENTITIES.forEach((name, sign) -> {
      if (symbols.containsKey(sign)) {
        words.put(name, symbols.getOrDefault(sign, ""));
      }
    });
    return new HtmlRule(Map.of(), words);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (c == '<') {
      return TAG.at(text, at).flatMap(m -> tag(text, at, m));
    }
    if (c == '&') {
      return ENTITY.at(text, at).flatMap(this::entity);
    }
    return Character.isLetterOrDigit(c) && text.isWordStart(at)
        ? WORD.at(text, at).map(this::word)
        : Optional.empty();
  }

  private static Optional<Verbalization> tag(Cursor text, int at, MatchResult match) {
    String name = match.group("name").toLowerCase(Locale.ROOT);
    if (INLINE.contains(name)) {
      return Optional.of(Verbalization.dropped(match.end()));
    }
    if (!BLOCKS.contains(name)) {
      return Optional.empty();
    }
    boolean word = Character.isLetterOrDigit(text.peek(at - 1));
    boolean last = text.isLastWordEnd(match.end()) || text.peek(match.end()) == '\n';
    return Optional.of(
        word && !last
            ? Verbalization.joined(match.end(), ",")
            : Verbalization.of(match.end(), " "));
  }

  private Optional<Verbalization> entity(MatchResult match) {
    String name = match.group("name");
    if (DROPPED.contains(name)) {
      return Optional.of(Verbalization.dropped(match.end()));
    }
    return Optional.ofNullable(verbalizations.get(name))
        .map(words -> Verbalization.of(match.end(), words));
  }

  private Verbalization word(MatchResult match) {
    Matcher entities = ENTITIES.matcher(match.group());
    String decoded =
        entities.replaceAll(
            found -> Matcher.quoteReplacement(SIGNS.getOrDefault(found.group(1), found.group())));
    String and = " " + verbalizations.getOrDefault("amp", "&") + " ";
    return Verbalization.of(match.end(), names.getOrDefault(decoded, decoded.replace("&", and)));
  }
}
