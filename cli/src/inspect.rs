//! `taintwatch inspect`: what is in a set, and where each tag comes from.

use crate::out::{Done, count, hex, identities, many, plain, print_lines, row, written};
use crate::sets;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use taintwatch::{Share, Statement};

#[derive(clap::Args)]
pub struct Arguments {
    /// The set; without one, the built-in set.
    #[arg(value_name = "SET")]
    set: Option<PathBuf>,
    /// List every address with what is said of it, as far as the set can tell its addresses.
    #[arg(long)]
    addresses: bool,
    /// Print JSON: one object, or with `--addresses` one a line.
    #[arg(long)]
    json: bool,
}

/// Prints what a set says of itself, or its addresses.
pub fn run(arguments: &Arguments) -> Done {
    let set = match &arguments.set {
        Some(path) => sets::open(path)?,
        None => taintwatch::Set::open(taintwatch_data::BUILTIN).map_err(|error| error.to_string())?,
    };
    if arguments.addresses {
        return addresses(&set, arguments.json);
    }
    let statements = set.statements().map_err(|error| error.to_string())?;
    let info = set.info();
    let hash = hex(&set.hash());
    if arguments.json {
        let statements: Vec<_> = statements
            .iter()
            .map(|(statement, identities)| json!({ "identities": identities, "statement": statement }))
            .collect();
        let object = json!({
            "set": info, "sha256": hash, "tables": set.tables(), "statements": statements,
            "incidents": set.incidents().collect::<Vec<_>>(), "actors": set.actors().collect::<Vec<_>>(),
        });
        print_lines(&format!("{object:#}").lines().map(str::to_owned).collect::<Vec<_>>())?;
        return Ok(0);
    }
    let said = many(statements.len() as u64, "statement", "statements");
    let mut lines = vec![
        format!("{} ({}) of {}", info.title, info.id, info.date),
        format!("  {}, {said}", identities(info.identities.into())),
    ];
    for table in set.tables() {
        let kept = if table.is_whole { "whole" } else { "96 bits of each" };
        lines.push(format!("    {:<24} {:>12}  {kept}", table.kind, count(table.identities as u64)));
    }
    for (name, scope) in [("chains", &info.chains), ("abuses", &info.abuses)] {
        if !scope.is_empty() {
            lines.push(format!("  Only these {name}: {}", scope.join(", ")));
        }
    }
    lines.extend(info.dispute.as_ref().map(|dispute| format!("  Listed by mistake: {dispute}")));
    lines.push(format!("  SHA-256 {hash}"));
    // By source, so that a reader sees whose word it is.
    let mut sources: BTreeMap<_, Vec<(&Statement, u64)>> = BTreeMap::new();
    for (statement, identities) in &statements {
        sources.entry(&statement.source).or_default().push((statement, *identities));
    }
    for (source, statements) in sources {
        lines.extend([
            String::new(),
            source.title.clone(),
            format!("  {}, {}", source.publisher, source.date),
        ]);
        if !source.url.is_empty() {
            lines.push(format!("  {}", source.url));
        }
        for (statement, identities) in statements {
            lines.push(format!("  {:>10} × {}", count(identities), line(statement)));
        }
    }
    print_lines(&lines)?;
    Ok(0)
}

/// A statement in one line.
pub fn line(statement: &Statement) -> String {
    let mut parts =
        vec![statement.label.clone(), statement.chain.to_owned(), statement.confidence.to_owned()];
    let named = [("incident", &statement.incident), ("actor", &statement.actor), ("asset", &statement.asset)];
    for (name, value) in named {
        parts.extend(value.as_ref().map(|value| format!("{name} {value}")));
    }
    if !statement.abuse.is_empty() {
        parts.push(statement.abuse.clone());
    }
    parts.extend(statement.hops.map(|hops| format!("{hops} hops")));
    parts.extend(statement.share.and_then(Share::from_millionths).map(|share| share.to_string()));
    parts.extend(statement.delisted.as_ref().map(|date| format!("delisted {date}")));
    parts.join(", ")
}

fn addresses(set: &taintwatch::Set, json: bool) -> Done {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut result = Ok(());
    set.each_identity(|identity| {
        let Ok(tags) = set.lookup(&identity) else { return };
        for tag in tags {
            if result.is_err() {
                return;
            }
            result = if json {
                let told = json!({
                    "address": tag.address.to_string(), "chain": tag.address.chain().caip2, "label": tag.label,
                    "incident": tag.incident, "actor": tag.actor, "abuse": tag.abuse, "role": tag.role,
                    "confidence": tag.confidence.id(), "source": tag.source, "asset": tag.asset,
                    "network": tag.network, "concepts": tag.concepts, "hops": tag.hops,
                    "share": tag.share.map(Share::millionths),
                    "date": tag.date.map(|date| date.to_string()),
                    "delisted": tag.delisted.map(|date| date.to_string()),
                });
                row(&told).and_then(|row| writeln!(out, "{row}"))
            } else {
                let [label, url] = [&tag.label, &tag.source.url].map(|text| plain(text));
                writeln!(out, "{}\t{}\t{label}\t{url}", tag.address, tag.address.chain().name)
            };
        }
    });
    written(result.and_then(|()| out.flush()))?;
    let untold: usize =
        set.tables().iter().filter(|table| !table.is_whole).map(|table| table.identities).sum();
    if untold > 0 {
        eprintln!(
            "{} kept as 96 bits, by which an address is found but cannot be told",
            identities(untold as u64)
        );
    }
    Ok(0)
}
