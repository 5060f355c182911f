use crate::directory::without_colours;
use crate::error::Refusal;
use std::io::Cursor;
use tiff::decoder::{Decoder, Limits};
use tiff::tags::Tag;

/// Samples of the first picture as they are stored.
pub(crate) struct Stored {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Samples a pixel, extra ones (alpha) among them.
    pub(crate) samples: usize,
    /// Bits a sample, 1 to 16.
    pub(crate) bits: usize,
    /// `PhotometricInterpretation`: 0 and 1 grey, 2 RGB, 3 palette, 5 CMYK.
    pub(crate) colours: u16,
    /// Red, green and blue halves, 16 bits an entry; empty without a palette.
    pub(crate) palette: Vec<u16>,
    /// Each sample a plane of its own.
    planar: bool,
    /// Rows padded to bytes; 16-bit samples in this machine's order.
    data: Vec<u8>,
}

impl Stored {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut file = Decoder::new(Cursor::new(bytes))?;
        let (width, height) = file.dimensions()?;
        let tag = |file: &mut Decoder<_>, tag, default| {
            file.find_tag_unsigned::<u16>(tag).map(|value| value.unwrap_or(default))
        };
        let colours = tag(&mut file, Tag::PhotometricInterpretation, 1)?;
        let samples = usize::from(tag(&mut file, Tag::SamplesPerPixel, 1)?);
        let planar = tag(&mut file, Tag::PlanarConfiguration, 1)? == 2;
        let bits = usize::from(
            file.find_tag_unsigned_vec::<u16>(Tag::BitsPerSample)?.and_then(|all| all.first().copied()).unwrap_or(1),
        );
        let palette = if colours == 3 { file.get_tag_u16_vec(Tag::ColorMap)? } else { Vec::new() };
        let bit_order = tag(&mut file, Tag::FillOrder, 1)?;
        let (width, height) = (width as usize, height as usize);
        if bit_order != 1 {
            return Err(Refusal::Unsupported(format!("bits in order {bit_order}")));
        }
        if bits > 16 || samples > 8 {
            return Err(Refusal::Unsupported(format!("{samples} samples of {bits} bits a pixel")));
        }
        let (planes, together) = if planar { (samples, 1) } else { (1, samples) };
        let size =
            (width * bits * together).div_ceil(8).checked_mul(height).and_then(|plane| plane.checked_mul(planes));
        let mut data = vec![0; size.ok_or_else(|| Refusal::Unsupported(format!("{width} x {height} pixels")))?];
        let plain =
            without_colours(bytes).ok_or_else(|| Refusal::Corrupt("its directory has no colour kind".into()))?;
        // The buffers are bounded by the picture's size, which the caller has checked.
        Decoder::new(Cursor::new(plain))?.with_limits(Limits::unlimited()).read_image_bytes(&mut data)?;
        Ok(Self { width, height, samples, bits, colours, palette, planar, data })
    }

    /// The samples of a channel's row, of 16 bits the upper 8.
    pub(crate) fn row(&self, y: usize, channel: usize) -> impl Iterator<Item = u8> + '_ {
        let together = if self.planar { 1 } else { self.samples };
        let stride = (self.width * self.bits * together).div_ceil(8);
        let (plane, offset) = if self.planar { (channel, 0) } else { (0, channel) };
        let row = &self.data[(plane * self.height + y) * stride..][..stride];
        (0..self.width).map(move |x| {
            let sample = x * together + offset;
            match self.bits {
                8 => row[sample],
                16 => (u16::from_ne_bytes([row[2 * sample], row[2 * sample + 1]]) >> 8) as u8,
                bits => (row[sample * bits / 8] >> (8 - bits - sample * bits % 8)) & ((1 << bits) - 1),
            }
        })
    }
}
