package dev.windrow.protocol.wire;

import dev.windrow.protocol.environment.EnvironmentTurn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to agents that ask for an environment, on the wire. */
public final class EnvironmentTurns implements MessageCodec<EnvironmentTurn> {

    @Override
    public void write(EnvironmentTurn message, WireWriter wire) {
        wire.begin();
        switch (message) {
            case EnvironmentTurn.Make(String lease) -> wire.text("make").text(lease);
            case EnvironmentTurn.Wait(int agent) -> wire.text("wait").number(agent);
            case EnvironmentTurn.Fetch(String sha256, long bytes) ->
                    wire.text("fetch").text(sha256).number(bytes);
            case EnvironmentTurn.Alone(String why) -> wire.text("alone").text(why);
        }
        wire.end();
    }

    @Override
    public Optional<EnvironmentTurn> read(WireReader wire) {
        return wire.record(() -> Optional.ofNullable(turn(wire.text(), wire)));
    }

    private static @Nullable EnvironmentTurn turn(String name, WireReader wire) {
        return switch (name) {
            case "make" -> new EnvironmentTurn.Make(wire.text());
            case "wait" -> new EnvironmentTurn.Wait(wire.integer());
            case "fetch" -> new EnvironmentTurn.Fetch(wire.text(), wire.number());
            case "alone" -> new EnvironmentTurn.Alone(wire.text());
            default -> null;
        };
    }
}
