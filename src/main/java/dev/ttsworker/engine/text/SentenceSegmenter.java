package dev.ttsworker.engine.text;

import java.util.ArrayList;
import java.util.List;

/// Sentence segmentation of streamed text.
///
/// A segment ends after end punctuation, with the closing quotes and brackets after it, once the
/// following text makes the boundary certain (usually a blank); at an empty line, a list item or
/// the end of one; and before it exceeds [LongSentence#MAX_CODE_POINTS] code points. The first
/// segment of a call may be a clause, when its sentence is long ([FirstClause]). Segments do not
/// depend on how the text is split into chunks, except that a chunk that ends right after end
/// punctuation also ends the sentence, unless that is a full stop after an abbreviation, initial or
/// number, and that [#finish] ends the current one. Linear time: at most one segment of text is
/// buffered and read again. Not thread-safe.
public final class SentenceSegmenter implements Segmenter {
  private final StringBuilder held = new StringBuilder();
  private final BoundaryCandidate pending;
  private final LongSentence longSentence = new LongSentence();
  private final FirstClause firstClause = new FirstClause();
  private final boolean splits;
  private final FullStopRules stops;
  private final SpacedQuotation quotation;
  private List<Segment> ready = new ArrayList<>();
  private String halfCharacter = "";
  private long start;
  private int codePoints;
  private int speakable;
  private int lineStart;

  public SentenceSegmenter() {
    this(List.of());
  }

  /// Segmenter of a voice's languages.
  ///
  /// @param languages BCP 47 tags, the most specific first; English rules serve those without lists
  public SentenceSegmenter(List<String> languages) {
    this(true, languages);
  }

  private SentenceSegmenter(boolean splits, List<String> languages) {
    this.splits = splits;
    this.stops = FullStopRules.of(languages);
    this.pending = new BoundaryCandidate(stops);
    this.quotation = new SpacedQuotation(stops.spacedQuotes());
  }

  /// Segmenter that does not split sentences, whatever their length.
  ///
  /// @param languages BCP 47 tags, the most specific first
  public static SentenceSegmenter ofWholeSentences(List<String> languages) {
    return new SentenceSegmenter(false, languages);
  }

  @Override
  public List<Segment> appendText(String text, boolean chunkEnds) {
    String whole = halfCharacter + text;
    int end = whole.length();
    if (end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
      end--;
    }
    halfCharacter = whole.substring(end);
    read(whole.substring(0, end));
    if (chunkEnds && halfCharacter.isEmpty() && isAtEnd() && pending.endsWithChunk()) {
      emit(pending.index());
    }
    return takeReady();
  }

  @Override
  public boolean holdsText() {
    return speakable > 0;
  }

  @Override
  public long heldFrom() {
    return start;
  }

  @Override
  public List<Segment> finish() {
    read(halfCharacter);
    halfCharacter = "";
    while (pending.isSet() && pending.endsWithText()) {
      emit(pending.index());
    }
    int end = held.length();
    while (end > 0 && Punctuation.isBlank(held.charAt(end - 1))) {
      end--;
    }
    if (end > 0) {
      emit(end);
    }
    return takeReady();
  }

  private void read(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      step(c);
    }
  }

  private void step(int c) {
    quotation.onCharacter(c, start + codePoints);
    if (pending.isSet() && quotation.isClosedBy(c)) {
      quotation.release();
      append(c);
      pending.set(held.length(), pending.rule().afterCloser());
      return;
    }
    if (pending.isSet() && quotation.holdsBack(c, isAtEnd())) {
      append(c);
      return;
    }
    for (int blanks = quotation.release(); blanks > 0 && pending.isSet(); blanks--) {
      decide(' ');
    }
    if (pending.isSet()
        && !Speakable.isInvisible(c)
        && !(isAtEnd() && (Punctuation.isEnd(c) || stops.isCloser(c)))) {
      decide(c);
    }
    append(c);
  }

  private void decide(int c) {
    switch (pending.decide(c)) {
      case BOUNDARY -> emit(pending.index());
      case NO_BOUNDARY -> pending.clear();
      case UNDECIDED -> {}
    }
  }

  private void append(int c) {
    boolean blank = Punctuation.isBlank(c);
    if (held.isEmpty() && blank) {
      start++;
      return;
    }
    int index = held.length();
    boolean free = !pending.isSet() || isAtEnd();
    BoundaryRule rule = free && Punctuation.isEnd(c) ? ruleFor(c) : null;
    boolean closes = pending.isSet() && isAtEnd() && stops.isCloser(c);
    boolean unseen = pending.isSet() && isAtEnd() && Speakable.isInvisible(c);
    held.appendCodePoint(c);
    codePoints++;
    speakable += blank || Punctuation.isPunctuation(c) ? 0 : 1;
    longSentence.onCharacter(held, index, c, codePoints);
    firstClause.onCharacter(c, index, held.length());
    if (rule != null) {
      pending.set(held.length(), rule);
    } else if (closes) {
      pending.set(held.length(), pending.rule().afterCloser());
    } else if (unseen) {
      pending.set(held.length(), pending.rule());
    } else if (Punctuation.isLineEnd(c) && !pending.isSet()) {
      endLine();
    }
    if (Punctuation.isLineEnd(c)) {
      lineStart = held.length();
    }
    if (!splits) {
      return;
    }
    if (firstClause.isFound() && !pending.isSet()) {
      emit(firstClause.boundary());
    } else if (codePoints > LongSentence.MAX_CODE_POINTS) {
      splitLongSentence();
    }
  }

  /// The rule for end punctuation that is about to be appended.
  private BoundaryRule ruleFor(int mark) {
    boolean inRun = pending.isSet();
    if (!inRun) {
      pending.setContext(LastWord.of(held), mark);
    }
    if (Punctuation.isUnspacedEnd(mark) || (inRun && pending.rule() == BoundaryRule.ANYTHING)) {
      return BoundaryRule.ANYTHING;
    }
    if (mark == '…') {
      return BoundaryRule.NEW_SENTENCE;
    }
    if (mark != '.') {
      return BoundaryRule.BLANK;
    }
    if (!inRun) {
      return stops.ruleAfter(held);
    }
    char before = held.charAt(held.length() - 1);
    return before == '.' || before == '…' ? BoundaryRule.NEW_SENTENCE : BoundaryRule.BLANK;
  }

  private void endLine() {
    int end = longSentence.blank();
    pending.set(end, Headings.ruleAfter(held, lineStart, end));
    if (Punctuation.startsItem(held)) {
      emit(pending.index());
    }
  }

  private void splitLongSentence() {
    boolean blankFollows = pending.isSet() && !isAtEnd() && pending.isSeparated();
    emit(blankFollows ? pending.index() : longSentence.splitIndex(held));
  }

  private boolean isAtEnd() {
    return pending.isSet() && pending.index() == held.length();
  }

  /// Emits the text before the index and reads the rest again, as the start of a segment.
  private void emit(int index) {
    if (index <= 0) {
      throw new IllegalStateException("a segment without a character");
    }
    String text = held.substring(0, index);
    String rest = held.substring(index);
    long end = start + text.codePointCount(0, text.length());
    ready.add(new Segment(text, start, end));
    start = end;
    held.setLength(0);
    codePoints = 0;
    speakable = 0;
    lineStart = 0;
    pending.clear();
    longSentence.clear();
    firstClause.clear(Speakable.hasWords(text));
    read(rest);
  }

  private List<Segment> takeReady() {
    List<Segment> taken = ready;
    ready = new ArrayList<>();
    return taken;
  }
}
