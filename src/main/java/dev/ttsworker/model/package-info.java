/// Which voices are in memory: load, warm up, lease, evict, fall back.
///
/// Uses: voice, voicepack, inference, metrics, health, config, error.
@NullMarked
package dev.ttsworker.model;

import org.jspecify.annotations.NullMarked;
