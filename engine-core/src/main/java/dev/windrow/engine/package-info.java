/** The front door of the engine. */
@NullMarked
package dev.windrow.engine;

import org.jspecify.annotations.NullMarked;
