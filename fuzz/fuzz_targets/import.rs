//! Any bytes are a file of some format or a fault, and what comes of them is a set.
#![no_main]

use libfuzzer_sys::fuzz_target;
use taintwatch_import::{Compiler, Input, Options, Safeguards, importers};

fuzz_target!(|bytes: &[u8]| {
    let Some((which, text)) = bytes.split_first() else { return };
    let path = std::env::temp_dir().join(format!("taintwatch-fuzz-{}", std::process::id()));
    std::fs::write(&path, text).expect("the folder for temporary files can be written to");
    let importers = importers();
    let importer = importers[usize::from(*which) % importers.len()];
    let options = Options { date: taintwatch::Date::parse("2026-01-31"), ..Options::default() };
    let mut compiler = Compiler::new(options, Safeguards::default());
    compiler.read(importer, &Input::new(&path, &|_| {}));
    if let Ok(compiled) = compiler.finish() {
        taintwatch::Set::open(compiled.bytes)
            .expect("what was compiled opens")
            .verify()
            .expect("and is whole");
    }
});
