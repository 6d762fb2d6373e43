package dev.ttsworker.voicepack;

import java.nio.file.Path;

/// Files of one voice.
///
/// @param folder the voicepack's folder
/// @param model the `*.onnx`
/// @param modelConfig what belongs to it: `*.onnx.json`, or a file of the family
/// @param fingerprint changes whenever one of the files does (sizes and times); RELOAD compares it
public record VoiceFiles(Path folder, Path model, Path modelConfig, String fingerprint) {}
