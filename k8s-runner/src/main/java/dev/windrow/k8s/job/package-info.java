/** A job on a cluster: where its data is, what its pods are, and what their agents are told. */
@NullMarked
package dev.windrow.k8s.job;

import org.jspecify.annotations.NullMarked;
