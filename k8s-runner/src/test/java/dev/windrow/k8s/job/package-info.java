@NullMarked
package dev.windrow.k8s.job;

import org.jspecify.annotations.NullMarked;
