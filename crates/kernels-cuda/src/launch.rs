//! One place where kernels are started, with arguments that are checked against the embedded PTX.

use crate::device::Device;
use crate::error::{CudaError, Result};
use crate::memory::Memory;
use crate::transforms::plan::PlanArgument;
use cudarc::driver::{LaunchConfig, PushKernelArg};

/// Threads of a block, but for wide kernels: `THREADS` of `kernels/common.cuh`.
pub(crate) const THREADS: u32 = 256;
/// Most blocks along the second and third side of a grid.
pub(crate) const MOST_ACROSS: u32 = 65_535;

/// An argument of a kernel.
pub(crate) enum Arg<'a> {
    /// Read only.
    In(&'a Memory),
    /// Written, and read where the kernel says so.
    Out(&'a mut Memory),
    /// Memory that the caller holds for several launches at once.
    At(u64),
    Word(u32),
    Long(u64),
    Single(f32),
    Double(f64),
    Plan(&'a PlanArgument),
}

impl Arg<'_> {
    fn size(&self) -> usize {
        match self {
            Self::In(_) | Self::Out(_) | Self::At(_) | Self::Long(_) | Self::Double(_) => 8,
            Self::Word(_) | Self::Single(_) => 4,
            Self::Plan(_) => size_of::<PlanArgument>(),
        }
    }
}

/// The shape of a launch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    /// Blocks along x, y and z.
    pub(crate) blocks: (u32, u32, u32),
    /// Bytes of shared memory of a block.
    pub(crate) shared: u32,
    /// Threads of a block.
    pub(crate) threads: u32,
}

impl Grid {
    pub(crate) fn new(blocks: (u32, u32, u32), shared: u32) -> Self {
        Self { blocks, shared, threads: THREADS }
    }

    /// Enough threads for `count` elements, `each` a thread. Nothing where that is more than a launch can have.
    pub(crate) fn over(count: u64, each: u64) -> Option<Self> {
        let blocks = count.div_ceil(each).div_ceil(u64::from(THREADS)).max(1);
        u32::try_from(blocks)
            .ok()
            .filter(|&blocks| blocks <= i32::MAX as u32)
            .map(|blocks| Self::new((blocks, 1, 1), 0))
    }
}

impl Device {
    /// Queues a kernel behind what its arguments wait for. Errors: the driver's, and arguments that are not the kernel's.
    pub(crate) fn launch(&self, name: &'static str, grid: Grid, mut arguments: Vec<Arg<'_>>) -> Result<()> {
        let kernel = self.kernel(name)?;
        if !arguments.iter().map(Arg::size).eq(kernel.parameters.iter().copied()) {
            let detail = format!("its parameters have {:?} bytes", kernel.parameters);
            return Err(CudaError::Device { op: name.into(), detail });
        }
        let stream = self.stream();
        let mut launch = stream.launch_builder(&kernel.function);
        for argument in &mut arguments {
            match argument {
                Arg::In(memory) => launch.arg(*memory),
                Arg::Out(memory) => launch.arg(&mut **memory),
                Arg::Word(value) => launch.arg(&*value),
                Arg::At(value) | Arg::Long(value) => launch.arg(&*value),
                Arg::Single(value) => launch.arg(&*value),
                Arg::Double(value) => launch.arg(&*value),
                Arg::Plan(value) => launch.arg(*value),
            };
        }
        let config =
            LaunchConfig { grid_dim: grid.blocks, block_dim: (grid.threads, 1, 1), shared_mem_bytes: grid.shared };
        // SAFETY: number and sizes of the arguments are those of the kernel, and the operations size the memory that they pass from the
        // same numbers as the kernels' bounds.
        unsafe { launch.launch(config) }.map_err(|error| CudaError::device(name, &error))?;
        Ok(())
    }
}
