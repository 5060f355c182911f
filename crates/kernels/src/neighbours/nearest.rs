//! The nearest rows of each row.

use super::distances::BLOCK;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::Real;
use std::collections::BinaryHeap;

/// The k nearest rows of each query, nearest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Euclidean distances [n, k].
    pub distances: Vec<f64>,
    /// Which rows those are [n, k].
    pub indices: Vec<u32>,
}

/// A distance in a heap; only finite ones get there.
#[derive(PartialEq)]
struct Finite(f64);

impl Eq for Finite {}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What may still be among the k nearest of a query.
struct Candidates {
    k: usize,
    /// The k smallest upper bounds seen.
    bounds: BinaryHeap<Finite>,
    /// Lower bound and row.
    rows: Vec<(f64, u32)>,
}

impl Candidates {
    fn limit(&self) -> f64 {
        if self.bounds.len() < self.k { f64::INFINITY } else { self.bounds.peek().map_or(0.0, |bound| bound.0) }
    }

    fn offer(&mut self, row: u32, squared: f64, error: f64) {
        if squared - error > self.limit() {
            return;
        }
        self.rows.push((squared - error, row));
        self.bounds.push(Finite(squared + error));
        if self.bounds.len() > self.k {
            self.bounds.pop();
        }
        // Those that closer ones have ruled out go, before they fill the memory.
        if self.rows.len() > 4 * self.k + 64 {
            self.rule_out();
        }
    }

    fn rule_out(&mut self) {
        let limit = self.limit();
        self.rows.retain(|(least, _)| *least <= limit);
    }
}

impl Kernels {
    /// The `k` nearest of `rows` [m, width] for each of `queries` [n, width], Euclidean, nearest first; of equal distances the smaller
    /// index comes first. `without_self` leaves row i out for query i (both sets are the same then).
    ///
    /// Blocked products of rows rule out what cannot be near; what is left is measured by differences in float64, so results are those
    /// of the plain definition, whatever the threads. O(n·m·width); memory for n·k candidates.
    /// Errors: [`KernelError::Shape`] if rows differ in width or there are none, [`KernelError::Value`] for a k that is 0 or more
    /// than there are rows, and for values that are not finite.
    pub fn nearest<S: Real + Into<f64>>(
        &self,
        queries: &[S],
        rows: &[S],
        width: usize,
        k: usize,
        without_self: bool,
    ) -> Result<Nearest> {
        let op = "nearest";
        let mut centre = Vec::new();
        let pair = self.pair(op, [queries, rows], width, &mut centre)?;
        let (count, others) = (pair.left.count(), pair.right.count());
        if without_self && count != others {
            return Err(KernelError::shape(op, "as many queries as rows", [count, others]));
        }
        let most = others - usize::from(without_self);
        if !(1..=most).contains(&k) {
            return Err(KernelError::value(op, format!("k must be 1…{most}, not {k}")));
        }
        let blocks = self.map(count.div_ceil(BLOCK), count * others, |block| {
            let first = block * BLOCK;
            let new = || Candidates { k, bounds: BinaryHeap::new(), rows: Vec::new() };
            let mut all: Vec<Candidates> = (first..(first + BLOCK).min(count)).map(|_| new()).collect();
            for start in (0..others).step_by(BLOCK) {
                pair.estimate(first, start, |i, j, squared, error| {
                    if !(without_self && i == j) {
                        all[i - first].offer(j as u32, squared, error);
                    }
                });
            }
            let mut found = Vec::with_capacity(all.len() * k);
            for (i, mut candidates) in all.into_iter().enumerate() {
                candidates.rule_out();
                let exact = |&(_, row): &(f64, u32)| (pair.exact(first + i, row as usize), row);
                let mut sure: Vec<(f64, u32)> = candidates.rows.iter().map(exact).collect();
                sure.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                found.extend_from_slice(&sure[..k]);
            }
            found
        });
        let all = || blocks.iter().flatten();
        Ok(Nearest { distances: all().map(|(d, _)| d.sqrt()).collect(), indices: all().map(|(_, row)| *row).collect() })
    }
}
