/** Secrets of a home, encrypted on its disk. */
@NullMarked
package dev.windrow.runtime.secret;

import org.jspecify.annotations.NullMarked;
