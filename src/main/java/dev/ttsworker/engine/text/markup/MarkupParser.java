package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.Ipa;
import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.markup.MarkupPart.Pause;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Markup parser of the streamed text of one call: `[word](/wɜːd/)`, `[[ wɜːd ]]`, `[pause:500ms]`,
/// and a subset of SSML. Whatever does not match exactly is text.
///
/// The result does not depend on how the text is split into chunks. Text that may become markup is
/// buffered, at most [MarkupCandidate#LONGEST] chars; each of its characters is read once. Not
/// thread-safe.
public final class MarkupParser {
  private static final String CDATA_START = "<![CDATA[";
  private static final String PAUSE = "[pause:";

  private final Consumer<String> warnings;
  private final Function<MarkupKind, MarkupPattern> patterns;
  private final StringBuilder held = new StringBuilder();
  private final EventBuffer parts = new EventBuffer();
  private final SsmlParser ssml;
  private long offset;
  private int placedIndex;
  private int placed;
  private boolean first = true;
  private final Map<MarkupKind, Long> unclosed = new EnumMap<>(MarkupKind.class);
  private Optional<MarkupCandidate> candidate = Optional.empty();
  private long passed;

  /// @param listener receives a message for ignored markup, without the author's text; each kind of
  ///   message once
  public MarkupParser(Consumer<String> listener) {
    this(listener, MarkupPatterns::begin);
  }

  /// @param patterns makes a new pattern of a kind
  MarkupParser(Consumer<String> listener, Function<MarkupKind, MarkupPattern> patterns) {
    this.patterns = patterns;
    Set<String> reported = new HashSet<>();
    warnings =
        warning -> {
          if (reported.add(warning)) {
            listener.accept(warning);
          }
        };
    ssml = new SsmlParser(parts, warnings);
  }

  /// Appends a text chunk, joined verbatim to the text before it.
  ///
  /// @return the parts that are certain now, in order
  public List<MarkupPart> appendText(String chunk) {
    held.append(chunk);
    int end = held.length();
    boolean halved = end > 0 && Character.isHighSurrogate(held.charAt(end - 1));
    read(halved ? end - 1 : end, false);
    return parts.drain();
  }

  /// Ends the text, or treats incomplete markup as text.
  ///
  /// @return the remaining parts, in order
  public List<MarkupPart> finish() {
    read(held.length(), true);
    parts.endOverride(offset);
    return parts.drain();
  }

  /// @param last whether incomplete markup is text
  private void read(int end, boolean last) {
    int text = 0;
    int at = candidate.isPresent() ? 0 : nextMark(0, end);
    while (at < end) {
      MarkupCandidate here = candidate.isPresent() ? candidate.get() : candidate(at);
      candidate = Optional.empty();
      int markEnd = markEnd(here, at, end, text);
      if (markEnd == 0 && here.isOpen() && !last) {
        candidate = Optional.of(here);
        break;
      }
      first &= markEnd > 0;
      text = Math.max(text, markEnd);
      at = nextMark(Math.max(at + 1, markEnd), end);
    }
    words(text, at);
    offset = place(at);
    placed = 0;
    placedIndex = 0;
    held.delete(0, at);
    passed += at;
  }

  private MarkupCandidate candidate(int at) {
    return new MarkupCandidate(passed + at, kinds(held.charAt(at)), patterns, unclosed);
  }

  private int nextMark(int from, int end) {
    for (int i = from; i < end; i++) {
      char c = held.charAt(i);
      if (c == '[' || c == '<' || (c == '&' && ssml.isInSpeak())) {
        return i;
      }
      first &= Character.isWhitespace(c);
    }
    return end;
  }

  private List<MarkupKind> kinds(char begin) {
    return switch (begin) {
      case '[' -> MarkupKind.BRACKETS;
      case '<' -> ssml.isInSpeak() || first ? MarkupKind.XML : List.of(MarkupKind.TAG);
      default -> List.of(MarkupKind.ENTITY);
    };
  }

  /// Parses markup at an index, after the text before it.
  ///
  /// @param here its candidate
  /// @param text start of the text before it
  /// @return index just past the markup; 0 when there is none, or none yet
  private int markEnd(MarkupCandidate here, int at, int end, int text) {
    while (here.isOpen() && at + here.length() < end) {
      Optional<MarkupKind> kind = here.next(held.codePointAt(at + here.length()));
      int markEnd = at + here.length();
      Optional<Meaning> meaning =
          kind.flatMap(found -> meaning(found, held.substring(at, markEnd)));
      if (meaning.isPresent()) {
        words(text, at);
        meaning.get().take(place(at), place(markEnd));
        return markEnd;
      }
    }
    return 0;
  }

  /// Action of a match.
  @FunctionalInterface
  private interface Meaning {
    /// @param start offset of the markup
    /// @param end offset just past it
    void take(long start, long end);
  }

  /// The action of a match; empty when it is text.
  private Optional<Meaning> meaning(MarkupKind kind, String mark) {
    return switch (kind) {
      case PHONEMES ->
          Ipa.of(inner(mark, 2, 2)).map(ipa -> (start, end) -> phonemes(ipa, start, end));
      case PAUSE ->
          SsmlValues.time(inner(mark, PAUSE.length(), 1).strip())
              .map(length -> (_, _) -> pause(length));
      case WORD -> {
        int close = mark.indexOf(']');
        String word = mark.substring(1, close);
        yield Ipa.of(inner(mark, close + "](/".length(), 2))
            .map(ipa -> (start, end) -> word(word, ipa, start, end));
      }
      case TAG ->
          Optional.of(Tag.of(mark))
              .filter(tag -> ssml.isMarkup(tag, first))
              .map(tag -> (start, end) -> tag(tag, start, end));
      case COMMENT -> Optional.of((_, _) -> {});
      case CDATA ->
          Optional.of((start, _) ->
              cdata(inner(mark, CDATA_START.length(), 3), start + CDATA_START.length()));
      case DOCTYPE, DOCTYPE_WITH_DECLARATIONS, INSTRUCTION ->
          Optional.of((_, _) -> warnings.accept("Declarations of XML are ignored"));
      case ENTITY ->
          Optional.of(mark)
              .filter(Entities::isEntity)
              .map(entity -> (start, end) -> entity(entity, start, end));
    };
  }

  private static String inner(String mark, int before, int after) {
    return mark.substring(before, mark.length() - after);
  }

  private void tag(Tag tag, long start, long end) {
    boolean spoke = ssml.isInSpeak();
    ssml.read(tag, start, end);
    first |= spoke && !ssml.isInSpeak();
  }

  private void phonemes(String ipa, long start, long end) {
    parts.add(EventBuffer.standIn(ipa, start, end));
    first = false;
  }

  private void word(String word, String ipa, long start, long end) {
    parts.add(
        Speakable.isBlank(word)
            ? EventBuffer.standIn(ipa, start, end)
            : new MarkupPart.Words(
                word, start, end, Optional.of(new PronunciationOverride.Ipa(ipa, ""))));
    first = false;
  }

  private void pause(Duration length) {
    parts.add(new Pause(length));
    first = false;
  }

  private void entity(String entity, long start, long end) {
    String value = Entities.resolve(entity);
    if (value.isEmpty()) {
      warnings.accept("An entity that XML does not have is ignored");
    } else {
      addWords(value, start, end);
    }
  }

  private void cdata(String text, long start) {
    if (!text.isEmpty()) {
      addWords(text, start, start + text.codePointCount(0, text.length()));
    }
  }

  private void words(int from, int to) {
    if (to <= from) {
      return;
    }
    String text = held.substring(from, to);
    // In XML a line end is white space like any other.
    String plain = ssml.isInSpeak() ? text.replaceAll("[\\n\\r\\t]", " ") : text;
    addWords(plain, place(from), place(to));
  }

  private void addWords(String text, long start, long end) {
    if (!parts.addText(text, start, end)) {
      warnings.accept("An SSML element with more than 300 characters is read as any other text");
    }
  }

  /// Offset of a buffered char; indices never fall between two chunks.
  private long place(int index) {
    placed += held.codePointCount(placedIndex, index);
    placedIndex = index;
    return offset + placed;
  }

  /// Whether text is buffered.
  public boolean holdsText() {
    return !held.isEmpty() || parts.isInOverride();
  }
}
