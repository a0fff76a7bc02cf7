/** The Java SDK: build a job, submit it to a server, watch it, fetch what it made. */
@NullMarked
package dev.windrow.client;

import org.jspecify.annotations.NullMarked;
