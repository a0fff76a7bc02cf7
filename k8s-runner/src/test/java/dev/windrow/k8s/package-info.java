@NullMarked
package dev.windrow.k8s;

import org.jspecify.annotations.NullMarked;
