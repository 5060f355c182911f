use std::io::ErrorKind;
use tiff::TiffError;

/// Why a file gives no picture.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is damaged.
    Corrupt(String),
    /// Its data end too early.
    Truncated(String),
    /// It is of a kind that is not read here.
    Unsupported(String),
}

impl From<TiffError> for Refusal {
    fn from(error: TiffError) -> Self {
        match error {
            TiffError::UnsupportedError(kind) => Self::Unsupported(kind.to_string()),
            TiffError::IoError(cause) if cause.kind() == ErrorKind::UnexpectedEof => Self::Truncated(cause.to_string()),
            other => Self::Corrupt(other.to_string()),
        }
    }
}

impl std::fmt::Display for Refusal {
    /// `CODE: words`, as the caller's side takes them apart.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Corrupt(words) => write!(f, "CORRUPT: {words}"),
            Self::Truncated(words) => write!(f, "TRUNCATED: {words}"),
            Self::Unsupported(words) => write!(f, "UNSUPPORTED: {words}"),
        }
    }
}
