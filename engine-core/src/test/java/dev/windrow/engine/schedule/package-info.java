/** Desks and guards, with time in the test's hand. */
@NullMarked
package dev.windrow.engine.schedule;

import org.jspecify.annotations.NullMarked;
