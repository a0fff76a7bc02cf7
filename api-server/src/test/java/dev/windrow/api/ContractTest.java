package dev.windrow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.agent.AgentOperations;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.host.AgentSide;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.HostMeters;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.store.register.Register;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Walks the contract and the routes, both ways. */
final class ContractTest {

    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    @TempDir Path folder;

    @Test
    void everyOperationOfTheContractIsServedAndEveryOneServedIsInIt() throws Exception {
        Register register = Register.open(folder.resolve("register.db"));
        Files.createDirectories(folder.resolve("server"));
        Map<String, String> served = new TreeMap<>();
        try (JobHost host =
                        new JobHost(
                                folder,
                                register,
                                HostLimits.DEFAULT,
                                new AgentSide(
                                        () -> URI.create("http://x"),
                                        () -> URI.create("http://x"),
                                        new PodImages("agent", "job")),
                                InstantSource.system(),
                                HostMeters.NONE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Operation one :
                    ApiServer.operations(
                            host,
                            new AgentOperations(
                                    host.agents(), threads, threads, InstantSource.system()),
                            threads,
                            new TokenGate(AdminToken.of(folder), register, InstantSource.system()),
                            () -> "http://x",
                            "1",
                            () -> true,
                            InstantSource.system())) {
                String open = one.role() == Role.NONE ? " open" : "";
                served.put(one.id(), one.method() + " " + one.path() + open);
            }
        }
        assertThat(served).isEqualTo(written());
    }

    @Test
    void everyOperationThatAsksWhoCallsSaysWhatARefusalLooksLike() throws Exception {
        List<String> silent = new ArrayList<>();
        ((Map<?, ?>) Objects.requireNonNull(contract().get("paths")))
                .forEach((path, item) -> {
                    for (String method : METHODS) {
                        if (((Map<?, ?>) item).get(method) instanceof Map<?, ?> operation
                                && !List.of().equals(operation.get("security"))
                                && operation.get("responses") instanceof Map<?, ?> answers
                                && !answers.containsKey("default")) {
                            silent.add(method + " " + path);
                        }
                    }
                });
        assertThat(silent).isEmpty();
    }

    private static Map<String, String> written() throws Exception {
        Map<String, String> operations = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(contract().get("paths")))
                .forEach((path, item) -> {
                    Map<?, ?> methods = (Map<?, ?>) item;
                    for (String method : METHODS) {
                        if (methods.get(method) instanceof Map<?, ?> operation) {
                            String open = operation.get("security") == null ? "" : " open";
                            operations.put(
                                    String.valueOf(operation.get("operationId")),
                                    method.toUpperCase(java.util.Locale.ROOT) + " " + path + open);
                        }
                    }
                });
        return operations;
    }

    private static Map<?, ?> contract() throws Exception {
        try (InputStream in = ContractTest.class.getResourceAsStream("openapi.yaml")) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }
}
