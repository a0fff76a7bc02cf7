/** What a place where instances can be had offers to the runtime. */
@NullMarked
package dev.windrow.runtime.compute;

import org.jspecify.annotations.NullMarked;
