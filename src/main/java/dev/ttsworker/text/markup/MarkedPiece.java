package dev.ttsworker.text.markup;

/// What comes next of a text with marks: a segment, a pause, or another manner.
public sealed interface MarkedPiece permits MarkedSegment, MarkupPart.Pause, MarkupPart.Manner {}
