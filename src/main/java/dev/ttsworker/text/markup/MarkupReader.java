package dev.ttsworker.text.markup;

import dev.ttsworker.text.Saying;
import dev.ttsworker.text.markup.MarkupPart.Pause;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes marks out of the streamed text of one call: `[word](/wɜːd/)`, `[[ wɜːd ]]`,
/// `[pause:500ms]`, and a part of SSML. What does not look exactly like a mark is text.
///
/// What it finds is the same however the text is cut into pieces. Text that may yet become a mark
/// is held back, a few hundred characters at most. Not thread-safe.
public final class MarkupReader {
  private static final String QUOTES = "<![CDATA[";
  private static final Pattern WORD =
      Pattern.compile("\\[(?<word>[^\\[\\]\\n]{1,80}+)\\]\\(/(?<ipa>[^/()\\n]{1,200}+)/\\)");
  private static final Pattern PHONEMES =
      Pattern.compile("\\[\\[(?<ipa>[^\\[\\]\\n]{1,200}+)\\]\\]");
  private static final Pattern PAUSE =
      Pattern.compile(
          "\\[pause:(?<time>[ ]?[\\d.]{1,10}+[ ]?m?s)[ ]?\\]", Pattern.CASE_INSENSITIVE);
  private static final Pattern DECLARATION =
      Pattern.compile(
          "<!DOCTYPE\\s[^\\[\\]>]{0,300}+(?:\\[[^\\]]{0,1000}+\\]\\s{0,20}+)?+>"
              + "|<\\?[a-zA-Z][^>?]{0,300}+\\?>");

  private final Consumer<String> warnings;
  private final StringBuilder held = new StringBuilder();
  private final Scan scan = new Scan(held);
  private final PartList parts = new PartList();
  private final SsmlReader ssml;
  private long offset;
  private int placedIndex;
  private int placed;
  private boolean first = true;

  /// @param hears told of marks that are ignored, without text of the author; of each kind once
  public MarkupReader(Consumer<String> hears) {
    Set<String> told = new HashSet<>();
    warnings =
        warning -> {
          if (told.add(warning)) {
            hears.accept(warning);
          }
        };
    ssml = new SsmlReader(parts, warnings);
  }

  /// Takes the next piece of the text, joined verbatim to what came before.
  ///
  /// @return what is certain now, in order
  public List<MarkupPart> accept(String piece) {
    held.append(piece);
    int end = held.length();
    boolean halved = end > 0 && Character.isHighSurrogate(held.charAt(end - 1));
    read(halved ? end - 1 : end, false);
    return parts.take();
  }

  /// Ends the text, or says that no more is to be waited for now.
  ///
  /// @return what was left, in order
  public List<MarkupPart> finish() {
    read(held.length(), true);
    parts.endWhole(offset);
    return parts.take();
  }

  /// @param last whether what may become a mark is text
  private void read(int end, boolean last) {
    int text = 0;
    int at = nextMark(0, end);
    while (at < end) {
      scan.begin();
      int markEnd = markEnd(at, end, text);
      if (scan.isUndecided() && !last) {
        break;
      }
      first &= markEnd > 0;
      text = Math.max(text, markEnd);
      at = nextMark(Math.max(at + 1, markEnd), end);
    }
    // A piece of text that ends with an end mark ends a sentence, which this is not.
    int safe = at < end ? lastBlank(text, at) : end;
    words(text, safe);
    offset = place(safe);
    placed = 0;
    placedIndex = 0;
    held.delete(0, safe);
  }

  private int nextMark(int from, int end) {
    for (int i = from; i < end; i++) {
      char c = held.charAt(i);
      if (c == '[' || c == '<' || (c == '&' && ssml.isSpeaking())) {
        return i;
      }
      first &= Character.isWhitespace(c);
    }
    return end;
  }

  private int lastBlank(int from, int before) {
    int at = before;
    while (at > from && !Character.isWhitespace(held.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /// Takes the mark at a place, after the text before it.
  ///
  /// @param text where the text before it begins
  /// @return index just past the mark; 0 when there is none
  private int markEnd(int at, int end, int text) {
    Optional<Mark> mark =
        switch (held.charAt(at)) {
          case '[' -> bracket(at, end);
          case '<' -> tag(at, end);
          default ->
              scan.find(Entities.PATTERN, at, end).map(found -> new Mark(found, this::entity));
        };
    if (mark.isEmpty()) {
      return 0;
    }
    words(text, at);
    MatchResult found = mark.get().found();
    mark.get().meaning().take(found, place(found.start()), place(found.end()));
    return found.end();
  }

  private record Mark(MatchResult found, Meaning meaning) {}

  /// What a mark does.
  @FunctionalInterface
  private interface Meaning {
    /// @param start offset of the mark
    /// @param end offset just past it
    void take(MatchResult found, long start, long end);
  }

  private Optional<Mark> bracket(int at, int end) {
    return scan.find(PHONEMES, at, end)
        .filter(found -> Ipa.of(found.group("ipa")).isPresent())
        .map(found -> new Mark(found, this::phonemes))
        .or(() ->
            scan.find(PAUSE, at, end)
                .filter(found -> SsmlValues.time(found.group("time").strip()).isPresent())
                .map(found -> new Mark(found, this::pause)))
        .or(() ->
            scan.find(WORD, at, end)
                .filter(found -> Ipa.of(found.group("ipa")).isPresent())
                .map(found -> new Mark(found, this::word)));
  }

  private Optional<Mark> tag(int at, int end) {
    Optional<Mark> tag =
        scan.find(Tag.PATTERN, at, end)
            .filter(found -> ssml.isMarkup(Tag.of(found), first))
            .map(found -> new Mark(found, this::tag));
    if (tag.isPresent() || !(ssml.isSpeaking() || first)) {
      return tag;
    }
    return scan.enclosed("<!--", "-->", at, end)
        .map(found -> new Mark(found, (_, _, _) -> {}))
        .or(() -> scan.enclosed(QUOTES, "]]>", at, end).map(found -> new Mark(found, this::quoted)))
        .or(() ->
            scan.find(DECLARATION, at, end)
                .map(found ->
                    new Mark(
                        found, (_, _, _) -> warnings.accept("Declarations of XML are ignored"))));
  }

  private void tag(MatchResult found, long start, long end) {
    boolean spoke = ssml.isSpeaking();
    ssml.read(Tag.of(found), start, end);
    first |= spoke && !ssml.isSpeaking();
  }

  private void phonemes(MatchResult found, long start, long end) {
    Ipa.of(found.group("ipa")).ifPresent(ipa -> parts.add(PartList.standIn(ipa, start, end)));
    first = false;
  }

  private void word(MatchResult found, long start, long end) {
    Ipa.of(found.group("ipa"))
        .ifPresent(ipa ->
            parts.add(
                new MarkupPart.Words(
                    found.group("word"), start, end, Optional.of(new Saying.Ipa(ipa, "")))));
    first = false;
  }

  private void pause(MatchResult found, long start, long end) {
    SsmlValues.time(found.group("time").strip()).map(Pause::new).ifPresent(parts::add);
    first = false;
  }

  private void entity(MatchResult found, long start, long end) {
    String value = Entities.value(found);
    if (value.isEmpty()) {
      warnings.accept("An entity that XML does not have is ignored");
    } else {
      addWords(value, start, end);
    }
  }

  private void quoted(MatchResult found, long start, long end) {
    String all = found.group();
    String text = all.substring(QUOTES.length(), all.length() - "]]>".length());
    long from = start + QUOTES.length();
    if (!text.isEmpty()) {
      addWords(text, from, from + text.codePointCount(0, text.length()));
    }
  }

  private void words(int from, int to) {
    if (to <= from) {
      return;
    }
    String text = held.substring(from, to);
    // In XML the end of a line is a blank like any other.
    String plain = ssml.isSpeaking() ? text.replaceAll("[\\n\\r\\t]", " ") : text;
    addWords(plain, place(from), place(to));
  }

  private void addWords(String text, long start, long end) {
    if (!parts.words(text, start, end)) {
      warnings.accept("An SSML element with more than 300 characters is read as any other text");
    }
  }

  /// Offset of a char that is held; indices never fall between two pieces of text.
  private long place(int index) {
    placed += held.codePointCount(placedIndex, index);
    placedIndex = index;
    return offset + placed;
  }

  /// Whether text is held back.
  public boolean holdsText() {
    return !held.isEmpty() || parts.isInWhole();
  }
}
