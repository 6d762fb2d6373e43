package dev.ttsworker.engine.text.markup;

import java.util.List;

/// Kinds of markup.
enum MarkupKind {
  /// `[[ wɜːd ]]`.
  PHONEMES,
  /// `[pause:500ms]`.
  PAUSE,
  /// `[word](/wɜːd/)`.
  WORD,
  /// `<break/>`.
  TAG,
  /// `<!-- comment -->`.
  COMMENT,
  /// `<![CDATA[ a < b ]]>`.
  CDATA,
  /// `<!DOCTYPE speak>`.
  DOCTYPE,
  /// The same with an internal subset.
  DOCTYPE_WITH_DECLARATIONS,
  /// Processing instruction, `<?xml version="1.0"?>`.
  INSTRUCTION,
  /// `&amp;`.
  ENTITY;

  /// Bracket markup; only one kind can match at a time.
  static final List<MarkupKind> BRACKETS = List.of(PHONEMES, PAUSE, WORD);

  /// What `<` may begin within `<speak>`.
  static final List<MarkupKind> XML =
      List.of(TAG, COMMENT, CDATA, DOCTYPE, DOCTYPE_WITH_DECLARATIONS, INSTRUCTION);

  /// Whether it is anything between two delimiters.
  boolean isDelimited() {
    return this == COMMENT || this == CDATA;
  }
}
