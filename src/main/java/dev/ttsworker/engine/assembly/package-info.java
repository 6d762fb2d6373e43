/// Puts the engine together, with the front ends and the families that were found.
@NullMarked
package dev.ttsworker.engine.assembly;

import org.jspecify.annotations.NullMarked;
