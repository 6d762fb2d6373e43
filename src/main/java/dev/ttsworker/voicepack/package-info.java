/// Which voices are on disk: formats, scan, metadata, ids.
@NullMarked
package dev.ttsworker.voicepack;

import org.jspecify.annotations.NullMarked;
