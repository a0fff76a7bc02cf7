/** Puts the engine together and attaches threads to it. */
@NullMarked
package dev.windrow.runtime;

import org.jspecify.annotations.NullMarked;
