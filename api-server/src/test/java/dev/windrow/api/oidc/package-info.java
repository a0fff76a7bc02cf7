@NullMarked
package dev.windrow.api.oidc;

import org.jspecify.annotations.NullMarked;
