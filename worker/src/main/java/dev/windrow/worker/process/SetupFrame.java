package dev.windrow.worker.process;

import dev.windrow.protocol.Protocol;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The first frame a worker gets, as JSON. */
final class SetupFrame {

    private SetupFrame() {}

    static String json(
            JsonFactory factory, WorkerSetup setup, WorkerFiles files, int worker, int slot) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("version", Protocol.VERSION);
            json.writeStringProperty("worker", "process%03d".formatted(worker));
            json.writeStringProperty("instance", Integer.toString(setup.agent()));
            json.writeStringProperty("job", setup.job());
            json.writeStringProperty("run_id", setup.job());
            json.writeStringProperty("code", files.code().toString());
            json.writeStringProperty("working_dir", files.code().toString());
            json.writeStringProperty("log_root", files.logs().toString());
            json.writeStringProperty("entry_script", setup.entryScript());
            json.writeStringProperty("logging_level", setup.loggingLevel());
            json.writeNumberProperty("stdout_limit", setup.stdoutLimit());
            json.writeBooleanProperty("dataframe_header", setup.dataframeHeader());
            if (setup.appends()) {
                String segment = files.segments().resolve(setup.segmentOf(worker)).toString();
                json.writeStringProperty("segment", segment);
            }
            setup.outputFolder().ifPresent(at -> json.writeStringProperty("output_dir", at));
            setup.profile().ifPresent(name -> json.writeStringProperty("profile", name));
            if (slot < setup.devices().size()) {
                json.writeStringProperty("cuda_visible_devices", setup.devices().get(slot));
            }
            json.writeName("argv");
            json.writeStartArray();
            setup.argv().forEach(json::writeString);
            json.writeEndArray();
            json.writeName("environment");
            json.writeStartObject();
            for (Map.Entry<String, String> variable : setup.environment().entrySet()) {
                json.writeStringProperty(variable.getKey(), variable.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }
}
