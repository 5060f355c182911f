//! The errors of the kernels: few kinds, one to one with the codes that TypeScript raises.

use std::fmt;

/// What can be wrong with a call. Kernels never panic on wrong arguments.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KernelError {
    /// Sizes do not fit (`KERNEL_SHAPE`).
    Shape {
        /// Operation that refused.
        op: &'static str,
        /// What it needs.
        expected: String,
        /// What it got.
        received: String,
    },
    /// Element type does not fit (`KERNEL_DTYPE`).
    Dtype {
        /// Operation that refused.
        op: &'static str,
        /// Types that it takes.
        expected: &'static str,
        /// Type that it got.
        received: &'static str,
    },
    /// A number or name is out of range, or memory ran out (`KERNEL_VALUE`).
    Value {
        /// Operation that refused.
        op: &'static str,
        /// What is wrong.
        detail: String,
    },
    /// No such tensor in this session (`KERNEL_FOREIGN_TENSOR`).
    Foreign {
        /// Operation that refused.
        op: &'static str,
        /// Who owns the tensors that are accepted.
        owner: String,
    },
}

impl KernelError {
    pub(crate) fn shape(op: &'static str, expected: impl Into<String>, received: impl fmt::Debug) -> Self {
        Self::Shape { op, expected: expected.into(), received: format!("{received:?}") }
    }

    pub(crate) fn value(op: &'static str, detail: impl Into<String>) -> Self {
        Self::Value { op, detail: detail.into() }
    }

    /// The stable code that the TypeScript packages raise.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "KERNEL_SHAPE",
            Self::Dtype { .. } => "KERNEL_DTYPE",
            Self::Value { .. } => "KERNEL_VALUE",
            Self::Foreign { .. } => "KERNEL_FOREIGN_TENSOR",
        }
    }

    /// Name and text of each detail, in the order of the message.
    pub fn details(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Shape { op, expected, received } => {
                vec![("op", op), ("expected", expected), ("received", received)]
            }
            Self::Dtype { op, expected, received } => {
                vec![("op", op), ("expected", expected), ("received", received)]
            }
            Self::Value { op, detail } => vec![("op", op), ("detail", detail)],
            Self::Foreign { op, owner } => vec![("op", op), ("owner", owner)],
        }
    }

    /// Code and details as one line of JSON: how an error crosses a binding.
    pub fn to_json(&self) -> String {
        let mut json = format!("{{\"code\":\"{}\"", self.code());
        for (name, text) in self.details() {
            json.push_str(&format!(",\"{name}\":\"{}\"", escape(text)));
        }
        json + "}"
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

impl fmt::Display for KernelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { op, expected, received } => write!(f, "{op}: expected {expected}, received {received}"),
            Self::Dtype { op, expected, received } => write!(f, "{op}: expected dtype {expected}, received {received}"),
            Self::Value { op, detail } => write!(f, "{op}: {detail}"),
            Self::Foreign { op, owner } => write!(f, "{op}: the tensor belongs to {owner} or was freed"),
        }
    }
}

impl std::error::Error for KernelError {}

/// Result of a kernel.
pub type Result<T> = std::result::Result<T, KernelError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_escapes_what_a_caller_typed() {
        let error = KernelError::value("colour", "no space \"a\\b\"\n");
        let json: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
        assert_eq!(json["code"], "KERNEL_VALUE");
        assert_eq!(json["detail"], "no space \"a\\b\"\n");
    }
}
