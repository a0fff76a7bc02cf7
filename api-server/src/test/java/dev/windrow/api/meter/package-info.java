@NullMarked
package dev.windrow.api.meter;

import org.jspecify.annotations.NullMarked;
