"""Downloads named, pinned npm and PyPI packages with the ordinary clients and unpacks them into a cache folder."""
import shutil, subprocess, sys, tarfile, zipfile
from pathlib import Path


def unpack(cache: Path, kind: str, name: str, version: str) -> Path:
    """Folder with the unpacked package; downloaded on first use, nothing of it is installed or run."""
    folder = cache / f"{kind}-{name.replace('/', '-').lstrip('@')}-{version}"
    if (folder / ".done").exists():
        return folder
    incoming = folder.with_name(folder.name + ".incoming")
    for stale in (folder, incoming):
        shutil.rmtree(stale, ignore_errors=True)
    incoming.mkdir(parents=True)
    if kind == "npm":
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=incoming, check=True,
                       stdout=subprocess.DEVNULL)
        with tarfile.open(next(incoming.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    else:
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
                        "-d", str(incoming), f"{name}=={version}"], check=True)
        with zipfile.ZipFile(next(incoming.glob("*.whl"))) as archive:
            archive.extractall(folder)
    shutil.rmtree(incoming)
    (folder / ".done").touch()
    return folder
