package dev.ttsworker.engine.text.markup;

/// What comes next of a text with marks: a segment, a pause, or another manner.
public sealed interface MarkupEvent permits AnnotatedSegment, MarkupPart.Pause, MarkupPart.Manner {}
