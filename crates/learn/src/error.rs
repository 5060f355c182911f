use std::fmt;

/// Why a problem was refused or not solved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LearnError {
    /// Sizes of the arguments do not fit together.
    Shape(String),
    /// A value is not usable: a label beyond the classes, a class without a sample, a weight or penalty that is not above 0, a number that is not finite.
    Value(String),
    /// The solver gave up.
    Solver(String),
}

impl fmt::Display for LearnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(detail) | Self::Value(detail) | Self::Solver(detail) => f.write_str(detail),
        }
    }
}

impl std::error::Error for LearnError {}
