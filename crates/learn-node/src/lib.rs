//! Node addon that trains networks in float32: `syntrace-learn-networks` behind one class.
//!
//! Errors are JavaScript errors with a sentence; a panic becomes one too, and the process lives on.

mod guard;
pub mod tasks;
pub mod trainer;
