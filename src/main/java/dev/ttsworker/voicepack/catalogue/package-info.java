/// Which voices can be installed, from where, and what their files must be.
///
/// Uses: voicepack, yaml, error.
@NullMarked
package dev.ttsworker.voicepack.catalogue;

import org.jspecify.annotations.NullMarked;
