/** The {@code windrow} command. */
@NullMarked
package dev.windrow.cli;

import org.jspecify.annotations.NullMarked;
