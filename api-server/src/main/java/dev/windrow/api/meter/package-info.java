/** What a server measures of itself and of its jobs. */
@NullMarked
package dev.windrow.api.meter;

import org.jspecify.annotations.NullMarked;
