//! The first directory's entry for the colour kind, which is rewritten so that the decoder hands samples out as they are stored.

/// `PhotometricInterpretation`.
const COLOUR_KIND: u16 = 262;
/// Grey, 0 is black: the decoder then interprets nothing, whatever the number of samples.
const PLAIN: u16 = 1;

/// A copy of the file whose first picture says that it is grey; `None` if its directory is not where the header says.
pub(crate) fn without_colours(bytes: &[u8]) -> Option<Vec<u8>> {
    let little = bytes.starts_with(b"II");
    let u16_at = |at: usize| {
        let pair: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let quad: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
    let start = if little { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) } as usize;
    let count = usize::from(u16_at(start)?);
    let entry = (0..count).map(|i| start + 2 + 12 * i).find(|&at| u16_at(at) == Some(COLOUR_KIND))?;
    let mut copy = bytes.to_vec();
    copy.get_mut(entry + 8..entry + 10)?.copy_from_slice(&if little {
        PLAIN.to_le_bytes()
    } else {
        PLAIN.to_be_bytes()
    });
    Some(copy)
}
