package dev.windrow.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is on the wire is written down, so that a change of it is seen and meant. */
final class GoldenTest {

    @Test
    void anAgentSaysWhatIsWrittenDown() throws IOException {
        compares("agent-messages.txt", new AgentMessages(), Examples.agent());
    }

    @Test
    void theEngineSaysWhatIsWrittenDown() throws IOException {
        compares("engine-messages.txt", new EngineMessages(), Examples.engine());
    }

    @Test
    void ordersToAgentsBesideVolumesAreAsWrittenDown() throws IOException {
        compares("transfer-orders.txt", new TransferOrders(), Examples.orders());
        compares("found-files.txt", new FoundFiles(), Examples.found());
        assertThat(types(Examples.orders().stream().map(Ordered::order).toList()))
                .containsAll(Arrays.asList(TransferOrder.class.getPermittedSubclasses()));
    }

    @Test
    void whatAgentsAreToldOfEnvironmentsIsAsWrittenDown() throws IOException {
        compares("environment-turns.txt", new EnvironmentTurns(), Examples.turns());
        assertThat(types(Examples.turns()))
                .containsAll(Arrays.asList(EnvironmentTurn.class.getPermittedSubclasses()));
    }

    @Test
    void thereIsAnExampleOfEachMessage() {
        assertThat(types(Examples.agent()))
                .containsAll(Arrays.asList(AgentMessage.class.getPermittedSubclasses()));
        assertThat(types(Examples.engine()))
                .containsAll(Arrays.asList(EngineMessage.class.getPermittedSubclasses()));
    }

    private static List<Class<?>> types(List<?> examples) {
        List<Class<?>> types = new ArrayList<>();
        examples.forEach(example -> types.add(example.getClass()));
        return types;
    }

    private static <T> void compares(String file, MessageCodec<T> codec, List<T> examples)
            throws IOException {
        List<String> lines = examples.stream().map(one -> Wires.text(codec, one)).toList();

        assertThat(lines).isEqualTo(golden(file));
        for (int i = 0; i < lines.size(); i++) {
            assertThat(Wires.read(codec, lines.get(i)))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(examples.get(i));
        }
    }

    private static List<String> golden(String file) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
