//! Windows and borders.

use crate::context::{Element, Kernels};
use crate::error::{KernelError, Result};

/// A window in samples, corner inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First column.
    pub x: usize,
    /// First row.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Kernels {
    /// The same windows out of each plane: [n, h, w, c] → [n · windows, h', w', c]. Planar data has c = 1 and one plane an entry;
    /// interleaved images have their channels in c. Bytes are copied as they are; O(output).
    /// Errors: [`KernelError::Shape`] if windows differ in size, are empty or reach beyond the plane.
    pub fn crop<T: Element>(
        &self,
        x: &[T],
        [height, width, channels]: [usize; 3],
        windows: &[Window],
    ) -> Result<Vec<T>> {
        let plane = height * width * channels;
        let Some(&Window { width: w, height: h, .. }) = windows.first() else {
            return Err(KernelError::shape("crop", "at least one window", [0]));
        };
        for window in windows {
            let inside = window.x.checked_add(w).is_some_and(|end| end <= width)
                && window.y.checked_add(h).is_some_and(|end| end <= height);
            if (window.width, window.height) != (w, h) || w == 0 || h == 0 || !inside {
                return Err(KernelError::shape(
                    "crop",
                    format!("windows of one size inside {width}×{height}"),
                    [window.x, window.y, window.width, window.height],
                ));
            }
        }
        if plane == 0 || !x.len().is_multiple_of(plane) {
            return Err(KernelError::shape("crop", "whole planes", [height, width, channels]));
        }
        let size = h * w * channels;
        let mut out = self.buffer_of("crop", &[x.len() / plane, windows.len(), size])?;
        self.each(x, plane, &mut out, windows.len() * size, |_, from, to| {
            for (window, to) in windows.iter().zip(to.chunks_exact_mut(size)) {
                for (row, to) in to.chunks_exact_mut(w * channels).enumerate() {
                    let start = ((window.y + row) * width + window.x) * channels;
                    to.copy_from_slice(&from[start..start + w * channels]);
                }
            }
        });
        Ok(out)
    }

    /// Mirrors the right and bottom borders of [n, h, w, c] (edge sample not repeated, as often as needed) until both sides reach the
    /// least size; larger sides stay. The picture stays at the top left. O(output).
    /// Errors: [`KernelError::Shape`] if a side is 0 or the data is not whole images.
    pub fn pad_reflect<T: Element>(
        &self,
        x: &[T],
        [height, width, channels]: [usize; 3],
        least: (usize, usize),
    ) -> Result<Vec<T>> {
        let (h, w) = (height.max(least.0), width.max(least.1));
        let plane = height * width * channels;
        if plane == 0 || !x.len().is_multiple_of(plane) {
            return Err(KernelError::shape("padReflect", "whole images", [height, width, channels]));
        }
        let mut out = self.buffer_of("padReflect", &[x.len() / plane, h, w, channels])?;
        self.each(x, plane, &mut out, h * w * channels, |_, from, to| {
            for (row, to) in to.chunks_exact_mut(w * channels).enumerate() {
                let from = &from[mirrored(row, height) * width * channels..][..width * channels];
                to[..width * channels].copy_from_slice(from);
                for column in width..w {
                    let source = mirrored(column, width) * channels;
                    to[column * channels..][..channels].copy_from_slice(&from[source..source + channels]);
                }
            }
        });
        Ok(out)
    }
}

/// Index of the sample that a mirror without repeated edge shows at `i`.
fn mirrored(i: usize, length: usize) -> usize {
    if length == 1 {
        return 0;
    }
    let period = 2 * (length - 1);
    let i = i % period;
    i.min(period - i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_cut_in_order() {
        let x: Vec<u8> = (0..2 * 4 * 5 * 3).map(|v| v as u8).collect();
        let windows = [(0, 0), (2, 1)].map(|(x, y)| Window { x, y, width: 3, height: 2 });
        let out = Kernels::new().crop(&x, [4, 5, 3], &windows).unwrap();
        assert_eq!(out.len(), 2 * 2 * 2 * 3 * 3);
        assert_eq!(&out[18..27], &x[21..30]);
        assert_eq!(&out[36..45], &x[60..69]);
    }

    #[test]
    fn windows_outside_are_refused_also_when_sums_overflow() {
        for (x, width) in [(3, 3), (usize::MAX, 3), (0, 0)] {
            let window = Window { x, y: 0, width, height: 1 };
            assert!(Kernels::new().crop(&[0.0_f32; 20], [4, 5, 1], &[window]).is_err());
        }
    }

    #[test]
    fn borders_are_mirrored_as_numpy_does() {
        let out = Kernels::new().pad_reflect(&[1_u8, 2, 3], [1, 3, 1], (2, 8)).unwrap();
        assert_eq!(out, [1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2]);
    }
}
