/** Tests of the Java SDK over real sockets. */
@NullMarked
package dev.windrow.client;

import org.jspecify.annotations.NullMarked;
