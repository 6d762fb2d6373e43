package dev.ttsworker.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// `text.*`, which sessions may overrule.
///
/// @param normalize whether figures, signs and abbreviations are written out before they are said
/// @param sayEmoji whether emoji are called by their names; else they are left out
/// @param markup whether marks in a text say how it is spoken; else they are text
/// @param lexiconFile how single words are said; not overruled, but for words that a session has
///   too
/// @param maxWait a sentence without an end mark is spoken when no text came for this long; zero:
///   it waits for ever
/// @param pauses that the layout of a text makes
public record TextSettings(
    boolean normalize,
    boolean sayEmoji,
    boolean markup,
    Optional<Path> lexiconFile,
    Duration maxWait,
    PauseSettings pauses) {}
