/// Front end of eSpeak NG, whose library runs in helper processes.
@NullMarked
package dev.ttsworker.engine.g2p.espeak;

import org.jspecify.annotations.NullMarked;
