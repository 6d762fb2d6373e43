/// One caller's conversation: sessions, calls, admission control, play-out clock, pause, resume and
/// stop.
@NullMarked
package dev.ttsworker.session;

import org.jspecify.annotations.NullMarked;
