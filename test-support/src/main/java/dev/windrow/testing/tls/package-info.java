/** Certificates for tests of TLS. */
@NullMarked
package dev.windrow.testing.tls;

import org.jspecify.annotations.NullMarked;
