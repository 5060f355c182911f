/** How each maker's note begins; makers that are not here write notes without a mark of their own (Canon) or several kinds. */
const MARKS: readonly (readonly [maker: RegExp, marks: readonly string[]])[] = [
  [/^nikon/i, ['Nikon\0']],
  [/^olympus|^om digital/i, ['OLYMP\0', 'OLYMPUS\0', 'OM SYSTEM\0']],
  [/^fujifilm/i, ['FUJIFILM', 'GENERALE']],
  [/^panasonic/i, ['Panasonic\0', 'MKE']],
  [/^sony/i, ['SONY DSC', 'SONY CAM', 'SONY MOBILE', 'SONY PIC', 'VHAB', '\0\0SONY PIC']],
  [/^pentax|^ricoh/i, ['AOC\0', 'PENTAX \0', 'RICOH\0', 'Ricoh', 'Rv']],
  [/^apple/i, ['Apple iOS\0']],
  [/^leica/i, ['LEICA', 'AOC\0']],
  [/^sigma/i, ['SIGMA\0', 'FOVEON\0']],
];

/** Whether a maker note begins as those of the named maker do; `null` where that is not known. */
export function fitsMaker(make: string, note: string): boolean | null {
  const known = MARKS.find(([maker]) => maker.test(make));
  return known ? known[1].some(mark => note.startsWith(mark)) : null;
}
