/// One caller's conversation: state, ordered text, pause, resume and stop, limits.
@NullMarked
package dev.ttsworker.session;

import org.jspecify.annotations.NullMarked;
