package dev.windrow.local;

import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.Machine;
import dev.windrow.runtime.compute.MachineProvider;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.worker.side.ChunkNames;
import dev.windrow.worker.side.ItemList;

/** Makes this machine available as a compute. */
public final class LocalComputeProvider implements MachineProvider {

    @Override
    public String kind() {
        return "local";
    }

    @Override
    public PreparedJob prepare(JobDraft draft) {
        return new LocalJob(draft, LocalPlaces.resolve(draft));
    }

    @Override
    public Machine machine() {
        return ThisMachine.look();
    }

    @Override
    public PlanNames names(byte[] payload) {
        return ItemList.of(payload)::names;
    }

    @Override
    public byte[] pick(byte[] payload, int first, int[] places) {
        return ChunkNames.pick(payload, first, places);
    }
}
