package dev.ttsworker.engine.text.markup;

import java.util.List;

/// What a mark may be.
enum MarkKind {
  /// `[[ wɜːd ]]`.
  PHONEMES,
  /// `[pause:500ms]`.
  PAUSE,
  /// `[word](/wɜːd/)`.
  WORD,
  /// `<break/>`.
  TAG,
  /// `<!-- not said -->`.
  COMMENT,
  /// `<![CDATA[ a < b ]]>`.
  QUOTED,
  /// `<!DOCTYPE speak>`.
  DOCTYPE,
  /// The same with declarations in it.
  DOCTYPE_WITH_DECLARATIONS,
  /// `<?xml version="1.0"?>`.
  INSTRUCTION,
  /// `&amp;`.
  ENTITY;

  /// Marks of brackets; only one of them can become whole at a time.
  static final List<MarkKind> BRACKETS = List.of(PHONEMES, PAUSE, WORD);

  /// What a tag may be where any tag is one.
  static final List<MarkKind> XML =
      List.of(TAG, COMMENT, QUOTED, DOCTYPE, DOCTYPE_WITH_DECLARATIONS, INSTRUCTION);
}
