@NullMarked
package dev.windrow.runtime.report;

import org.jspecify.annotations.NullMarked;
