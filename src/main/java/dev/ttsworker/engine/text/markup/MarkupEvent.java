package dev.ttsworker.engine.text.markup;

/// Event of an annotated text stream: a segment, a pause, or a change of prosody.
public sealed interface MarkupEvent
    permits AnnotatedSegment, MarkupPart.Pause, MarkupPart.Prosody {}
