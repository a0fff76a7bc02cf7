/**
 * Files that are still there, whole, after a loss of power; every module that writes some may use
 * it.
 */
@NullMarked
package dev.windrow.disk;

import org.jspecify.annotations.NullMarked;
