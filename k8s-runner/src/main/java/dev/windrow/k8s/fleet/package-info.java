/** The fleet of a job as pods: what is wanted, what is seen, and what to do about it. */
@NullMarked
package dev.windrow.k8s.fleet;

import org.jspecify.annotations.NullMarked;
