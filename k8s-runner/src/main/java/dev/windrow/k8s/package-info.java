/** Puts together what runs jobs on Kubernetes clusters. */
@NullMarked
package dev.windrow.k8s;

import org.jspecify.annotations.NullMarked;
