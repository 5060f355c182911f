//! The arguments of an operation. What does not fit goes to the CPU kernels, which refuse it in their words.

use crate::device::Device;
use crate::error::Stop;
use crate::memory::{DeviceTensor, Memory};
use std::sync::Arc;
use syntrace_kernels::DType;

/// An operation with its inputs, ready to run on any thread.
pub struct Call {
    pub(crate) op: &'static str,
    pub(crate) option: String,
    pub(crate) inputs: Vec<Arc<DeviceTensor>>,
    pub(crate) parameters: Vec<f64>,
}

/// What an operation gives.
pub(crate) type Outcome = Result<Vec<DeviceTensor>, Stop>;

/// Bytes of a result at most: the bound of the CPU kernels (`crates/kernels/src/context.rs`).
const LARGEST: u64 = 1 << 32;

/// The value, or the host's turn.
pub(crate) fn or_host<T>(value: Option<T>) -> Result<T, Stop> {
    value.ok_or(Stop::ToHost)
}

/// Goes on only where the device's kernels serve.
pub(crate) fn only_if(good: bool) -> Result<(), Stop> {
    if good { Ok(()) } else { Err(Stop::ToHost) }
}

impl Call {
    pub(crate) fn input(&self, i: usize) -> Result<&DeviceTensor, Stop> {
        or_host(self.inputs.get(i).map(Arc::as_ref))
    }

    /// An input of that type that has elements.
    pub(crate) fn typed(&self, i: usize, dtype: DType) -> Result<&DeviceTensor, Stop> {
        let tensor = self.input(i)?;
        only_if(tensor.dtype() == dtype && tensor.count() > 0)?;
        Ok(tensor)
    }

    pub(crate) fn number(&self, i: usize) -> Result<f64, Stop> {
        or_host(self.parameters.get(i).copied())
    }

    /// A parameter that counts something.
    pub(crate) fn whole(&self, i: usize) -> Result<usize, Stop> {
        let value = self.number(i)?;
        only_if(value >= 0.0 && value.fract() == 0.0 && value <= f64::from(u32::MAX))?;
        Ok(value as usize)
    }

    /// A finite parameter of at least 0.
    pub(crate) fn eps(&self, i: usize) -> Result<f64, Stop> {
        let value = self.number(i)?;
        only_if(value >= 0.0 && value.is_finite())?;
        Ok(value)
    }

    /// Memory for a result of that many elements.
    pub(crate) fn result(&self, device: &Device, shape: &[usize], dtype: DType) -> Result<Memory, Stop> {
        let bytes = shape.iter().try_fold(dtype.width() as u64, |n, &side| n.checked_mul(side as u64));
        let bytes = or_host(bytes.filter(|&bytes| bytes <= LARGEST))?;
        Ok(device.allocate(self.op, bytes as usize)?)
    }
}

/// Planes [.., h, w]: the leading sizes, height and width.
pub(crate) fn planes(tensor: &DeviceTensor) -> Result<(&[usize], usize, usize), Stop> {
    match tensor.shape() {
        [lead @ .., h, w] => Ok((lead, *h, *w)),
        _ => Err(Stop::ToHost),
    }
}

/// Images [n, h, w, c].
pub(crate) fn images(tensor: &DeviceTensor) -> Result<[usize; 4], Stop> {
    or_host(tensor.shape().try_into().ok())
}

/// Rows: number and width; everything but the first size is flattened.
pub(crate) fn rows(tensor: &DeviceTensor) -> Result<(usize, usize), Stop> {
    match tensor.shape() {
        [n, rest @ ..] => Ok((*n, rest.iter().product())),
        [] => Err(Stop::ToHost),
    }
}

/// A size as the kernels take it.
pub(crate) fn word(size: usize) -> Result<u32, Stop> {
    // Half the range, so that sums of two do not overflow on the device.
    or_host(u32::try_from(size).ok().filter(|&size| size <= i32::MAX as u32))
}

pub(crate) fn joined(lead: &[usize], rest: &[usize]) -> Vec<usize> {
    [lead, rest].concat()
}

pub(crate) fn one(shape: Vec<usize>, dtype: DType, memory: Memory) -> Outcome {
    Ok(vec![DeviceTensor::new(shape, dtype, memory)])
}
