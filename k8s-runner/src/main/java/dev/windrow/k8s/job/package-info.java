/** Jobs on a cluster: where their data is in pods, what their pods are, what agents are told. */
@NullMarked
package dev.windrow.k8s.job;

import org.jspecify.annotations.NullMarked;
