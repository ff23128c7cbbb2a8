// @ts-check
// What is known about an address, as a person reads it: one sentence, then the evidence.
// It judges nothing: all of it is in the outcome.

/** @typedef {import('../taintwatch/worker.js').Match} Match */

const Evidence = {
  /**
   * What it comes to, in a few words.
   * @param {import('../taintwatch/worker.js').Outcome} outcome
   * @param {Concern} [concern]
   */
  title(outcome, concern) {
    if (outcome.level === 'danger') return Words.get('titleDanger');
    if (concern) return Words.get(concern.kind === 'swapped' ? 'titleSwapped' : 'titleLookalike');
    return Words.get('titleCaution');
  },

  /**
   * Why, in one sentence, whatever the reason is.
   * @param {{ outcome: import('../taintwatch/worker.js').Outcome, concern?: Concern }} finding
   */
  sentenceOf({ outcome, concern }) {
    if (outcome.level === 'danger' || outcome.level === 'caution' || !concern) return Evidence.sentence(outcome);
    return Words.get(concern.kind === 'swapped' ? 'sentenceSwapped' : 'sentenceLookalike');
  },

  /**
   * An address beside the one that it is compared with.
   * @param {string} address
   * @param {Concern} concern
   * @param {string} words where the address is from
   */
  compare(address, { kind, other }, words) {
    return Evidence.pair([[kind === 'swapped' ? 'pairCopied' : 'pairUsed', other, address], [words, address, other]]);
  },

  /**
   * Addresses, each under its words, with what differs from another marked.
   * @param {[words: string, address: string, other: string][]} addresses
   */
  pair(addresses) {
    const pair = element('div', 'pair');
    for (const [words, address, other] of addresses) {
      const code = element('code', '');
      for (const { text, differs } of differences(address, other)) {
        code.append(differs ? element('mark', '', text) : text);
      }
      const line = element('div', '');
      line.append(element('small', '', Words.get(words)), code);
      pair.append(line);
    }
    return pair;
  },

  /**
   * Why, in one sentence.
   * @param {import('../taintwatch/worker.js').Outcome} outcome
   * @returns {string}
   */
  sentence(outcome) {
    const [first] = outcome.matches;
    if (!first) return outcome.problem ? sentenceOf(outcome.problem.message) : '';
    const publisher = first.source.publisher || first.source.title || first.source.url;
    const statement = statementOf(first);
    const same = outcome.matches.filter((match) => statementOf(match) === statement);
    const incidents = Words.list(incidentsOf(outcome, same).map((incident) => incident.title));
    const actor = actorOf(outcome, first)?.label;
    if (first.how === 'correction') return Words.get('sentenceCorrection', publisher, incidents || first.label);
    if (first.how === 'shown') return Words.get('sentenceShown', publisher, incidents || first.label);
    if (actor && incidents && actor !== incidents) return Words.get('sentenceActor', publisher, actor, incidents);
    return Words.get('sentence', publisher, incidents || first.label);
  },

  /**
   * The evidence, each statement once: who, what, how sure, by whose word, how it matched.
   * @param {import('../taintwatch/worker.js').Outcome} outcome
   * @returns {DocumentFragment}
   */
  render(outcome) {
    const fragment = document.createDocumentFragment();
    for (const matches of Map.groupBy(outcome.matches, statementOf).values()) fragment.append(renderStatement(outcome, matches));
    if (outcome.problem) fragment.append(element('p', 'asked', sentenceOf(outcome.problem.message)));
    fragment.append(element('p', 'asked', Evidence.asked(outcome)), ...disputes(outcome));
    return fragment;
  },

  /**
   * Which sets were asked, and how fresh they are.
   * @param {import('../taintwatch/worker.js').Outcome} outcome
   * @returns {string}
   */
  asked(outcome) {
    const sets = outcome.asked.map((set) => Words.get('set', set.title, set.date, Words.number(set.identities)));
    return sets.length ? Words.get('asked', Words.list(sets)) : Words.get('askedNone');
  },
};

/**
 * The parts of a text that differ from another, and those that do not. Where either is shown by its ends only, or they
 * are not as long, the ends are compared.
 * @param {string} text
 * @param {string} other
 * @returns {{ text: string, differs: boolean }[]}
 */
function differences(text, other) {
  // In hexadecimal the letter case says nothing.
  const isHexadecimal = /^0x/i.test(text) && /^0x/i.test(other);
  const [a, b] = isHexadecimal ? [text.toLowerCase(), other.toLowerCase()] : [text, other];
  /** @param {number} at */
  const same = (at) => a[at] === b[at];
  /** @type {{ text: string, differs: boolean }[]} */
  const parts = [];
  const isPlace = text.length === other.length && !text.includes('…') && !other.includes('…');
  let head = 0;
  while (head < Math.min(text.length, other.length) && same(head)) head += 1;
  const shift = other.length - text.length;
  let tail = text.length;
  while (tail > head && tail + shift > head && a[tail - 1] === b[tail + shift - 1]) tail -= 1;
  for (let at = 0; at < text.length; at += 1) {
    const differs = isPlace ? !same(at) : at >= head && at < tail;
    const last = parts.at(-1);
    if (last?.differs === differs) last.text += text[at];
    else parts.push({ text: text[at], differs });
  }
  return parts;
}

/**
 * What makes two matches the same statement, but for the incident.
 * @param {Match} match
 */
function statementOf(match) {
  return JSON.stringify([match.address, match.chain, match.how, match.actor, match.confidence, match.source.url]);
}

/**
 * The incidents that a statement names.
 * @param {import('../taintwatch/worker.js').Outcome} outcome
 * @param {Match[]} matches those that are the same statement
 */
function incidentsOf(outcome, matches) {
  return outcome.incidents.filter((incident) => matches.some((match) => match.incident === incident.id));
}

/**
 * @param {import('../taintwatch/worker.js').Outcome} outcome
 * @param {Match} match
 */
function actorOf(outcome, match) {
  return outcome.actors.find((actor) => actor.id === match.actor);
}

/**
 * @param {import('../taintwatch/worker.js').Outcome} outcome
 * @param {Match[]} matches those that are the same statement
 */
function renderStatement(outcome, matches) {
  const [match] = matches;
  const list = element('dl', 'evidence');
  const actor = actorOf(outcome, match);
  if (actor) addRow(list, 'rowActor', element('span', '', actor.label), element('small', '', actor.about));
  const incidents = incidentsOf(outcome, matches).map((incident) => {
    const details = [incident.date, incident.loss].filter(Boolean).join(', ');
    return element('span', 'line', `${incident.title} (${details})`);
  });
  if (incidents.length) addRow(list, 'rowIncident', ...incidents);
  addRow(list, 'rowConfidence', element('span', '', Words.get(`confidence_${match.confidence}`)));
  addRow(list, 'rowSource', sourceOf(match));
  addRow(list, 'rowHow', ...howOf(match));
  const trace = traceOf(match);
  if (trace.length) addRow(list, 'rowTrace', ...trace.map((text) => element('span', 'line', text)));
  if (match.delisted) addRow(list, 'rowDelisted', element('span', '', match.delisted));
  return list;
}

/** @param {Match} match */
function sourceOf(match) {
  const { publisher, date, title, url } = match.source;
  const from = [publisher, date].filter(Boolean).join(', ');
  const text = [from, title].filter(Boolean).join(': ');
  // A set may come from anywhere: nothing but the web is ever linked.
  return url.startsWith('https://') ? linkTo(url, text) : element('span', '', text);
}

/**
 * Where to write to the publishers whose sets say it, for who knows that it is a mistake.
 * @param {import('../taintwatch/worker.js').Outcome} outcome
 */
function disputes({ asked, matches }) {
  const saying = asked.filter((set) => matches.some((match) => match.set === set.id));
  return saying.flatMap(({ title, dispute }) => {
    if (!dispute) return [];
    const line = element('p', 'dispute');
    line.append(linkTo(dispute, Words.get('dispute', title)));
    return [line];
  });
}

/**
 * A link that opens beside the page, and tells where it leads nothing of it.
 * @param {string} url
 * @param {string} text
 */
function linkTo(url, text) {
  const link = /** @type {HTMLAnchorElement} */ (element('a', '', text));
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

/**
 * How far the funds moved, and what part of the address's receipts they are, where somebody traced them.
 * @param {Match} match
 */
function traceOf(match) {
  const share = new Intl.NumberFormat(Words.get('language'), { style: 'percent', maximumFractionDigits: 1 });
  const lines = [];
  if (match.hops) lines.push(Words.get('traceHops', String(match.hops)));
  if (match.share !== undefined) lines.push(Words.get('traceShare', share.format(match.share / 1e6)));
  return lines;
}

/** @param {Match} match */
function howOf(match) {
  if (match.how === 'exact') return [element('span', '', Words.get('howExact'))];
  const what = match.same_key ? 'Key' : 'Script';
  const how = {
    encoding: `howEncoding${what}`,
    chain: `howChain${what}`,
    correction: 'howCorrection',
    shown: 'howShown',
  }[match.how];
  return [element('span', 'line', Words.get(how, match.chain_name)), element('code', '', match.address)];
}

/**
 * What the core says of a problem, as a sentence.
 * @param {string} message
 */
function sentenceOf(message) {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/**
 * @param {HTMLElement} list
 * @param {string} term a key of the messages
 * @param {...Node} nodes
 */
function addRow(list, term, ...nodes) {
  const details = element('dd', '');
  details.append(...nodes);
  list.append(element('dt', '', Words.get(term)), details);
}

/**
 * @param {string} name
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElement}
 */
function element(name, className, text = '') {
  // A page may be SVG or XML: there only so an element is one of HTML.
  const made = document.createElementNS('http://www.w3.org/1999/xhtml', name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
