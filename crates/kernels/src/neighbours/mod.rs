//! How far rows are from each other, which are nearest, and along which axes they spread.

mod distances;
mod nearest;
mod principal;
mod svd;
mod symmetric;

pub use nearest::Nearest;
pub use principal::PrincipalAxes;
pub use svd::Svd;
pub use symmetric::Eigen;
