@NullMarked
package dev.windrow.runtime.transfer;

import org.jspecify.annotations.NullMarked;
