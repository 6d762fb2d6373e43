package dev.ttsworker.bench.client;

import tools.jackson.databind.JsonNode;

/// One event of the Wyoming protocol.
///
/// @param data an object, or missing when there is none
/// @param payload sound; empty when there is none, the receiver's own
@SuppressWarnings("ArrayRecordComponent") // Handed on as it came; never compared.
record WyomingEvent(String type, JsonNode data, byte[] payload) {}
