/// Which voices are in memory: load, warm up, lease, evict, fall back.
@NullMarked
package dev.ttsworker.voices;

import org.jspecify.annotations.NullMarked;
