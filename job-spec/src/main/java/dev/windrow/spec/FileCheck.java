package dev.windrow.spec;

import dev.windrow.model.DataType;
import dev.windrow.model.Input;
import dev.windrow.model.ParallelJob;
import dev.windrow.spec.content.ContentRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks that the code, the script and the local inputs of a job exist. */
record FileCheck(ParallelJob job, Path baseFolder, ReadContext context) {
    void check() {
        checkCode();
        job.inputs()
                .forEach((name, input) -> {
                    if (input instanceof Input.Data data) {
                        checkInput(name, data);
                    }
                });
    }

    void checkCode() {
        String code = job.task().code().orElse(".");
        if (ContentRef.claims(code)) {
            // Whoever keeps what was uploaded looks at it.
            return;
        }
        Optional<Path> folder = LocalPath.resolve(baseFolder, code);
        String codePath = context.places().containsKey("code") ? "code" : "task.code";
        if (folder.isEmpty()) {
            add(MistakeCode.NOT_BUILT, codePath, code, "a folder on this machine");
        } else if (!Files.isDirectory(folder.get())) {
            add(MistakeCode.FILE_NOT_FOUND, codePath, code, "a folder that exists");
        } else if (!hasScript(folder.get(), job.task().entryScript())) {
            add(
                    MistakeCode.FILE_NOT_FOUND,
                    "task.entry_script",
                    job.task().entryScript(),
                    "a script in " + folder.get());
        }
    }

    private static boolean hasScript(Path folder, String script) {
        return LocalPath.resolve(folder, script).filter(Files::isRegularFile).isPresent()
                || isModule(folder, script);
    }

    private static boolean isModule(Path folder, String script) {
        if (script.length() > 255
                || !script.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*")) {
            return false;
        }
        String path = script.replace('.', '/');
        return Files.isRegularFile(folder.resolve(path + ".py"))
                || Files.isRegularFile(folder.resolve(path + "/__init__.py"));
    }

    private void checkInput(String name, Input.Data data) {
        // Where a datastore is, only the compute knows; it looks there itself.
        if (LocalPath.isInDatastore(data.path()) || ContentRef.claims(data.path())) {
            return;
        }
        String path = "inputs." + name + ".path";
        Optional<Path> local = LocalPath.resolve(baseFolder, data.path());
        if (local.isEmpty()) {
            add(
                    MistakeCode.NOT_BUILT,
                    path,
                    data.path(),
                    "a path on this machine; give one with --input " + name + "=PATH");
            return;
        }
        boolean isFolder = Files.isDirectory(local.get());
        String found = data.path() + " (" + local.get() + ")";
        if (!Files.exists(local.get())) {
            add(MistakeCode.FILE_NOT_FOUND, path, found, "a file or folder that exists");
        } else if (data.effectiveType() == DataType.URI_FOLDER && !isFolder) {
            add(MistakeCode.FILE_NOT_FOUND, path, found, "a folder, since type is uri_folder");
        } else if (data.effectiveType() == DataType.URI_FILE && isFolder) {
            add(MistakeCode.FILE_NOT_FOUND, path, found, "a file, since type is uri_file");
        } else if (data.effectiveType() == DataType.MLTABLE && !hasTableFile(local.get())) {
            add(MistakeCode.FILE_NOT_FOUND, path, found, "a folder with a file named MLTable");
        }
    }

    private static boolean hasTableFile(Path path) {
        return Files.isRegularFile(path.resolve("MLTable"));
    }

    private void add(MistakeCode code, String path, String value, String rule) {
        Place place = context.places().getOrDefault(path, Place.NONE);
        if (place.equals(Place.NONE) && path.endsWith(".path")) {
            String parent = path.substring(0, path.length() - ".path".length());
            place = context.places().getOrDefault(parent, Place.NONE);
        }
        context.problems().add(code, place, path, value, rule);
    }
}
