/** Tests of the command. */
@NullMarked
package dev.windrow.cli;

import org.jspecify.annotations.NullMarked;
