import type { Kernels } from '@syntrace/core';
import { type RewriteOptions, type RewriteResult, rewriteFolder } from '../run/rewrite-folder.js';
import { applyChange } from './change.js';
import { CHANGE_COLUMNS, changeRow, type DrawOptions, drawChange } from './draw.js';

/** Perturbs the pictures of a folder into PNG files; `files.csv` tells what was drawn for each. Frank et al. 2020, section 13 of its code's specification. */
export const perturbFolder = (input: string, out: string, draw: DrawOptions, kernels: Kernels, options: RewriteOptions = {}): Promise<RewriteResult> =>
  rewriteFolder(
    input,
    out,
    {
      settings: { tool: 'perturb', ...draw },
      ...(draw.compat && { numbered: draw.mode === 'crop' ? 'cropping' : draw.mode }),
      plan: ({ name }, index) => drawChange(draw, name, index),
      columns: CHANGE_COLUMNS,
      logged: changeRow,
      apply: async (image, change) => (change ? applyChange(image, change, kernels) : image),
    },
    options,
  );
