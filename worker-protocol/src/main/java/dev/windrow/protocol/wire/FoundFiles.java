package dev.windrow.protocol.wire;

import dev.windrow.protocol.transfer.FoundFile;
import java.util.List;
import java.util.Optional;

/** Files that an agent has found on a volume, on the wire. */
public final class FoundFiles implements MessageCodec<List<FoundFile>> {

    @Override
    public void write(List<FoundFile> files, WireWriter wire) {
        wire.begin().list(files, one -> write(one, wire)).end();
    }

    private static void write(FoundFile one, WireWriter wire) {
        wire.begin().text(one.path()).number(one.bytes()).number(one.modifiedMillis()).end();
    }

    @Override
    public Optional<List<FoundFile>> read(WireReader wire) {
        return wire.record(() -> Optional.of(wire.list(() -> one(wire))));
    }

    private static FoundFile one(WireReader wire) {
        return wire.record(() -> new FoundFile(wire.text(), wire.number(), wire.number()));
    }
}
