package dev.ttsworker.config;

/// `text.*`, which sessions may overrule.
///
/// @param normalize whether figures, signs and abbreviations are written out before they are said
/// @param sayEmoji whether emoji are called by their names; else they are left out
public record TextSettings(boolean normalize, boolean sayEmoji) {}
