/** What the architecture rules read in the code; every module may use it. */
@NullMarked
package dev.windrow.architecture;

import org.jspecify.annotations.NullMarked;
