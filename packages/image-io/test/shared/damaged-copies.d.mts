export function damagedCopies(bytes: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer>[];
