//! `taintwatch read` and `taintwatch chains`: what a text is an address of, and which chains are known.

use crate::out::{Done, print_lines};
use serde_json::json;
use taintwatch::Chain;

#[derive(clap::Args)]
pub struct Arguments {
    /// The addresses, in any spelling.
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Only as addresses of this chain, by CAIP-2 id, ticker or name.
    #[arg(long, value_parser = crate::check::chain)]
    chain: Option<&'static Chain>,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub struct ChainsArguments {
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Prints every reading of each address; exits with 2 where one is none.
pub fn run(arguments: &Arguments) -> Done {
    let mut all_read = true;
    let mut lines = Vec::new();
    for address in &arguments.addresses {
        let reading = match arguments.chain {
            Some(chain) => taintwatch::read_on(chain, address),
            None => taintwatch::read(address),
        };
        all_read &= reading.is_ok();
        match (&reading, arguments.json) {
            (Ok(reading), true) => {
                let readings: Vec<_> = reading
                    .addresses
                    .iter()
                    .map(|a| {
                        json!({
                            "chain": a.chain().caip2,
                            "name": a.chain().name,
                            "kind": a.form().name(),
                            "identity": { "kind": a.identity().kind().name(), "hex": a.identity().hex() },
                            "address": a.to_string(),
                        })
                    })
                    .collect();
                let warning =
                    reading.warning.as_ref().map(|w| json!({ "code": w.code(), "message": w.to_string() }));
                lines.push(json!({ "text": address, "readings": readings, "warning": warning }).to_string());
            }
            (Err(problem), true) => {
                let problem =
                    json!({ "code": problem.code(), "message": problem.to_string(), "at": problem.at() });
                lines.push(json!({ "text": address, "readings": [], "problem": problem }).to_string());
            }
            (Ok(reading), false) => {
                lines.push(address.clone());
                for a in &reading.addresses {
                    let identity = a.identity();
                    lines.extend([
                        format!("  {} ({}), {}", a.chain().name, a.chain().ticker, a.form().name()),
                        format!("    {a}"),
                        format!("    {} {}", identity.kind().name(), identity.hex()),
                    ]);
                }
                lines.extend(reading.warning.as_ref().map(|warning| format!("  Note: {warning}.")));
            }
            (Err(problem), false) => lines.extend([address.clone(), format!("  {problem}")]),
        }
    }
    print_lines(&lines)?;
    Ok(if all_read { 0 } else { 2 })
}

/// Prints the table of chains.
pub fn chains(arguments: &ChainsArguments) -> Done {
    let line = |chain: &Chain| {
        match arguments.json {
        true => json!({ "chain": chain.caip2, "name": chain.name, "ticker": chain.ticker, "testnet": chain.testnet })
            .to_string(),
        false => format!("{:<10} {:<24} {}", chain.ticker, chain.name, chain.caip2),
    }
    };
    print_lines(&Chain::all().iter().map(line).collect::<Vec<_>>())?;
    Ok(0)
}
