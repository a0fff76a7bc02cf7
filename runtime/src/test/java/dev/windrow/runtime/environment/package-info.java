@NullMarked
package dev.windrow.runtime.environment;

import org.jspecify.annotations.NullMarked;
