//! `taintwatch compile`: a set of what publishers write.

use crate::out::{Done, identities, many, plain, print_lines, save, size};
use crate::{files, progress};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use taintwatch::{Chain, Date, Keep};
use taintwatch_import::{
    Compiler, Defaults, FIELDS, Fault, Input, Options, Safeguards, fitting, importers, named,
};

#[derive(clap::Args)]
#[command(after_help = formats())]
pub struct Arguments {
    /// The files, and folders of them, but for what is hidden there. A folder with a `set.yaml` says itself what it is to be.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Where the set goes (a `.tws` file).
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// The set's stable name.
    #[arg(long, default_value = "mine")]
    id: String,
    /// The set's title for people.
    #[arg(long, default_value = "My own set")]
    title: String,
    /// The day up to which the set was kept, yyyy-mm-dd; else the last on which a file was issued or a row changed.
    #[arg(long, value_parser = date)]
    date: Option<Date>,
    /// Where to write to the set's publisher about an address that is listed by mistake, https:// or mailto:.
    #[arg(long, value_name = "URL", value_parser = taintwatch_import::dispute)]
    dispute: Option<String>,
    /// The format of the files, where their looks do not tell.
    #[arg(long, value_parser = format)]
    format: Option<&'static str>,
    /// The column of CSV that a field is in, by name or number, or its key in a JSON list: address=Wallet. May be given several times.
    #[arg(long = "column", value_name = "FIELD=NAME", value_parser = column)]
    columns: Vec<(String, String)>,
    #[command(flatten)]
    defaults: DefaultArguments,
    /// The set is about these chains alone (CAIP-2 ids, tickers or names); what is on another is a fault.
    #[arg(long, value_delimiter = ',', value_parser = crate::check::chain)]
    chains: Vec<&'static Chain>,
    /// The set is about these kinds of abuse alone.
    #[arg(long, value_delimiter = ',')]
    abuses: Vec<String>,
    /// Keep every address whole, so that it can be told from the set, however many there are.
    #[arg(long, conflicts_with = "compact")]
    whole: bool,
    /// Keep 96 bits of every address, however few there are.
    #[arg(long)]
    compact: bool,
    /// More addresses that must not be tagged (a YAML file as `data/safeguards` has them).
    #[arg(long, value_name = "FILE")]
    safeguards: Vec<PathBuf>,
    /// The name of a safeguard that is to be tagged all the same.
    #[arg(long, value_name = "NAME")]
    unguard: Vec<String>,
    /// Make the set of what holds, although some does not.
    #[arg(long)]
    keep_going: bool,
}

/// What rows are where their file does not say.
#[derive(clap::Args)]
#[command(next_help_heading = "What rows are where their file does not say")]
struct DefaultArguments {
    #[arg(long, default_value = "", help = "The chain, by CAIP-2 id, ticker or name")]
    network: String,
    #[arg(long, default_value = "", help = "What the address is, in a few words")]
    label: String,
    #[arg(long, default_value = "", help = "The incident's id")]
    incident: String,
    #[arg(long, default_value = "", help = "The actor's id")]
    actor: String,
    #[arg(long, default_value = "", help = "GraphSense's abuse concept, such as sanction")]
    abuse: String,
    #[arg(long, default_value = "", help = "The part that the address played, such as theft or mixer")]
    role: String,
    #[arg(long, default_value = "", help = "GraphSense's confidence term, such as authority_data")]
    confidence: String,
    #[arg(long, default_value = "", help = "The title of the publication")]
    source_title: String,
    #[arg(long, default_value = "", help = "Who published it")]
    source_publisher: String,
    #[arg(long, default_value = "", help = "Where it can be read")]
    source_url: String,
    #[arg(long, default_value = "", help = "When it was published, yyyy-mm-dd")]
    source_date: String,
}

fn formats() -> String {
    let mut text = "Formats:\n".to_owned();
    for importer in importers() {
        text += &format!("  {:<15} {}\n", importer.name(), importer.about());
    }
    text + &format!("\nFields of a row, and the names of their columns and keys: {}", FIELDS.join(", "))
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "this is no date (yyyy-mm-dd)".to_owned())
}

fn format(name: &str) -> Result<&'static str, String> {
    let names: Vec<&str> = importers().iter().map(|importer| importer.name()).collect();
    named(name).map(|importer| importer.name()).ok_or_else(|| format!("the formats are {}", names.join(", ")))
}

fn column(text: &str) -> Result<(String, String), String> {
    let (field, name) = text.split_once('=').ok_or("this is not FIELD=NAME")?;
    if !FIELDS.contains(&field) {
        return Err(format!("the fields are {}", FIELDS.join(", ")));
    }
    Ok((field.to_owned(), name.to_owned()))
}

/// Compiles the inputs, and says of every row what is wrong with it.
pub fn run(arguments: Arguments) -> Done {
    if let [folder] = &arguments.inputs[..]
        && folder.join("set.yaml").is_file()
    {
        return compile_folder(folder, &arguments.out);
    }
    let mut files = Vec::new();
    for input in &arguments.inputs {
        let is_made = |file: &Path| file.extension().is_some_and(|is| is == "tws" || is == "twd");
        let is_source = |file: &PathBuf| {
            file == input || !is_made(file) && !BESIDE.iter().any(|beside| file.ends_with(beside))
        };
        let before = files.len();
        files.extend(files::under(input)?.into_iter().filter(is_source).map(|file| (file, input)));
        if files.len() == before {
            return Err(format!("{}: there is nothing in this folder to make a set of", input.display()));
        }
    }
    let total =
        files.iter().filter_map(|(file, _)| fs::metadata(file).ok()).map(|metadata| metadata.len()).sum();
    let safeguards = safeguards(&arguments.safeguards)?;
    let d = arguments.defaults;
    let keep = match (arguments.whole, arguments.compact) {
        (true, _) => Keep::Whole,
        (_, true) => Keep::Compact,
        _ => Keep::Fitting,
    };
    let options = Options {
        id: arguments.id,
        title: arguments.title,
        date: arguments.date,
        dispute: arguments.dispute,
        keep,
        chains: arguments.chains,
        abuses: arguments.abuses,
        unguarded: arguments.unguard,
        columns: arguments.columns.into_iter().collect::<BTreeMap<_, _>>(),
        is_strict: false,
        defaults: Defaults {
            network: d.network,
            label: d.label,
            incident: d.incident,
            actor: d.actor,
            abuse: d.abuse,
            role: d.role,
            confidence: d.confidence,
            source_title: d.source_title,
            source_publisher: d.source_publisher,
            source_url: d.source_url,
            source_date: d.source_date,
        },
    };
    let mut compiler = Compiler::new(options, safeguards);
    let bar = progress::bar("reading", Some(total));
    let advance = |bytes| bar.inc(bytes);
    let mut faults = 0_u64;
    for (file, root) in &files {
        let alone = Input::new(file, &advance);
        let input = if file == *root { alone } else { alone.within(root) };
        match arguments.format.and_then(named).map_or_else(|| fitting(&input), Ok) {
            Ok(importer) => compiler.read(importer, &input),
            Err(fault) => {
                faults += 1;
                bar.suspend(|| tell(&fault));
            }
        }
        let more = compiler.take_faults();
        faults += more.len() as u64;
        bar.suspend(|| more.iter().for_each(tell));
    }
    bar.finish_and_clear();
    if faults > 0 && !arguments.keep_going {
        advise(&compiler);
        let faults = many(faults, "fault", "faults");
        return Err(format!("{faults}, so no set was made; --keep-going makes it of what holds"));
    }
    let bar = progress::sign("sorting");
    let compiled = compiler.finish()?;
    bar.finish_and_clear();
    save(&arguments.out, &compiled.bytes)?;
    let dropped = if faults > 0 { format!(", {}", many(faults, "fault", "faults")) } else { String::new() };
    print_lines(&[format!(
        "{}: {} of {}{dropped}, {}",
        arguments.out.display(),
        identities(compiled.identities.into()),
        many(compiled.rows, "row", "rows"),
        size(compiled.bytes.len())
    )])?;
    if compiled.unsure > 0 {
        let say = many(compiled.unsure, "row says", "rows say");
        eprintln!("{say} no confidence: that is `unknown`, which only gets a notice; --confidence says more");
    }
    Ok(0)
}

/// Says what is wrong with a row.
fn tell(fault: &Fault) {
    eprintln!("{}", plain(&fault.to_string()));
}

/// Says how what no row says can be said for all, at once rather than one after the other.
fn advise(compiler: &Compiler) {
    let lacks = compiler.lacks();
    if !lacks.source && !lacks.label {
        return;
    }
    let lacking = [(lacks.source, "--source-title"), (lacks.label, "--label"), (lacks.date, "--date")];
    let options: Vec<&str> = lacking.iter().filter(|(lacks, _)| *lacks).map(|(_, option)| *option).collect();
    let column = if lacks.label { "label=NAME" } else { "source_title=NAME" };
    eprintln!(
        "what no row says can be given for all ({}), or it is in a column or key of another name (--column {column})",
        options.join(", ")
    );
}

fn compile_folder(folder: &Path, out: &Path) -> Done {
    match taintwatch_import::compile(folder) {
        Ok(bytes) => {
            save(out, &bytes)?;
            print_lines(&[format!("{}: {}", out.display(), size(bytes.len()))])?;
            Ok(0)
        }
        Err(faults) => {
            faults.iter().for_each(tell);
            Err(format!("{}, so no set was made", many(faults.len() as u64, "fault", "faults")))
        }
    }
}

/// Files beside what makes a set in its folder: what TagPacks include, and the settings of GraphSense's own tool; the
/// directories of MISP's feeds.
const BESIDE: [&str; 4] = ["header.yaml", "config.yaml", "manifest.json", "hashes.csv"];

fn safeguards(files: &[PathBuf]) -> Result<Safeguards, String> {
    let parse = |path: &Path, text: &str| {
        Safeguards::parse(path, text).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })
    };
    let mut all = parse(Path::new("the built-in safeguards"), taintwatch_data::SAFEGUARDS)?;
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        all = all.and(parse(file, &text)?);
    }
    Ok(all)
}
