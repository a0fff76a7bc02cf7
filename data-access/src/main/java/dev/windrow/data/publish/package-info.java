/** Committed rows into the one output file, whole or not at all. */
@NullMarked
package dev.windrow.data.publish;

import org.jspecify.annotations.NullMarked;
