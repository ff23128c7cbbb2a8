import { useState } from 'react';
import { useOutcome } from './useOutcome.js';

export function Withdraw() {
  const [address, setAddress] = useState('');
  const [isSent, setSent] = useState(false);
  const { outcome, error } = useOutcome(address);
  const isClean = outcome?.level === 'none';
  return (
    <form onSubmit={(event) => { event.preventDefault(); setSent(true); }}>
      <label>
        Send to <input id="destination" value={address} size={60} spellCheck={false} onChange={(event) => setAddress(event.target.value)} />
      </label>
      {error && <p role="alert">The address cannot be checked: {error.message}</p>}
      {outcome && <Verdict outcome={outcome} />}
      <button id="send" disabled={!isClean}>Send</button>
      {isSent && <p>Sent.</p>}
    </form>
  );
}

function Verdict({ outcome }) {
  const [match] = outcome.matches;
  return (
    <p id="verdict" role="alert" data-level={String(outcome.level)}>
      {match ? `Do not send: ${match.label}.` : (outcome.problem?.message ?? 'No list names it.')}
      {match && <a href={match.source.url} rel="noreferrer">{match.source.title}</a>}
    </p>
  );
}
