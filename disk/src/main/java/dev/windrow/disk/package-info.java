/**
 * Files that are still there, whole, after a loss of power, and folders that go; every module may
 * use it.
 */
@NullMarked
package dev.windrow.disk;

import org.jspecify.annotations.NullMarked;
