//! Compiles the built-in set; a fault in the data fails the build, with the file and the reason.

use std::path::Path;
use std::{env, fs, process};

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR"));
    for watched in ["set.yaml", "incidents", "actors", "safeguards"] {
        println!("cargo::rerun-if-changed={}", data.join(watched).display());
    }
    let bytes = match taintwatch_import::compile(data) {
        Ok(bytes) => bytes,
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            process::exit(1);
        }
    };
    let out = env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("builtin.tws"), bytes).expect("the build folder can be written to");
}
