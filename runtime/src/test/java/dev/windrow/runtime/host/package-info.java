@NullMarked
package dev.windrow.runtime.host;

import org.jspecify.annotations.NullMarked;
