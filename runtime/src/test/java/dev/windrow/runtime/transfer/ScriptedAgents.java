package dev.windrow.runtime.transfer;

import dev.windrow.protocol.transfer.FoundFile;
import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferOrder;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.protocol.wire.FoundFiles;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.runtime.compute.VolumeAgent;
import dev.windrow.runtime.compute.VolumeOrder;
import dev.windrow.store.register.ComputeKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Agents that have one file, and come when a test wants them to. */
final class ScriptedAgents implements AgentStarter, AutoCloseable {

    static final String FILE = "rows.txt";

    private final AtomicReference<Transfers> transfers = new AtomicReference<>();
    private final byte[] content;
    final List<VolumeOrder> started = new CopyOnWriteArrayList<>();
    final List<String> removed = new CopyOnWriteArrayList<>();
    final Map<String, CountDownLatch> gone = new ConcurrentHashMap<>();

    /** Somebody has looked how one is. */
    final CountDownLatch looked = new CountDownLatch(1);

    /** Whether they come at all, whether they are over, and what is said of them. */
    volatile boolean comes = true;

    volatile VolumeAgent.Look look = new VolumeAgent.Look(false, "pod x: waits");

    ScriptedAgents(byte[] content) {
        this.content = content.clone();
    }

    void serve(Transfers server) {
        transfers.set(server);
    }

    @Override
    public VolumeAgent start(ComputeKey compute, VolumeOrder order) {
        started.add(order);
        Thread thread = Thread.ofVirtual().unstarted(() -> work(order.token()));
        if (comes) {
            thread.start();
        }
        CountDownLatch closed = new CountDownLatch(1);
        gone.put(order.token(), closed);
        return new VolumeAgent() {
            @Override
            public Look look() {
                looked.countDown();
                return look;
            }

            @Override
            public void close() {
                thread.interrupt();
                closed.countDown();
            }
        };
    }

    private void work(String token) {
        try {
            while (true) {
                switch (transfers.get().next(token)) {
                    case Transfers.Word.Do(Ordered ordered) -> answer(token, ordered);
                    case Transfers.Word.Wait _ -> {}
                    case Transfers.Word.End _, Transfers.Word.Unknown _ -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String token, Ordered ordered) {
        byte[] files =
                MessageText.write(
                        new FoundFiles(), List.of(new FoundFile(FILE, content.length, 0)));
        switch (ordered.order()) {
            case TransferOrder.ListFiles _, TransferOrder.FindFile _ -> send(token, ordered, files);
            case TransferOrder.ReadBytes(_, _, long from, long length) -> {
                InputStream body = new ByteArrayInputStream(content, (int) from, (int) length);
                boolean _ =
                        transfers.get().take(token, ordered.number(), TransferResult.DONE, body);
            }
            case TransferOrder.RemoveFolder(String place) -> {
                removed.add(place);
                send(token, ordered, new byte[0]);
            }
        }
    }

    private void send(String token, Ordered ordered, byte[] body) {
        boolean _ =
                transfers
                        .get()
                        .take(
                                token,
                                ordered.number(),
                                TransferResult.DONE,
                                new ByteArrayInputStream(body));
    }

    @Override
    public void close() {
        transfers.get().close();
    }
}
