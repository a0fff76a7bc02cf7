package dev.windrow.runtime.host;

import dev.windrow.model.compute.Attachment;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.spec.compute.AttachDocument;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What the register keeps of a cluster as JSON: what it was attached with, and what was found. */
final class AttachmentText {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AttachmentText() {}

    /** Equal attachments have equal texts. */
    static String of(Attachment attachment) {
        return MAPPER.writeValueAsString(
                new AttachDocument(attachment, Optional.empty(), Map.of()).document());
    }

    static Attachment attachment(String text) {
        return AttachDocument.read(MAPPER.readValue(text, Map.class)).attachment();
    }

    static String of(ClusterFindings findings) {
        return MAPPER.writeValueAsString(findings);
    }

    static ClusterFindings findings(String text) {
        return MAPPER.readValue(text, ClusterFindings.class);
    }
}
