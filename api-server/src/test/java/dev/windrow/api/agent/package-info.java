/** What agents say, before an engine hears it. */
@NullMarked
package dev.windrow.api.agent;

import org.jspecify.annotations.NullMarked;
