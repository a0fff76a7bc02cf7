/** Files on volumes that only pods see: short-lived agents list, send and remove them. */
@NullMarked
package dev.windrow.runtime.transfer;

import org.jspecify.annotations.NullMarked;
