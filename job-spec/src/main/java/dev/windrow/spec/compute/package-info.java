/** Documents about computes, in the shape that Azure gives them. */
@NullMarked
package dev.windrow.spec.compute;

import org.jspecify.annotations.NullMarked;
