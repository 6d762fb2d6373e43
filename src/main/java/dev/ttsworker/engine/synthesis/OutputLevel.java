package dev.ttsworker.engine.synthesis;

/// How loud output is made.
///
/// @param normalized whether voices are brought to the loudness target; otherwise they keep their
///   own level and only peaks are limited
/// @param ceilingDb highest peak in dBFS
public record OutputLevel(boolean normalized, double ceilingDb) {}
