"""Images without a registry: one layer of a folder, in the form that `docker save` writes."""

import hashlib
import io
import json
import os
import tarfile


def write(root, reference, target, settings, owner=None):
    """Write an image of a folder.

    settings: of its configuration, such as `Cmd` and `Env`
    owner: of all files, instead of the folder's own
    """
    layer = target + ".layer"
    with tarfile.open(layer, "w", format=tarfile.PAX_FORMAT) as out:
        out.add(root, arcname=".", filter=lambda entry: plain(entry, owner))
    configuration = json.dumps({
        "architecture": "amd64" if os.uname().machine == "x86_64" else "arm64",
        "os": "linux",
        "created": "1970-01-01T00:00:00Z",
        "config": settings,
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest(layer)]},
        "history": [{"created": "1970-01-01T00:00:00Z", "created_by": "windrow"}],
    }).encode()
    named = hashlib.sha256(configuration).hexdigest() + ".json"
    manifest = [{"Config": named, "RepoTags": [reference], "Layers": ["layer.tar"]}]
    with tarfile.open(target, "w") as out:
        add(out, named, configuration)
        add(out, "manifest.json", json.dumps(manifest).encode())
        out.add(layer, arcname="layer.tar")
    os.remove(layer)


def plain(entry, owner):
    if entry.isdev():
        return None
    if owner is not None:
        entry.uid = entry.gid = owner
    entry.uname = entry.gname = ""
    return entry


def add(out, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    out.addfile(entry, io.BytesIO(content))


def digest(path):
    sum_ = hashlib.sha256()
    with open(path, "rb") as content:
        for block in iter(lambda: content.read(1 << 20), b""):
            sum_.update(block)
    return sum_.hexdigest()
