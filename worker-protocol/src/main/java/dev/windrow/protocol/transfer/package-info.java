/** What a server has an agent do on a volume that only pods see, and what it is told of it. */
@NullMarked
package dev.windrow.protocol.transfer;

import org.jspecify.annotations.NullMarked;
