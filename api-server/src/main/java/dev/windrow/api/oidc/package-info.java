/** Callers that an OpenID Connect issuer vouches for. */
@NullMarked
package dev.windrow.api.oidc;

import org.jspecify.annotations.NullMarked;
