//! YAML as it comes: of any size, and with what it takes over from other files of its folder.

use crate::fault::Fault;
use crate::input::Input;
use serde::de::DeserializeOwned;
use serde_saphyr::{IncludeRequest, IncludeResolveError, InputSource, ResolvedInclude, alias_limits, budget};
use std::path::{Path, PathBuf};

/// Reads the text of a file. `!include NAME` stands for the file of that name beside it or in the nearest folder around
/// it, up to the one that it is read within.
pub(crate) fn parse<T: DeserializeOwned>(input: &Input, text: &str) -> Result<T, Fault> {
    // The reader's own limits are for settings: real packs have a hundred thousand tags. What is as large as the text
    // says is fine; only aliases can make it more.
    let most = text.len().max(1_000_000);
    let (from, folder) = (input.path().to_owned(), input.folder().to_owned());
    let options = serde_saphyr::options! {
        budget: budget! {
            max_events: most,
            max_nodes: most,
            max_total_scalar_bytes: most,
            max_merge_keys: most,
            max_aliases: most,
        },
        alias_limits: alias_limits! { max_total_replayed_events: most },
    }
    .with_include_resolver(move |request| include(&from, &folder, &request));
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        // Without the lines of the file that the reader shows around it: a fault is one line.
        let reason = error.without_snippet().to_string().replace("\\n", ", ");
        input.fault(error.location().map(|place| place.line()), reason)
    })
}

fn include(
    from: &Path,
    folder: &Path,
    request: &IncludeRequest,
) -> Result<ResolvedInclude, IncludeResolveError> {
    let path = nearest(from, folder, request.spec).ok_or_else(|| {
        IncludeResolveError::Message(
            "there is no such file beside it, nor in the folder that was named".to_owned(),
        )
    })?;
    let name = path.display().to_string();
    let text = Input::new(&path, &|_| {}).text();
    let text = text.map_err(|fault| IncludeResolveError::Message(fault.to_string()))?;
    Ok(ResolvedInclude::new(name.clone(), name, InputSource::from_string(text)))
}

/// The file of this name beside another or in the nearest folder around it. What it says is published, so a pack of
/// somebody else's reaches nothing outside the folder that is read, by whatever links, nor what is hidden in it.
fn nearest(from: &Path, folder: &Path, name: &str) -> Option<PathBuf> {
    let around = from.ancestors().skip(1).take_while(|around| around.starts_with(folder));
    let real = around.map(|around| around.join(name)).find(|path| path.is_file())?.canonicalize().ok()?;
    let inside = real.strip_prefix(Path::new(".").join(folder).canonicalize().ok()?).ok()?;
    let is_hidden = inside.iter().any(|part| part.to_string_lossy().starts_with('.'));
    (!is_hidden).then_some(real)
}
