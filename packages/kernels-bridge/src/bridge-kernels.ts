import type { Kernels } from '@syntrace/core';
import { CollectionBridge } from './bridge/collections.js';

export type { BridgeOptions } from './bridge/session.js';

/** The kernel contract over a session of the Rust kernels. Each theme of `bridge/` adds its operations to the one before; sizes and values
 *  are checked in Rust, and only what never gets there is checked here. */
export class BridgeKernels extends CollectionBridge implements Kernels {}
