/**
 * The messages as JSON text, in frames that a pipe or a socket can carry.
 *
 * <p>A record is an array of its components in their order, and a message is such an array with its
 * name before: {@code ["want",4]}. Byte arrays are base64 text. Both sides speak the smaller of
 * their versions of the protocol. A newer version adds components only at the end and messages only
 * such as may be ignored; anything else needs a new version that the other side can refuse. So a
 * reader skips components it does not know at the end of a record, passes over messages whose name
 * it does not know, takes a cause or trouble it does not know for the most general one, and refuses
 * everything else, above all what is missing.
 */
@NullMarked
package dev.windrow.protocol.wire;

import org.jspecify.annotations.NullMarked;
