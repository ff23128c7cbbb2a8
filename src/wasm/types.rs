//! What the derive macro of `tsify` names in what it makes, which is the TypeScript types of the Rust ones. The crate of that
//! name has more, and all of `js-sys` with it (see `js`).

#![allow(dead_code, reason = "named by what the macro makes, and never asked")]

pub use tsify_macros::Tsify;

pub trait Tsify {
    type JsType;
    const DECL: &'static str;
    const SERIALIZATION_CONFIG: SerializationConfig;
}

pub struct SerializationConfig {
    pub missing_as_null: bool,
    pub hashmap_as_object: bool,
    pub large_number_types_as_bigints: bool,
}
