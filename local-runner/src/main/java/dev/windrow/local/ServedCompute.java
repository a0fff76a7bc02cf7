package dev.windrow.local;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.local.FleetFile.Member;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.job.FolderArchive;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.KnownProcess;
import dev.windrow.worker.remote.ConfigMessages;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fleet of one job of a server on this machine: processes that outlive the server, are found
 * again by the next one, and go on meanwhile. Others may join it.
 */
final class ServedCompute implements OpenCompute {

    private final AgentPlan plan;
    private final EngineDoor door;
    private final Entrance entrance;
    private final FleetFile file;
    private final Places places = new Places();
    private final Map<Integer, Optional<Member>> members = new TreeMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private final Set<Integer> joined = new HashSet<>();
    private @Nullable ComputeRequest latest;
    private boolean adopted;
    private int next;

    ServedCompute(AgentPlan plan, EngineDoor door, Entrance entrance) {
        this.plan = plan;
        this.door = door;
        this.entrance = entrance;
        this.file = plan.fleet();
    }

    @Override
    public synchronized void scaleTo(String fleet, ComputeRequest request) {
        adopt();
        latest = request;
        sweep();
        if (places.size() < request.instances()) {
            plan.readiness(request).ifPresent(ready -> fill(request, ready));
        }
    }

    /** Takes over those that an earlier server has left, and kills what nobody can reach. */
    private void adopt() {
        if (adopted) {
            return;
        }
        adopted = true;
        FleetFile.Fleet left = file.read();
        boolean reachable = left.server().filter(entrance.url()::equals).isPresent();
        next = left.nextNumber();
        members.putAll(left.members());
        members.forEach((number, member) ->
                member.ifPresentOrElse(
                        one -> adopt(number, one, reachable), () -> joined.add(number)));
        plan.leftovers().kill();
        Set<Integer> spared = new HashSet<>(joined);
        spared.addAll(places.numbers());
        plan.killWorkers(spared);
    }

    private void adopt(int number, Member member, boolean reachable) {
        KnownProcess process = member.process();
        if (reachable && process.isAlive()) {
            places.put(number, member.place(), ServedInstance.adopted(number, process));
        } else {
            process.kill();
            gone.add(number);
        }
    }

    private void sweep() {
        gone.addAll(places.sweep());
    }

    private void fill(ComputeRequest request, FleetPython.State.Ready ready) {
        while (places.size() < request.instances()) {
            int number = next++;
            int place = places.free();
            places.put(number, place, start(number, place, request, ready));
        }
    }

    private ServedInstance start(
            int number, int place, ComputeRequest request, FleetPython.State.Ready ready) {
        AgentConfig config = plan.config(number, place, request, ready);
        ServedInstance instance;
        try {
            instance = ServedInstance.start(number, door, plan.errorLog(number));
        } catch (IOException e) {
            throw LocalCompute.noProcess(number, e);
        }
        try {
            // Before it is told anything: one that nobody knows of ends with its standard input.
            note(number, Optional.of(new Member(place, instance.process())));
        } catch (EngineException e) {
            instance.abandon();
            throw e;
        }
        instance.tell(config, entrance);
        return instance;
    }

    /** Makes an instance known to the engine that comes after this one. */
    private void note(int number, Optional<Member> member) {
        members.put(number, member);
        try {
            file.write(entrance.url(), members);
        } catch (IOException e) {
            members.remove(number);
            throw new EngineException(
                    ErrorCode.OUTPUT_UNWRITABLE,
                    "instance %d: %s (expected: a folder this user may write)"
                            .formatted(number, e.getMessage()),
                    e);
        }
    }

    @Override
    public synchronized FleetSnapshot observe(String fleet) {
        adopt();
        sweep();
        return plan.seen(places.numbers(), gone, joined);
    }

    /** Nobody waits for the archive but who needs it. */
    @Override
    public Optional<byte[]> join() {
        return asked() ? join(plan.code()) : Optional.empty();
    }

    /** Its own are told when they start, on their standard input. */
    @Override
    public Optional<byte[]> configuration(int agent) {
        return Optional.empty();
    }

    private synchronized boolean asked() {
        return latest != null;
    }

    private synchronized Optional<byte[]> join(FolderArchive code) {
        ComputeRequest request = latest;
        if (request == null) {
            return Optional.empty();
        }
        int number = next++;
        AgentConfig config = plan.config(number, request, code);
        note(number, Optional.empty());
        joined.add(number);
        return Optional.of(MessageText.write(new ConfigMessages(), config));
    }

    /** A server that stops in order takes its agents along; those of one that is killed live on. */
    @Override
    public void leave(String fleet) {
        release(fleet);
    }

    /** Waits for its processes, a few seconds at most: nobody asks for anything after this. */
    @Override
    public synchronized void release(String fleet) {
        plan.python().close();
        adopt();
        gone.addAll(places.numbers());
        places.end();
        file.kill();
    }
}
