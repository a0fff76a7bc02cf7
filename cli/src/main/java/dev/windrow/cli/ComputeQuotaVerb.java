package dev.windrow.cli;

import dev.windrow.client.ComputeQuota;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what of a compute is used. */
final class ComputeQuotaVerb implements Verb {

    private final NamedThing compute = NamedThing.compute();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Says what of a compute is used by the jobs of the workspace, and what the"
                                + " limits are.")
                .operands(compute.operands())
                .options("Which compute", compute.options())
                .options("Which server, and what is printed", server.all())
                .examples("windrow compute quota local -o json");
    }

    @Override
    public int run(Shell shell) throws IOException {
        List<ComputeQuota> quota = server.workspace(shell).computes().quota(compute.name());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "USED", "LIMIT"));
        quota.forEach(one -> rows.add(row(one)));
        shell.out(
                server.form(shell)
                        .many(
                                quota.stream().map(ComputeQuotaVerb::document).toList(),
                                Columns.of(rows),
                                quota.stream().map(ComputeQuotaVerb::row).toList()));
        return ExitCode.COMPLETED;
    }

    private static List<String> row(ComputeQuota one) {
        return List.of(one.name(), one.used(), one.limit().orElse("-"));
    }

    private static Map<String, @Nullable Object> document(ComputeQuota one) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", one.name());
        map.put("used", one.used());
        map.put("limit", one.limit().orElse(null));
        return map;
    }
}
