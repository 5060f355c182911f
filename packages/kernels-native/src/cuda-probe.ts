/** What the driver shows. */
export type CudaProbe = CudaCard | CudaRefusal;

interface CudaCard {
  readonly ok: true;
  readonly name: string;
  readonly capability: string;
  /** 12040 is CUDA 12.4. */
  readonly driver: number;
  readonly memory: number;
  readonly cufft: boolean;
}

export interface CudaRefusal {
  readonly ok: false;
  readonly reason: 'no-driver' | 'no-device' | 'old-driver' | 'old-card' | 'failed';
  readonly detail: string;
}

const hints: Readonly<Record<CudaRefusal['reason'], string>> = {
  'no-driver': 'Install the NVIDIA driver (470 or newer); nothing else of CUDA is needed. The other backends work without it.',
  'no-device': 'Check `nvidia-smi`; a container must be given the card. The other backends work without it.',
  'old-driver': 'Update the NVIDIA driver to 470 or newer. The other backends work without it.',
  'old-card': 'Cards of the Pascal generation (GTX 10) and newer serve. The other backends work without one.',
  failed: 'Check `nvidia-smi` and the memory of the card, or use another backend.',
};

export const hintFor = ({ reason }: CudaRefusal): string => hints[reason] ?? hints.failed;

/** The refusal in an error of the addon, or one around its words. */
export function parseRefusal(message: string): CudaRefusal {
  if (message.startsWith('{"detail"') || message.startsWith('{"ok"')) return JSON.parse(message) as CudaRefusal;
  return { ok: false, reason: 'failed', detail: message };
}
