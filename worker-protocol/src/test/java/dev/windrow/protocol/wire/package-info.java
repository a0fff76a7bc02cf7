@NullMarked
package dev.windrow.protocol.wire;

import org.jspecify.annotations.NullMarked;
