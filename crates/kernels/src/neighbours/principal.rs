//! Principal components.

use super::distances::mean;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::row_products::Rows;
use crate::simd::Real;

/// Directions in which rows spread most.
#[derive(Debug, Clone, PartialEq)]
pub struct PrincipalAxes {
    /// Mean row [width].
    pub mean: Vec<f64>,
    /// Unit axes [count, width], that of the largest variance first; the component of largest size is positive.
    pub axes: Vec<f64>,
    /// Variance along every axis that there is, S²/(n − 1) [min(n, width)]; their sum is the total variance.
    pub variances: Vec<f64>,
}

impl Kernels {
    /// Principal axes of rows [n, width], centred, not scaled: `count` axes, all variances.
    ///
    /// By the eigenvectors of the smaller of the two product matrices in float64: variances within 1e-12 of the largest one, which
    /// leaves those below 1e-14 of it to rounding. O(n·width·min + min³), the products on all threads.
    /// Errors: [`KernelError::Shape`] for fewer than 2 rows, [`KernelError::Value`] for a count outside 1…min(n − 1, width) or of
    /// axes without variance, and values that are not finite.
    pub fn principal_axes<S: Real + Into<f64>>(&self, rows: &[S], width: usize, count: usize) -> Result<PrincipalAxes> {
        let op = "principalAxes";
        let n = rows.len().checked_div(width).unwrap_or(0);
        if n < 2 || rows.len() != n * width {
            return Err(KernelError::shape(op, "at least 2 rows of one width", [rows.len(), width]));
        }
        let most = (n - 1).min(width);
        if !(1..=most).contains(&count) {
            return Err(KernelError::value(op, format!("the number of axes must be 1…{most}, not {count}")));
        }
        let mean = mean(rows, width);
        if n <= width {
            return self.axes_of_few(rows, mean, count);
        }
        let mut columns = self.buffer::<f64>(op, rows.len())?;
        self.each_row(&mut columns, n, |k, to| {
            for (to, row) in to.iter_mut().zip(rows.chunks_exact(width)) {
                *to = row[k].into() - mean[k];
            }
        });
        let side = Rows { data: &columns, width: n, centre: &[] };
        let products = self.row_products::<f64, f64>(op, side, side)?;
        let eigen = self.symmetric_eigen(&products, width)?;
        self.recycle(products);
        let variances: Vec<f64> = eigen.values.iter().map(|v| v.max(0.0) / (n - 1) as f64).collect();
        enough(&variances, count)?;
        Ok(PrincipalAxes { mean, axes: eigen.vectors[..count * width].to_vec(), variances })
    }

    /// Fewer rows than columns: axes as sums of rows.
    fn axes_of_few<S: Real + Into<f64>>(&self, rows: &[S], mean: Vec<f64>, count: usize) -> Result<PrincipalAxes> {
        let op = "principalAxes";
        let (width, n) = (mean.len(), rows.len() / mean.len());
        let side = Rows { data: rows, width, centre: &mean };
        let products = self.row_products(op, side, side)?;
        let eigen = self.symmetric_eigen(&products, n)?;
        self.recycle(products);
        let variances: Vec<f64> = eigen.values.iter().map(|v| v.max(0.0) / (n - 1) as f64).collect();
        enough(&variances, count)?;
        let mut axes = self.buffer_of::<f64>(op, &[count, width])?;
        self.each_row(&mut axes, width, |i, to| {
            to.fill(0.0);
            for (row, share) in rows.chunks_exact(width).zip(&eigen.vectors[i * n..]) {
                for ((to, &value), mean) in to.iter_mut().zip(row).zip(&mean) {
                    *to += share * (value.into() - mean);
                }
            }
            let length = to.iter().map(|v| v * v).sum::<f64>().sqrt();
            let largest = to.iter().fold(0.0, |m: f64, &v| if v.abs() > m.abs() { v } else { m });
            let scale = largest.signum() / length;
            to.iter_mut().for_each(|v| *v *= scale);
        });
        Ok(PrincipalAxes { mean, axes, variances })
    }
}

/// An axis without variance has no direction.
fn enough(variances: &[f64], count: usize) -> Result<()> {
    let some = variances.iter().filter(|&&v| v > 1e-14 * variances[0]).count();
    let detail = || format!("only {some} axes have variance, not {count}");
    (some >= count).then_some(()).ok_or_else(|| KernelError::value("principalAxes", detail()))
}
