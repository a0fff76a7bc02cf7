/** Where the paths of a job lie on this machine. */
@NullMarked
package dev.windrow.data.place;

import org.jspecify.annotations.NullMarked;
