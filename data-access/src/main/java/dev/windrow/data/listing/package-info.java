/** The files of an input, in a fixed order, one folder in memory at a time. */
@NullMarked
package dev.windrow.data.listing;

import org.jspecify.annotations.NullMarked;
