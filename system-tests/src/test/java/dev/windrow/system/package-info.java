/** Black-box tests: the real command, real Python, real files. */
@NullMarked
package dev.windrow.system;

import org.jspecify.annotations.NullMarked;
