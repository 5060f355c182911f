//! TIFF pictures to samples in browsers: image-rs's `tiff` as WebAssembly, with the samples that libtiff and libvips give in Node.
#![warn(missing_docs)]

mod directory;
mod error;
mod stored;

use error::Refusal;
use stored::Stored;
use wasm_bindgen::prelude::*;

/// Samples of the first picture: interleaved, 8 bits, 1 (grey), 3 (RGB) or 4 (CMYK, 255 is full ink) channels.
#[wasm_bindgen]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Samples a pixel.
    pub channels: u32,
    data: Vec<u8>,
}

#[wasm_bindgen]
impl Picture {
    /// `width · height · channels` samples; the picture is gone then.
    #[wasm_bindgen(js_name = takeData)]
    pub fn take_data(self) -> Vec<u8> {
        self.data
    }
}

/// Decodes the first picture of a TIFF file: strips or tiles; raw, LZW, Deflate, PackBits or CCITT group 4; grey and palettes of 1, 2, 4, 8 and
/// (grey) 16 bits, RGB and CMYK of 8 and 16. Of 16 bits the upper 8 stay, fewer are spread over 0…255, a palette becomes RGB, alpha is left out.
/// The caller has checked the size. O(pixels). Errors are `CORRUPT: …`, `TRUNCATED: …` or `UNSUPPORTED: …`.
#[wasm_bindgen]
pub fn decode(bytes: &[u8]) -> Result<Picture, JsError> {
    picture(bytes).map_err(|refusal| JsError::new(&refusal.to_string()))
}

fn picture(bytes: &[u8]) -> Result<Picture, Refusal> {
    let stored = Stored::read(bytes)?;
    let (channels, data) = match stored.colours {
        0 | 1 => (1, interleave(&stored, 1, &levels(&stored)?)?),
        2 => (3, interleave(&stored, 3, &levels(&stored)?)?),
        3 => (3, coloured(&stored)?),
        5 => (4, interleave(&stored, 4, &levels(&stored)?)?),
        other => return Err(Refusal::Unsupported(format!("colours of kind {other}"))),
    };
    Ok(Picture { width: stored.width as u32, height: stored.height as u32, channels, data })
}

/// What each stored value (of 16 bits: its upper byte) becomes.
fn levels(stored: &Stored) -> Result<[u8; 256], Refusal> {
    let most: usize = match stored.bits {
        1 | 2 | 4 if stored.colours <= 1 => (1 << stored.bits) - 1,
        8 | 16 => 255,
        bits => return Err(Refusal::Unsupported(format!("samples of {bits} bits"))),
    };
    let white_is_zero = stored.colours == 0;
    Ok(std::array::from_fn(|value| {
        let level = (value.min(most) * 255 / most) as u8;
        if white_is_zero { 255 - level } else { level }
    }))
}

/// The first channels of each pixel.
fn interleave(stored: &Stored, channels: usize, levels: &[u8; 256]) -> Result<Vec<u8>, Refusal> {
    if stored.samples < channels {
        return Err(Refusal::Corrupt(format!("{} samples a pixel where its colours need {channels}", stored.samples)));
    }
    let mut data = vec![0; stored.width * stored.height * channels];
    for (y, row) in data.chunks_exact_mut(stored.width * channels).enumerate() {
        for channel in 0..channels {
            for (pixel, value) in row.chunks_exact_mut(channels).zip(stored.row(y, channel)) {
                pixel[channel] = levels[usize::from(value)];
            }
        }
    }
    Ok(data)
}

/// Indices to RGB, of the palette's 16 bits the upper 8; some writers fill the lower 8 only, which libtiff's users know by their size.
fn coloured(stored: &Stored) -> Result<Vec<u8>, Refusal> {
    let count = stored.palette.len() / 3;
    if !matches!(stored.bits, 1 | 2 | 4 | 8) || count < 1 << stored.bits {
        return Err(Refusal::Unsupported(format!("a palette of {count} colours for {} bits", stored.bits)));
    }
    let shift = if stored.palette.iter().all(|&value| value < 256) { 0 } else { 8 };
    let mut data = Vec::with_capacity(3 * stored.width * stored.height);
    for y in 0..stored.height {
        for index in stored.row(y, 0) {
            data.extend([0, 1, 2].map(|third| (stored.palette[third * count + usize::from(index)] >> shift) as u8));
        }
    }
    Ok(data)
}
