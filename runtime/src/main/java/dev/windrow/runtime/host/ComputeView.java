package dev.windrow.runtime.host;

import dev.windrow.model.compute.Attachment;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.store.register.RegisteredCompute;
import java.util.Optional;

/**
 * A compute as it is now.
 *
 * @param compute as the register has it
 * @param attachment what it was attached with; empty for this machine
 * @param findings what was found when it was looked at last
 */
public record ComputeView(
        RegisteredCompute compute,
        Optional<Attachment> attachment,
        Optional<ClusterFindings> findings) {

    static ComputeView of(RegisteredCompute compute) {
        return new ComputeView(
                compute,
                compute.kind().equals(ComputeHost.KUBERNETES)
                        ? Optional.of(AttachmentText.attachment(compute.spec()))
                        : Optional.empty(),
                compute.findings().map(AttachmentText::findings));
    }
}
