import type { Named } from '../engine/protocol.js';
import { chosenFiles, folderFiles } from '../state/files.js';

interface FileButtonProps {
  readonly label: string;
  readonly onFiles: (files: readonly Named[]) => void;
  readonly folder?: boolean;
  readonly multiple?: boolean;
  readonly accept?: string;
  readonly main?: boolean;
}

const PICTURES = 'image/jpeg,image/png,image/webp,image/gif,image/tiff,image/avif,.jpg,.jpeg,.png,.webp,.gif,.tif,.tiff,.avif,.heic';

/** A button that opens the system's file chooser. The input itself can be focused and is what a screen reader hears. */
export function FileButton({ label, onFiles, folder = false, multiple = true, accept = PICTURES, main = false }: FileButtonProps) {
  const take = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const files = folder ? folderFiles(input.files ?? []) : chosenFiles(input.files ?? []);
    onFiles(files);
    // The same file may be chosen again.
    input.value = '';
  };
  return (
    <label class={`button file${main ? ' main' : ''}`}>
      <input type="file" onChange={take} multiple={multiple} {...(folder ? { webkitdirectory: true } : { accept })} />
      <span>{label}</span>
    </label>
  );
}
