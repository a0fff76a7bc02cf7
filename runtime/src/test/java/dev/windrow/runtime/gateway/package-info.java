/** The gateway, and whole jobs through it in a simulated world. */
@NullMarked
package dev.windrow.runtime.gateway;

import org.jspecify.annotations.NullMarked;
