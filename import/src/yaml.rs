//! YAML as it comes: of any size, and with what it takes over from other files.

use crate::fault::Fault;
use crate::input::Input;
use serde::de::DeserializeOwned;
use serde_saphyr::{IncludeRequest, IncludeResolveError, InputSource, ResolvedInclude, alias_limits, budget};
use std::path::{Component, Path, PathBuf};

/// Reads the text of a file. `!include NAME` stands for the file of that name beside it, or in the nearest folder
/// around it.
pub(crate) fn parse<T: DeserializeOwned>(input: &Input, text: &str) -> Result<T, Fault> {
    // The reader's own limits are for settings: real packs have a hundred thousand tags. What is as large as the text
    // says is fine; only aliases can make it more.
    let most = text.len().max(1_000_000);
    let from = input.path().to_owned();
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
    .with_include_resolver(move |request| include(&from, &request));
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| input.fault(error.location().map(|place| place.line()), error.to_string()))
}

fn include(from: &Path, request: &IncludeRequest) -> Result<ResolvedInclude, IncludeResolveError> {
    let path = nearest(from, request.spec).ok_or_else(|| {
        IncludeResolveError::Message("there is no such file in the folder or in one around it".to_owned())
    })?;
    let name = path.display().to_string();
    let text = Input::new(&path, &|_| {}).text();
    let text = text.map_err(|fault| IncludeResolveError::Message(fault.to_string()))?;
    Ok(ResolvedInclude::new(name.clone(), name, InputSource::from_string(text)))
}

/// The file of this name beside another or in the nearest folder around it. A pack names nothing outside those.
fn nearest(from: &Path, name: &str) -> Option<PathBuf> {
    let is_below = |part: Component| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(name).components().all(is_below) {
        return None;
    }
    from.ancestors().skip(1).map(|folder| folder.join(name)).find(|path| path.is_file())
}
