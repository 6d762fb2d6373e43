package dev.ttsworker.engine.text;

import java.util.ArrayList;
import java.util.List;

/// Splits text into sentences as it comes in.
///
/// A segment ends after an end mark, with the quotes and brackets that close after it, once what
/// follows makes that certain (a blank, as a rule); at an empty line, a list item or the end of
/// one; and before it has more than [LongSentence#MAX_CODE_POINTS] code points. The first words of
/// a call end with a clause already, when their sentence is long ([FirstClause]). Segments are the
/// same however the text is cut into pieces, except that a piece that ends right after an end mark
/// ends the sentence too, unless the mark is a full stop after an abbreviation, initial or number,
/// and that [#finish] ends whatever there is. Each character costs the same, give or take: at most
/// one segment of text is held back and looked at again. Not thread-safe.
public final class SentenceSegmenter implements Segmenter {
  private final StringBuilder held = new StringBuilder();
  private final PendingEnd pending = new PendingEnd();
  private final LongSentence longSentence = new LongSentence();
  private final FirstClause firstClause = new FirstClause();
  private final boolean splits;
  private List<Segment> ready = new ArrayList<>();
  private String halfCharacter = "";
  private long start;
  private int codePoints;
  private int speakable;
  private int lineStart;
  private long examined;

  public SentenceSegmenter() {
    this(true);
  }

  private SentenceSegmenter(boolean splits) {
    this.splits = splits;
  }

  /// One that does not split sentences, however long they are.
  public static SentenceSegmenter ofWholeSentences() {
    return new SentenceSegmenter(false);
  }

  @Override
  public List<Segment> accept(String text, boolean pieceEnds) {
    String whole = halfCharacter + text;
    int end = whole.length();
    if (end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
      end--;
    }
    halfCharacter = whole.substring(end);
    read(whole.substring(0, end));
    if (pieceEnds && halfCharacter.isEmpty() && isAtEnd() && pending.endsWithPiece()) {
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

  /// How many code points have been looked at, those looked at again included.
  long examined() {
    return examined;
  }

  private void read(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      step(c);
    }
  }

  private void step(int c) {
    examined++;
    if (pending.isSet()
        && !Speakable.isInvisible(c)
        && !(isAtEnd() && (Punctuation.isEnd(c) || Punctuation.isCloser(c)))) {
      switch (pending.judge(c)) {
        case ENDS -> emit(pending.index());
        case GOES_ON -> pending.clear();
        case OPEN -> {}
      }
    }
    append(c);
  }

  private void append(int c) {
    boolean blank = Punctuation.isBlank(c);
    if (held.isEmpty() && blank) {
      start++;
      return;
    }
    int index = held.length();
    boolean free = !pending.isSet() || isAtEnd();
    EndRule rule = free && Punctuation.isEnd(c) ? ruleFor(c) : null;
    boolean closes = pending.isSet() && isAtEnd() && Punctuation.isCloser(c);
    boolean unseen = pending.isSet() && isAtEnd() && Speakable.isInvisible(c);
    held.appendCodePoint(c);
    codePoints++;
    speakable += blank || Punctuation.isPunctuation(c) ? 0 : 1;
    longSentence.look(held, index, c, codePoints);
    firstClause.look(c, index, held.length());
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
      emit(firstClause.border());
    } else if (codePoints > LongSentence.MAX_CODE_POINTS) {
      shorten();
    }
  }

  /// The rule for an end mark that is about to be appended.
  private EndRule ruleFor(int mark) {
    boolean inRun = pending.isSet();
    if (!inRun) {
      pending.follow(LastWord.of(held), mark);
    }
    if (Punctuation.isUnspacedEnd(mark) || (inRun && pending.rule() == EndRule.ANYTHING)) {
      return EndRule.ANYTHING;
    }
    if (mark == '…') {
      return EndRule.NEW_SENTENCE;
    }
    if (mark != '.') {
      return EndRule.BLANK;
    }
    if (!inRun) {
      return FullStops.ruleAfter(held);
    }
    char before = held.charAt(held.length() - 1);
    return before == '.' || before == '…' ? EndRule.NEW_SENTENCE : EndRule.BLANK;
  }

  private void endLine() {
    int end = longSentence.blank();
    pending.set(end, Headings.ruleAfter(held, lineStart, end));
    if (Punctuation.startsItem(held)) {
      emit(pending.index());
    }
  }

  private void shorten() {
    boolean blankFollows = pending.isSet() && !isAtEnd() && pending.isParted();
    emit(blankFollows ? pending.index() : longSentence.cut(held));
  }

  private boolean isAtEnd() {
    return pending.isSet() && pending.index() == held.length();
  }

  /// Hands out the text before the index and looks at the rest anew, as the start of a segment.
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
