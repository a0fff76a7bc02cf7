@NullMarked
package dev.windrow.api;

import org.jspecify.annotations.NullMarked;
