/** Tags that are kept by name (Exif 3.0, TIFF 6.0, Windows' XP tags). */
export const EXIF_TAGS: Readonly<Record<number, string>> = {
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  274: 'Orientation',
  305: 'Software',
  306: 'DateTime',
  315: 'Artist',
  316: 'HostComputer',
  33432: 'Copyright',
  33434: 'ExposureTime',
  33437: 'FNumber',
  34855: 'ISOSpeedRatings',
  36864: 'ExifVersion',
  36867: 'DateTimeOriginal',
  36868: 'DateTimeDigitized',
  37386: 'FocalLength',
  37500: 'MakerNote',
  37510: 'UserComment',
  40091: 'XPTitle',
  40092: 'XPComment',
  40093: 'XPAuthor',
  40094: 'XPKeywords',
  40095: 'XPSubject',
  40962: 'PixelXDimension',
  40963: 'PixelYDimension',
  42033: 'BodySerialNumber',
  42035: 'LensMake',
  42036: 'LensModel',
};

/** Entries that point to another directory. */
export const POINTERS: Readonly<Record<number, string>> = { 34665: 'exif', 34853: 'gps', 40965: 'interop' };

/** Entries of a TIFF that hold blocks of other standards. */
export const BLOCKS = { xmp: 700, iptc: 33723, photoshop: 34377, manifest: 52545, thumbnailStart: 513, thumbnailLength: 514 } as const;

/** Bytes of one value by type number. */
export const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
