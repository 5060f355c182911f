import type { Named } from '../engine/protocol.js';

const PICTURE = /\.(jpe?g|png|webp|gif|tiff?|avif|heic|heif)$/i;

/** Hidden files and those that a system puts beside pictures. */
const ASIDE = /(^|\/)(\.|Thumbs\.db$)/;

/** Files that the user chose one by one are taken whatever they are called: what is no picture is said. */
export const chosenFiles = (files: Iterable<File>): readonly Named[] => [...files].map(file => ({ name: file.webkitRelativePath || file.name, file }));

/** Of a folder only what looks like a picture. */
export const folderFiles = (files: Iterable<File>): readonly Named[] =>
  chosenFiles(files)
    .filter(({ name }) => PICTURE.test(name) && !ASIDE.test(name))
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));

/** What was dropped: files, and the pictures of folders, however deep. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly Named[]> {
  // Entries are there only as long as the event is handled.
  const entries = [...transfer.items].flatMap(item => (item.kind === 'file' ? [item.webkitGetAsEntry() ?? item.getAsFile()] : []));
  const found = await Promise.all(
    entries.map(async entry => {
      if (entry === null) return [];
      if (entry instanceof File) return chosenFiles([entry]);
      return entry.isDirectory ? walk(entry as FileSystemDirectoryEntry) : [{ name: entry.name, file: await fileOf(entry as FileSystemFileEntry) }];
    }),
  );
  return found.flat();
}

export const pastedFiles = (transfer: DataTransfer | null): readonly Named[] =>
  [...(transfer?.files ?? [])].map((file, i) => ({ name: file.name || `pasted-${i + 1}.png`, file }));

async function walk(folder: FileSystemDirectoryEntry): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory) found.push(...(await walk(entry as FileSystemDirectoryEntry)));
    else if (PICTURE.test(entry.name) && !ASIDE.test(entry.fullPath))
      found.push({ name: entry.fullPath.slice(1), file: await fileOf(entry as FileSystemFileEntry) });
  }
  return found;
}

/** A reader gives at most 100 entries at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    all.push(...some);
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));
