package dev.windrow.protocol.wire;

import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferOrder;
import java.util.Optional;

/** Orders of a server to an agent that sees a volume, on the wire. */
public final class TransferOrders implements MessageCodec<Ordered> {

    @Override
    public void write(Ordered message, WireWriter wire) {
        wire.begin().number(message.number());
        switch (message.order()) {
            case TransferOrder.ListFiles(String place, String after, int most) ->
                    wire.text("list").text(place).text(after).number(most);
            case TransferOrder.FindFile(String place, String path) ->
                    wire.text("find").text(place).text(path);
            case TransferOrder.ReadBytes(String place, String path, long from, long length) ->
                    wire.text("read").text(place).text(path).number(from).number(length);
            case TransferOrder.RemoveFolder(String place) -> wire.text("remove").text(place);
        }
        wire.end();
    }

    @Override
    public Optional<Ordered> read(WireReader wire) {
        return wire.record(() -> {
            long number = wire.number();
            return order(wire.text(), wire).map(one -> new Ordered(number, one));
        });
    }

    private static Optional<TransferOrder> order(String name, WireReader wire) {
        TransferOrder order =
                switch (name) {
                    case "list" ->
                            new TransferOrder.ListFiles(wire.text(), wire.text(), wire.integer());
                    case "find" -> new TransferOrder.FindFile(wire.text(), wire.text());
                    case "read" ->
                            new TransferOrder.ReadBytes(
                                    wire.text(), wire.text(), wire.number(), wire.number());
                    case "remove" -> new TransferOrder.RemoveFolder(wire.text());
                    default -> null;
                };
        return Optional.ofNullable(order);
    }
}
