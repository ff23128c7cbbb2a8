//! An outcome in plain words, for a person at a terminal.

use crate::out::{identities, joined};
use taintwatch::{How, Level, Match, Outcome, SetInfo};

/// The answer as a few lines of text, the first of which says it all.
pub fn describe(outcome: &Outcome) -> String {
    let mut lines = vec![headline(outcome)];
    if let Some(problem) = &outcome.problem {
        lines.push(format!("  Note: {}.", problem.message));
    }
    for found in &outcome.matches {
        lines.push(String::new());
        lines.extend(evidence(outcome, found));
    }
    if !outcome.matches.is_empty() {
        lines.push(String::new());
    }
    for set in outcome.asked.iter().filter(|set| outcome.matches.iter().any(|found| found.set == set.id)) {
        lines.extend(set.dispute.as_ref().map(|at| format!("  Listed by mistake? {}: {at}", set.title)));
    }
    lines.push(format!("  Asked: {}", asked(&outcome.asked)));
    joined(&lines)
}

fn headline(outcome: &Outcome) -> String {
    let address = &outcome.address;
    match outcome.level {
        Some(Level::Danger) => format!("DANGER: {address} is linked to an attacker. Do not send."),
        Some(Level::Caution) => format!("CAUTION: {address} is reported as linked to an attacker."),
        Some(Level::Notice) => format!("NOTICE: there is something to know about {address}."),
        Some(Level::None) => format!("Nothing found about {address}. That does not make it safe."),
        None => format!("NOT CHECKED: {address}"),
    }
}

fn evidence(outcome: &Outcome, found: &Match) -> Vec<String> {
    let mut lines = vec![format!("  {}", found.label)];
    if let Some(incident) = outcome.incidents.iter().find(|i| Some(&i.id) == found.incident.as_ref()) {
        let loss = if incident.loss.is_empty() { String::new() } else { format!(", {}", incident.loss) };
        lines.push(format!("    Incident:   {} ({}{loss})", incident.title, incident.date));
    }
    if let Some(actor) = outcome.actors.iter().find(|a| Some(&a.id) == found.actor.as_ref()) {
        lines.push(format!("    Actor:      {}", actor.label));
    }
    lines.push(format!("    How sure:   {} ({})", found.confidence_words(), found.confidence));
    let source = &found.source;
    let joined = |parts: [&str; 2], by: &str| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
    };
    let from = joined([&source.publisher, &source.date], ", ");
    lines.push(format!("    Source:     {}", joined([&from, &source.title], ": ")));
    if !source.url.is_empty() {
        lines.push(format!("                {}", source.url));
    }
    if let Some(hops) = found.hops.filter(|hops| *hops > 0) {
        lines.push(format!("    Traced:     {hops} transfers away from the theft"));
    }
    if let Some(share) = found.share.and_then(taintwatch::Share::from_millionths) {
        lines.push(format!("    Share:      {share} of what it received"));
    }
    lines.push(format!("    Matched:    {}", matched(found)));
    if let Some(date) = &found.delisted {
        lines.push(format!("    Delisted:   {date}"));
    }
    lines
}

fn matched(found: &Match) -> String {
    let what = if found.same_key { "the same key" } else { "the same script" };
    match found.how {
        How::Exact => "the very address that was published".to_owned(),
        How::Encoding => format!("{what}, published as {}", found.address),
        How::Correction => format!("one typing error away from {}", found.address),
        How::Shown => format!("the same as far as it is shown, published as {}", found.address),
        How::Chain => {
            format!("{what} on another chain, published as {} ({})", found.address, found.chain_name)
        }
    }
}

fn asked(asked: &[SetInfo]) -> String {
    let describe =
        |set: &SetInfo| format!("{} of {} ({})", set.title, set.date, identities(set.identities.into()));
    match asked {
        [] => "no set".to_owned(),
        sets => sets.iter().map(describe).collect::<Vec<_>>().join("; "),
    }
}
