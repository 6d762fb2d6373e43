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

/// Takes marks out of the streamed text of one call: `[word](/wɜːd/)`, `[[ wɜːd ]]`,
/// `[pause:500ms]`, and a part of SSML. What does not look exactly like a mark is text.
///
/// What it finds is the same however the text is cut into pieces. Text that may yet become a mark
/// is held back, [Candidate#LONGEST] chars at most; each of its characters is looked at once. Not
/// thread-safe.
public final class MarkupParser {
  private static final String QUOTES = "<![CDATA[";
  private static final String PAUSE = "[pause:";

  private final Consumer<String> warnings;
  private final StringBuilder held = new StringBuilder();
  private final EventBuffer parts = new EventBuffer();
  private final SsmlParser ssml;
  private long offset;
  private int placedIndex;
  private int placed;
  private boolean first = true;
  private final Map<MarkKind, Long> unclosed = new EnumMap<>(MarkKind.class);
  private Optional<Candidate> candidate = Optional.empty();
  private long passed;
  private long looks;

  /// @param hears told of marks that are ignored, without text of the author; of each kind once
  public MarkupParser(Consumer<String> hears) {
    Set<String> told = new HashSet<>();
    warnings =
        warning -> {
          if (told.add(warning)) {
            hears.accept(warning);
          }
        };
    ssml = new SsmlParser(parts, warnings);
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
    int at = candidate.isPresent() ? 0 : nextMark(0, end);
    while (at < end) {
      Candidate here = candidate.isPresent() ? candidate.get() : candidate(at);
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

  private Candidate candidate(int at) {
    return new Candidate(passed + at, kinds(held.charAt(at)), unclosed);
  }

  private int nextMark(int from, int end) {
    for (int i = from; i < end; i++) {
      looks++;
      char c = held.charAt(i);
      if (c == '[' || c == '<' || (c == '&' && ssml.isSpeaking())) {
        return i;
      }
      first &= Character.isWhitespace(c);
    }
    return end;
  }

  private List<MarkKind> kinds(char begin) {
    return switch (begin) {
      case '[' -> MarkKind.BRACKETS;
      case '<' -> ssml.isSpeaking() || first ? MarkKind.XML : List.of(MarkKind.TAG);
      default -> List.of(MarkKind.ENTITY);
    };
  }

  /// Takes the mark at a place, after the text before it.
  ///
  /// @param here what was seen of it so far
  /// @param text where the text before it begins
  /// @return index just past the mark; 0 when there is none, or none yet
  private int markEnd(Candidate here, int at, int end, int text) {
    while (here.isOpen() && at + here.length() < end) {
      looks++;
      Optional<MarkKind> kind = here.next(held.codePointAt(at + here.length()));
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

  /// What a mark does.
  @FunctionalInterface
  private interface Meaning {
    /// @param start offset of the mark
    /// @param end offset just past it
    void take(long start, long end);
  }

  /// What something that is written as a mark means; nothing when it is text.
  private Optional<Meaning> meaning(MarkKind kind, String mark) {
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
      case QUOTED ->
          Optional.of(
              (start, _) -> quoted(inner(mark, QUOTES.length(), 3), start + QUOTES.length()));
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
    boolean spoke = ssml.isSpeaking();
    ssml.read(tag, start, end);
    first |= spoke && !ssml.isSpeaking();
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

  private void quoted(String text, long start) {
    if (!text.isEmpty()) {
      addWords(text, start, start + text.codePointCount(0, text.length()));
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

  /// How many characters have been looked at, those looked at again included.
  long looks() {
    return looks;
  }

  /// Whether text is held back.
  public boolean holdsText() {
    return !held.isEmpty() || parts.isInWhole();
  }
}
