/** The chart for Helm, as Helm renders it and as a cluster takes it. */
@NullMarked
package dev.windrow.chart;

import org.jspecify.annotations.NullMarked;
