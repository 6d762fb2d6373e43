/// Sessions and calls: lifecycle, text buffering, pause, resume and stop, admission control,
/// limits.
@NullMarked
package dev.ttsworker.session;

import org.jspecify.annotations.NullMarked;
