/** Ports to the places where instances can be had. */
@NullMarked
package dev.windrow.engine.compute;

import org.jspecify.annotations.NullMarked;
