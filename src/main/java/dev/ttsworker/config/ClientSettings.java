package dev.ttsworker.config;

import java.time.Duration;

/// `clients.*`: protocols of other servers, for clients that people have already.
///
/// @param riva NVIDIA Riva on the gRPC port
/// @param openai OpenAI's speech endpoint on the HTTP port
/// @param piper the HTTP interface of Piper's server on the HTTP port
/// @param wyomingPort of the Wyoming protocol; 0 when it is off
/// @param foreignVoices whether the default voice speaks for names that only another server has
/// @param maxLead lead at which synthesis pauses, unless a request says it
public record ClientSettings(
    boolean riva,
    boolean openai,
    boolean piper,
    String wyomingHost,
    int wyomingPort,
    boolean foreignVoices,
    Duration maxLead) {}
