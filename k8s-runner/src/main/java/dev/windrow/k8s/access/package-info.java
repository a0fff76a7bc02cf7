/** Ways to clusters: who we are there, and what their refusals mean. */
@NullMarked
package dev.windrow.k8s.access;

import org.jspecify.annotations.NullMarked;
