/// Puts the engine together from its parts; the one place that names every family and front end.
@NullMarked
package dev.ttsworker.engine.assembly;

import org.jspecify.annotations.NullMarked;
