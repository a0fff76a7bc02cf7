/** Where bytes live: what every package of this module shares. */
@NullMarked
package dev.windrow.data;

import org.jspecify.annotations.NullMarked;
