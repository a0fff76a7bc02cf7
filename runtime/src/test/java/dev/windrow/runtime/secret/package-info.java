@NullMarked
package dev.windrow.runtime.secret;

import org.jspecify.annotations.NullMarked;
