@NullMarked
package dev.windrow.api.http;

import org.jspecify.annotations.NullMarked;
